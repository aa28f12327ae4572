"""Everything that can be wrong with a catalogue beyond its form, and its worked examples."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import yamlsource
from eligibility.catalogue import Catalogue
from eligibility.conditions import Condition, Leaf, evaluate
from eligibility.days import today
from eligibility.loading import read_all
from eligibility.model import VERDICTS, Scheme
from eligibility.outcomes import FAILS, HOLDS, MARGIN
from eligibility.problems import Problem, ProfileError, listed
from eligibility.reading import LANGUAGES
from eligibility.rules import Implication
from eligibility.values import Members, Spans, join, meet
from yamlsource import Mapping, Mark, Node, Scalar, Sequence


def check(path: str | os.PathLike[str] | None = None, on: date | None = None) -> list[Problem]:
    """Return everything wrong with a catalogue, in the order of its files.

    Raises:
        NotADirectoryError: There is no such directory.
    """
    loaded = read_all(path, on)
    problems = list(loaded.problems)
    problems += _implications(loaded.catalogue)
    problems += _words(loaded.catalogue.path / "wording.yml")
    broken = {problem.file for problem in loaded.errors}
    for scheme in loaded.catalogue.schemes.values():
        if scheme.mark.file not in broken:  # the examples of half a scheme would only confuse
            node = loaded.nodes.get(scheme.mark.file)
            problems += _conditions(loaded.catalogue, scheme, node)
            problems += _together(loaded.catalogue, scheme, node, on or today())
            problems += _examples(loaded.catalogue, scheme)
    return sorted(set(problems))


def _words(file: Path) -> Iterator[Problem]:
    """Yield what is wrong with the words of the command line, where a catalogue has its own."""
    if not file.is_file():
        return
    try:
        todo: list[Node] = [yamlsource.load(file)]
    except yamlsource.YamlError as error:
        yield _problem(error.mark, error.message)
        return
    while todo:
        node = todo.pop()
        if not isinstance(node, Mapping):
            continue
        languages = {key.value for key, _ in node.pairs} & set(LANGUAGES)
        for language in LANGUAGES if languages else ():
            if language not in languages:
                yield _problem(node.mark, f"these words have no text in {language}")
        todo += [below for _, below in node.pairs]


def _problem(mark: Mark, message: str) -> Problem:
    return Problem(mark.file, mark.line, mark.column, message)


# -- conditions --------------------------------------------------------------------------------


def _conditions(catalogue: Catalogue, scheme: Scheme, node: Node | None) -> Iterator[Problem]:
    unknown = catalogue.codes(catalogue.inference.conclude({}, date.min))
    said: set[tuple[str, int]] = set()
    for one in _all_conditions(scheme):
        bits = evaluate(one.node, unknown)
        if one.kind == "office" or (one.id, bits) in said:
            continue
        said.add((one.id, bits))
        mark = _mark_of(node, one) or scheme.mark
        if bits == FAILS:
            yield _problem(mark, f"the condition {one.id} can never hold")
        elif bits == HOLDS:
            yield _problem(mark, f"the condition {one.id} always holds, so it decides nothing")
    if not scheme.requires:
        yield _problem(scheme.mark, f"the scheme {scheme.id} requires nothing")


def _together(
    catalogue: Catalogue, scheme: Scheme, node: Node | None, on: date
) -> Iterator[Problem]:
    """Yield the condition by which those before it become impossible, all facts considered."""
    lists = [one.parts for one in scheme.requires if one.applicant]
    for conditions in (scheme.requires, *lists, *(e.requires for e in scheme.local)):
        state = catalogue.inference.conclude({}, on)
        for one in conditions:
            fact = catalogue.facts.get(one.fact or "")
            if fact is not None and fact.type == "set" and one.test in (scheme.id, [scheme.id]):
                mark = _mark_of(node, one) or scheme.mark
                yield _problem(mark, f"{scheme.id} is only for those who had it: it bars itself")
            leaf = one.node
            if not isinstance(leaf, Leaf) or leaf.element or one.valid_from or one.valid_to:
                continue
            accepted = join(leaf.holds, leaf.margin)
            if accepted:
                state = catalogue.inference.learn(state, leaf.fact, accepted, on)
            if state.clashes:
                mark = _mark_of(node, one) or scheme.mark
                yield _problem(mark, f"{one.id} and the conditions before it can never all hold")
                break


def _all_conditions(scheme: Scheme) -> Iterator[Condition]:
    for one in (*scheme.requires, *(c for edition in scheme.local for c in edition.requires)):
        yield from _with_parts(one)


def _with_parts(one: Condition) -> Iterator[Condition]:
    yield one
    for part in one.parts:
        yield from _with_parts(part)


def _mark_of(node: Node | None, one: Condition) -> Mark | None:
    """Return where a condition stands in its file."""
    if isinstance(node, Sequence):
        found = (_mark_of(item, one) for item in node.items)
        return next((mark for mark in found if mark), None)
    if not isinstance(node, Mapping):
        return None
    id = node.get("id")
    key = node.key(one.fact or one.kind)
    if key is not None and ((isinstance(id, Scalar) and id.raw == one.id) or one.id == key.raw):
        return key.mark
    found = (_mark_of(value, one) for name, value in node.pairs if name.value != "examples")
    return next((mark for mark in found if mark), None)


# -- examples ----------------------------------------------------------------------------------


def _examples(catalogue: Catalogue, scheme: Scheme) -> Iterator[Problem]:
    given: set[str] = set()
    for example in scheme.examples:
        try:
            match = catalogue.match(example.profile, example.date)
        except ProfileError as error:
            yield _problem(example.mark, f"the profile of this example is wrong: {error}")
            continue
        verdict = match.verdict(scheme.id)
        given.add(example.verdict)
        if match.contradictions:
            facts = listed(clash.fact for clash in match.contradictions)
            yield _problem(example.mark, f"this example contradicts itself about {facts}")
        if verdict.outcome != example.verdict:
            yield _problem(
                example.mark,
                f"this example says {example.verdict}, but the rules give {verdict.outcome}"
                f" ({_why(verdict.reasons)})",
            )
    lacking = [verdict for verdict in _can_give(catalogue, scheme) if verdict not in given]
    if lacking:
        yield _problem(scheme.mark, f"{scheme.id} has no example of the verdict {listed(lacking)}")


def _why(reasons: tuple[object, ...]) -> str:
    words = [
        f"{getattr(reason, 'condition', '')} {getattr(reason, 'outcome', '')}"
        for reason in reasons
        if getattr(reason, "outcome", "") != "holds"
    ]
    return listed(words) or "every condition holds"


def _can_give(catalogue: Catalogue, scheme: Scheme) -> list[str]:
    """Return the verdicts that some profile could get."""
    unknown = catalogue.codes(catalogue.inference.conclude({}, date.min))
    found: set[str] = set()
    for conditions in (scheme.requires, *(edition.requires for edition in scheme.local)):
        bits = [evaluate(one.node, unknown) for one in conditions if not one.applicant]
        lists = [evaluate(one.node, unknown) for one in conditions if one.applicant]
        if lists:
            bits.append(lists[0] if len(lists) == 1 else _either(lists))
        if any(b & (b - 1) for b in bits):
            found.add("undetermined")
        if any(b & FAILS for b in bits):
            found.add("ineligible")
        if all(b & HOLDS for b in bits):
            found.add("eligible")
        if all(b & (HOLDS | MARGIN) for b in bits) and any(b & MARGIN for b in bits):
            found.add("possible")
    return [verdict for verdict in VERDICTS if verdict in found]


def _either(lists: list[int]) -> int:
    result = 0
    for bits in lists:
        result |= bits & (HOLDS | MARGIN)
    return result | (FAILS if all(bits & FAILS for bits in lists) else 0)


# -- implications ------------------------------------------------------------------------------


def _implications(catalogue: Catalogue) -> Iterator[Problem]:
    rules = catalogue.implications
    for rule in rules:
        for part in (*rule.when, *rule.then):
            if not part.values:
                yield _problem(rule.mark, f"this implication speaks of no possible {part.fact}")
        for then in rule.then:
            for when in rule.when:
                if then.fact == when.fact and not meet(then.values, when.values):
                    yield _problem(rule.mark, f"this implication contradicts itself on {then.fact}")
    for start in rules:
        if _leads_back(start, rules):
            facts = listed(part.fact for part in (*start.when, *start.then))
            yield _problem(start.mark, f"a cycle of implications: {facts} imply each other")


def _leads_back(start: Implication, rules: tuple[Implication, ...]) -> bool:
    seen: list[Implication] = []
    todo = [start]
    while todo:
        rule = todo.pop()
        for other in rules:
            if not _triggers(rule, other):
                continue
            if other is start:
                return True
            if other not in seen:
                seen.append(other)
                todo.append(other)
    return False


def _triggers(rule: Implication, other: Implication) -> bool:
    """Return whether what one rule concludes alone makes the other apply."""
    return all(
        any(then.fact == when.fact and _inside(then.values, when.values) for then in rule.then)
        for when in other.when
    )


def _inside(one: object, other: object) -> bool:
    if isinstance(one, Members) or isinstance(other, Members):
        return isinstance(one, Members) and isinstance(other, Members) and one & other == one
    if isinstance(one, Spans) and isinstance(other, Spans):
        return not one - other
    assert isinstance(one, frozenset)
    assert isinstance(other, frozenset)
    return one <= other
