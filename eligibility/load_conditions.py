"""Read conditions: ``requires``, ``when``, ``ask_if`` and what local editions change."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any

from eligibility.conditions import (
    GROUPS,
    Capped,
    Compiler,
    Condition,
    Constant,
    Leaf,
    Margin,
    Node,
    all_of,
    facts_of,
)
from eligibility.facts import Fact, FormError
from eligibility.model import CERTAINTIES
from eligibility.outcomes import MARGIN
from eligibility.problems import did_you_mean, listed, spell
from eligibility.reading import Reader, plain
from eligibility.values import without
from yamlsource import Mapping, Scalar, Sequence
from yamlsource import Node as YamlNode

BESIDE = ("id", "source", "certainty", "margin", "counts", "valid", "label", "note", "office")
"""What may stand beside the test of a condition."""

Sources = Collection[str]


def sources_of(
    reader: Reader, node: YamlNode | None, known: Sources | None, what: str
) -> tuple[str, ...]:
    """Return the keys of the sources named; each must be among ``known`` (None: any)."""
    if node is None:
        return ()
    keys = reader.words(node, f"the source of {what}")
    for key in keys:
        if known is not None and key not in known:
            near = did_you_mean(key, known) or f"; expected {listed(known)}"
            reader.error(node, f"“{key}” is none of the sources{near}")
    return keys


def condition_list(
    reader: Reader,
    compiler: Compiler,
    node: YamlNode | None,
    what: str,
    sources: Sources | None,
    named: bool = True,
) -> tuple[Condition, ...]:
    """Read a list of conditions, or a mapping ``fact: test`` that means all of its pairs.

    With ``named``, groups need an id; inside groups and in ``when`` they do not.
    """
    if node is None:
        return ()
    found: list[Condition] = []
    if isinstance(node, Mapping):
        beside = [key for key, _ in node.pairs if key.value in BESIDE]
        tests = [key for key, _ in node.pairs if key.value not in BESIDE]
        if not beside and len(tests) > 1:
            for key, value in node.pairs:
                single = Mapping(key.mark, ((key, value),))
                one = condition(reader, compiler, single, what, sources, named=named)
                found += [one] if one else []
        else:
            one = condition(reader, compiler, node, what, sources, named=named)
            found += [one] if one else []
    elif isinstance(node, Sequence):
        for item in node.items:
            one = condition(reader, compiler, item, what, sources, named=named)
            found += [one] if one else []
    else:
        reader.error(node, f"{what} must be a list of conditions, such as [{{age: {{from: 18}}}}]")
    if named:
        _unique(reader, node, found, what)
    return tuple(found)


def _unique(reader: Reader, node: YamlNode, found: list[Condition], what: str) -> None:
    seen: set[str] = set()
    for one in found:
        if one.id in seen:
            reader.error(node, f"two conditions of {what} are called {one.id}: give one an id")
        seen.add(one.id)


def conditions(
    reader: Reader, compiler: Compiler, node: YamlNode | None, what: str, sources: Sources | None
) -> Condition | None:
    """Read a ``when``: all of its conditions, as one; None when there is none."""
    found = condition_list(reader, compiler, node, what, sources, named=False)
    if not found:
        return None
    return found[0] if len(found) == 1 else all_of("when", found, compiler)


def condition(
    reader: Reader,
    compiler: Compiler,
    node: YamlNode,
    what: str,
    sources: Sources | None,
    named: bool = True,
    inside: str = "",
    id: str | None = None,
) -> Condition | None:
    """Read one condition.

    With ``named``, a group needs its own id; ``inside`` is the kind of group it is a part of;
    ``id`` is the one it carries by default (a local edition names it outside).
    """
    if not isinstance(node, Mapping):
        reader.error(node, f"a condition of {what} must be such as age: {{from: 18}}")
        return None
    tests = [(key, value) for key, value in node.pairs if key.value not in BESIDE]
    office = node.get("office")
    if len(tests) != (0 if office is not None else 1):
        names = listed(spell(key.value) for key, _ in tests) or "none"
        reader.error(node, f"a condition needs one fact or group, or office: true; here: {names}")
        return None
    own_id = reader.word(node.get("id"), "the id of a condition") or id
    note = reader.texts(node.get("note"), "the note of a condition") if node.get("note") else None
    label = (
        reader.texts(node.get("label"), "the label of a condition") if node.get("label") else None
    )
    first, last = _valid(reader, node.get("valid"))
    extras: dict[str, Any] = {
        "source": sources_of(reader, node.get("source"), sources, "a condition"),
        "certainty": _certainty(reader, node),
        "label": label,
        "note": note,
        "valid_from": first,
        "valid_to": last,
    }
    if inside and node.get("valid") is not None:
        reader.error(node.get("valid") or node, "valid stands only on a condition of its own")
    capped = _counts(reader, node, inside)
    result: Condition | None
    if office is not None:
        reader.flag(office, "office")
        if own_id is None:
            reader.error(node, "what the office decides needs an id")
        if node.get("margin") is not None:
            reader.error(node, "what the office decides has no margin of its own")
        result = Condition(id=own_id or "office", kind="office", node=Constant(MARGIN), **extras)
    elif tests[0][0].value in GROUPS:
        result = _group(reader, compiler, node, tests[0], what, sources, own_id, named, extras)
    else:
        result = _test(reader, compiler, node, tests[0], sources, own_id, extras)
    if result is not None and capped:
        result = replace(result, node=Capped(result.node), counts_margin=True)
    return result


def _certainty(reader: Reader, node: Mapping) -> str | None:
    if node.get("certainty") is None:
        return None
    return reader.choice(node.get("certainty"), "certainty", CERTAINTIES)


def _counts(reader: Reader, node: Mapping, inside: str) -> bool:
    counts = node.get("counts")
    if counts is None:
        return False
    if not isinstance(counts, Scalar) or counts.value != "margin":
        reader.error(counts, "counts can only be margin")
    elif inside != "any":
        reader.error(counts, "counts: margin stands only on an alternative inside any")
    return True


def _valid(reader: Reader, node: YamlNode | None) -> tuple[date | None, date | None]:
    mapping = reader.mapping(node, "valid")
    if mapping is None:
        return None, None
    reader.keys(mapping, "valid", ("from", "to"), ())
    first = reader.day(mapping.get("from"), "from of valid")
    last = reader.day(mapping.get("to"), "to of valid")
    start, end = first.first if first else None, last.last if last else None
    if start and end and start > end:
        reader.error(mapping, "this period ends before it begins")
    return start, end


def _test(
    reader: Reader,
    compiler: Compiler,
    node: Mapping,
    test: tuple[Scalar, YamlNode],
    sources: Sources | None,
    id: str | None,
    extras: dict[str, Any],
) -> Condition | None:
    key, value = test
    fact = compiler.facts.get(key.raw)
    if fact is None:
        near = did_you_mean(key.raw, (*compiler.facts, *GROUPS, *BESIDE))
        reader.error(key, f"“{key.raw}” is no fact{near}")
        return None
    form = plain(value)
    margin, margin_form = _margin(reader, node.get("margin"), sources)
    try:
        built = _build(compiler, fact, form)
    except FormError as error:
        reader.form_error(value, error)
        return None
    if margin is not None and margin_form is not None:
        try:
            built = _with_margin(compiler, fact, form, built, margin.test)
        except FormError as error:
            reader.form_error(margin_form, error)
    return Condition(
        id=id or fact.id, kind="fact", node=built, facts=(fact.id,), fact=fact.id, test=form,
        margin=margin, **extras,
    )  # fmt: skip


def _build(compiler: Compiler, fact: Fact, form: Any) -> Node:
    if fact.type != "set":
        holds = fact.read(form)
        return compiler.leaf(fact.id, holds, without(holds, holds))
    if isinstance(form, dict) and set(form) == {"not"}:
        try:
            return compiler.group("none", _elements(compiler, fact, form["not"]))
        except FormError as error:
            raise error.below("not") from None
    if isinstance(form, dict):
        raise FormError(f"{fact.id} is a set: list the values of which it must hold one")
    return compiler.group("any", _elements(compiler, fact, form))


def _elements(compiler: Compiler, fact: Fact, form: Any) -> tuple[Leaf, ...]:
    named = fact.elements(form)
    if not named:
        raise FormError("an empty list can never hold")
    nothing: frozenset[object] = frozenset()
    return tuple(compiler.leaf(fact.id, nothing, nothing, name) for name in sorted(named))


def _margin(
    reader: Reader, node: YamlNode | None, sources: Sources | None
) -> tuple[Margin | None, YamlNode | None]:
    mapping = reader.mapping(node, "margin")
    if mapping is None:
        return None, None
    reader.keys(mapping, "margin", ("test", "source", "certainty", "note"), ("test",))
    test = mapping.get("test")
    if test is None:
        return None, None
    source = sources_of(reader, mapping.get("source"), sources, "a margin")
    if mapping.get("note") is not None:
        reader.texts(mapping.get("note"), "the note of a margin")
    return Margin(plain(test), source, _certainty(reader, mapping)), test


def _with_margin(compiler: Compiler, fact: Fact, form: Any, built: Node, margin: Any) -> Node:
    if fact.type == "set":
        return compiler.group("any", (built, Capped(_build(compiler, fact, margin))))
    holds = fact.read(form)
    return compiler.leaf(fact.id, holds, without(fact.read(margin), holds))


def _group(
    reader: Reader,
    compiler: Compiler,
    node: Mapping,
    test: tuple[Scalar, YamlNode],
    what: str,
    sources: Sources | None,
    id: str | None,
    named: bool,
    extras: dict[str, Any],
) -> Condition | None:
    key, value = test
    kind = key.raw
    if node.get("margin") is not None:
        reader.error(node.get("margin") or node, "a group has no margin: use counts: margin on an "
                     "alternative inside any")  # fmt: skip
    if id is None and named:
        reader.error(key, f"the group “{kind}” needs an id beside it")
    count = 0
    listing: YamlNode | None = value
    if kind == "at_least":
        mapping = reader.mapping(value, "at_least")
        if mapping is None:
            return None
        reader.keys(mapping, "at_least", ("count", "of"), ("count", "of"))
        count = int(reader.number(mapping.get("count"), "count") or 0)
        listing = mapping.get("of")
    parts = _parts(reader, compiler, listing, what, sources, kind)
    if not parts:
        reader.error(value, f"the group “{kind}” has no conditions")
        return None
    if kind == "at_least" and not 1 <= count <= len(parts):
        reader.error(value, f"count must be from 1 to {len(parts)}")
        return None
    built = compiler.group(kind, tuple(part.node for part in parts), count)
    return Condition(
        id=id or kind,
        kind=kind,
        node=built,
        facts=facts_of(parts),
        parts=parts,
        count=count,
        **extras,
    )


def _parts(
    reader: Reader,
    compiler: Compiler,
    node: YamlNode | None,
    what: str,
    sources: Sources | None,
    kind: str,
) -> tuple[Condition, ...]:
    items: tuple[YamlNode, ...]
    if isinstance(node, Mapping):  # a mapping lists facts: any: {age: …, sex: …}
        items = tuple(Mapping(key.mark, ((key, value),)) for key, value in node.pairs)
    else:
        items = reader.items(node, f"the group “{kind}”")
    found = (
        condition(reader, compiler, item, what, sources, named=False, inside=kind) for item in items
    )
    return tuple(part for part in found if part is not None)
