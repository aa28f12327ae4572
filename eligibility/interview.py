"""The next question: the one expected to settle most.

Every open fact is tried out: for each kind of answer, weighed by how likely it is, how many open
conditions would be decided or stop mattering. Dear questions must settle more to be asked first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from eligibility.facts import Fact
from eligibility.outcomes import FAILS, HOLDS
from eligibility.ranking import is_wanted
from eligibility.values import Knowledge, Members, Spans, meet

if TYPE_CHECKING:
    from eligibility.matching import Match, Verdict

_ALIKE = 0.95
"""Questions whose worth is within this share of the best are alike: the topic decides."""
_AGAIN = 3.0
"""How much dearer a question is when its answer is already partly known."""


def next_question(match: Match) -> str | None:
    """Return the id of the fact to ask next, or None.

    What decides about schemes that give what the person seeks is asked before the rest.
    """
    return next_wanted_question(match) or _best(match, _open(match))


def next_wanted_question(match: Match) -> str | None:
    """Return the next question about schemes that give what the person seeks, or None."""
    return _best(match, [verdict for verdict in _open(match) if is_wanted(match, verdict)])


def question_about(match: Match, schemes: Collection[str]) -> str | None:
    """Return the next question about these schemes only, or None."""
    return _best(match, [verdict for verdict in _open(match) if verdict.scheme in schemes])


def _open(match: Match) -> list[Verdict]:
    return [v for v in match.verdicts if v.outcome == "undetermined" and v.status != "closed"]


def _best(match: Match, verdicts: Sequence[Verdict]) -> str | None:
    worth: dict[str, float] = {}
    for target in _targets(verdicts):
        gain = _gain(match, target, verdicts)
        for id, price in _askable(match, target).items():
            worth[id] = max(worth.get(id, 0.0), gain / price)
    if not worth:
        return None
    best = max(worth.values())
    facts = match.catalogue.facts
    order = {id: place for place, id in enumerate(facts)}
    topics = {topic: place for place, topic in enumerate(match.catalogue.topics)}
    current = next(
        (facts[id].topic for id in reversed(match.profile.statements) if facts[id].topic), ""
    )
    alike = [id for id, value in worth.items() if value >= best * _ALIKE]
    return min(
        alike,
        key=lambda id: (
            facts[id].topic != current,
            topics.get(facts[id].topic, len(topics)),
            -worth[id],
            order[id],
        ),
    )


def _targets(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Yield the facts that could still decide something, each once."""
    yield from dict.fromkeys(id for verdict in verdicts for id in verdict.missing)


def _askable(match: Match, target: str, depth: int = 0) -> dict[str, float]:
    """Return the facts to ask to learn a target, each with its price."""
    fact = match.catalogue.facts[target]
    if target in match.profile.declined or depth > 5:
        return {}
    if not fact.asked:
        return _bases(match, fact, depth)
    sense = match.outcomes(fact.ask_if) if fact.ask_if is not None else HOLDS
    if sense == FAILS:
        return {}
    if sense != HOLDS:
        # first learn whether the question makes sense
        found: dict[str, float] = {}
        for id in fact.ask_if.facts if fact.ask_if is not None else ():
            if not _settled(match, id):
                found.update(_askable(match, id, depth + 1))
        return {id: price + fact.cost for id, price in found.items()}
    again = target in match.profile.statements
    return {target: fact.cost * (_AGAIN if again else 1.0)}


def _bases(match: Match, fact: Fact, depth: int) -> dict[str, float]:
    """Return what to ask for a fact that is never asked itself but follows from others."""
    if fact.derive is None:
        return {}
    found: dict[str, float] = {}
    for base in fact.derive.bases:
        if match.catalogue.facts[base].single(_known(match, base)) is None:
            below = _askable(match, base, depth + 1)
            if not below:
                return {}
            found.update(below)
    total = sum(found.values())
    return dict.fromkeys(found, total)


def _settled(match: Match, id: str) -> bool:
    """Return whether nothing is left to learn of a fact."""
    known = _known(match, id)
    if isinstance(known, Members):
        return known.inside == known.possible
    return match.catalogue.facts[id].single(known) is not None


def _known(match: Match, id: str) -> Knowledge:
    return match.state.known.get(id, match.catalogue.facts[id].domain)


def _gain(match: Match, target: str, touched: Sequence[Verdict]) -> float:
    """Return how many open conditions of verdicts an answer is expected to settle."""
    catalogue = match.catalogue
    total = settled = 0.0
    for answer, weight in _answers(match, target):
        state = catalogue.inference.learn(match.state, target, answer, match.on)
        codes = catalogue.codes(state, match.codes, match.state)
        place = match.place(state)
        news = {id for id, new in state.known.items() if match.state.known.get(id) is not new}
        total += weight
        settled += weight * sum(
            verdict.open - verdict.plan.result(codes, place).open
            for verdict in touched
            if not news.isdisjoint(verdict.plan.facts)
        )
    return settled / total if total else 0.0


def _answers(match: Match, target: str) -> Iterator[tuple[Knowledge, float]]:
    """Yield the kinds of answer that make a difference, each with its weight."""
    fact = match.catalogue.facts[target]
    known = _known(match, target)
    if isinstance(known, Members):
        prior = fact.prior if isinstance(fact.prior, Mapping) else {}
        for value in sorted(known.possible - known.inside):
            chosen = known.inside | {value}
            yield Members(chosen, chosen), float(prior.get(value, 0.0 if prior else 1.0)) or 0.01
        return
    for cell in match.catalogue.answer_cells(target):
        part = meet(cell, known)
        if part:
            yield part, max(_weight(fact, part), 0.001)


def _weight(fact: Fact, part: Any) -> float:
    """Return how likely an answer lies in a set, by the prior of the fact."""
    if isinstance(part, frozenset):
        if fact.prior is None:
            return float(len(part))
        return float(sum(fact.prior.get(value, 0.0) for value in part))
    if not fact.prior:
        return 1.0
    return float(sum(weight * _overlap(part, low, high) for low, high, weight in fact.prior))


def _overlap(part: Spans, low: float, high: float) -> float:
    """Return the share of a stretch that lies in a set."""
    inside = 0.0
    for (first, _), (last, _) in part.stretches():
        if first == last:  # a single value: as likely as the least step
            inside += 1.0 if low <= first < high else 0.0
        else:
            inside += max(0.0, min(last, high) - max(first, low))
    return min(1.0, inside / (high - low))
