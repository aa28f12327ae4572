"""The order in which schemes are shown: what helps this person most comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eligibility.model import STATUSES, VERDICTS
from eligibility.values import Members

if TYPE_CHECKING:
    from eligibility.matching import Match, Verdict

_VERDICT = {outcome: place for place, outcome in enumerate(VERDICTS)}
_STATUS = {status: place for place, status in enumerate(STATUSES)}


def rank(match: Match, verdicts: list[Verdict]) -> tuple[Verdict, ...]:
    """Return verdicts with the recommended ones first and closed schemes last.

    Among equal verdicts: schemes that take applications; then those that give what the person
    seeks; among undetermined ones, those of which something is known to hold and little is missing.
    """
    wanted = sought(match)
    kinds = match.catalogue.kinds

    def key(verdict: Verdict) -> tuple[int, ...]:
        closed = verdict.status == "closed"
        first = next(iter(match.catalogue.schemes[verdict.scheme].gives), None)
        misfit = 0
        if wanted and not (first and first.kind in wanted):  # what it is mainly for
            misfit = 1 if wanted & kinds[verdict.scheme] else 2
        vague = verdict.outcome == "undetermined" and verdict.holding == 0
        return (
            closed,
            _VERDICT[verdict.outcome],
            vague,
            misfit,
            _STATUS[verdict.status],
            verdict.open,
            -verdict.holding,
        )

    return tuple(sorted(verdicts, key=key))


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
