"""The order in which schemes are shown: what helps this person most comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eligibility.model import STATUSES, VERDICTS
from eligibility.values import Members

if TYPE_CHECKING:
    from eligibility.matching import Match, Verdict

_VERDICT = {outcome: place for place, outcome in enumerate(VERDICTS)}
_UNDETERMINED = _VERDICT["undetermined"]
_STATUS = {status: place for place, status in enumerate(STATUSES)}


def rank(match: Match, verdicts: list[Verdict]) -> tuple[Verdict, ...]:
    """Return verdicts with the recommended ones first and closed schemes last.

    Among equal verdicts: schemes that take applications; then those that give what the person
    seeks; among undetermined ones, those of which something is known to hold and little is missing.
    """
    misfits = _misfits(match)

    def key(verdict: Verdict) -> tuple[int, ...]:
        outcome = _VERDICT[verdict.outcome]
        return (
            verdict.status == "closed",
            outcome,
            outcome == _UNDETERMINED and verdict.holding == 0,  # nothing is known to hold
            misfits[verdict.scheme],
            _STATUS[verdict.status],
            verdict.open,
            -verdict.holding,
        )

    return tuple(sorted(verdicts, key=key))


def _misfits(match: Match) -> dict[str, int]:
    """Return how far each scheme is from what is sought: mainly for it, also for it, or not."""
    wanted = sought(match)
    remembered = match.catalogue.misfits
    found = remembered.get(wanted)
    if found is None:
        found = remembered[wanted] = {}
        for id, scheme in match.catalogue.schemes.items():
            first = next(iter(scheme.gives), None)
            fits = not wanted or (first is not None and first.kind in wanted)
            also = bool(wanted & match.catalogue.kinds[id])
            found[id] = 0 if fits else 1 if also else 2
    return found


def is_wanted(match: Match, verdict: Verdict) -> bool:
    """Return whether a scheme gives what the person seeks; always, while that is not settled."""
    for id in match.catalogue.seeking_facts:
        known = match.state.known.get(id)
        if not isinstance(known, Members) or known.inside != known.possible:
            return True
    wanted = sought(match)
    kinds = match.catalogue.kinds
    if not any(wanted & given for given in kinds.values()):
        return True  # nothing gives that: better something than nothing
    return bool(wanted & kinds[verdict.scheme])


def sought(match: Match) -> frozenset[str]:
    """Return the kinds of benefit that serve what the person seeks, as ``fits`` tells them."""
    kinds: set[str] = set()
    for id in match.catalogue.seeking_facts:
        known = match.state.known.get(id)
        if isinstance(known, Members):
            for value in known.inside:
                kinds.update(match.catalogue.facts[id].choices[value].fits)
    return frozenset(kinds)
