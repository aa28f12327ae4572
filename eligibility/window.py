"""Until when a verdict holds, and since when: ages and periods bound it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from eligibility.conditions import leaves
from eligibility.days import months_after
from eligibility.values import Spans

if TYPE_CHECKING:
    from eligibility.matching import Match, Verdict


_FARTHEST = 120
"""Months ahead; what lies beyond bounds nothing: nobody plans by it, and the end of a fact's range
(120 years of age) is no birthday.
"""


@dataclass(frozen=True)
class Window:
    """The first and last day on which a verdict surely holds; None: no date bounds it."""

    first: date | None
    last: date | None

    def plain(self) -> dict[str, str | None]:
        """Return it as in the JSON of ``match``."""
        return {
            "from": self.first.isoformat() if self.first else None,
            "to": self.last.isoformat() if self.last else None,
        }


def of(match: Match, verdict: Verdict) -> Window | None:
    """Return the days around ``match.on`` on which the verdict is the same.

    With only an age in years, the birthday lies within a year; the window then ends before the
    earliest day on which the verdict might change. Ends more than ten years away are left out, and
    a verdict that is still undetermined has no window: the next answer changes it, not a day.
    """
    if verdict.outcome == "undetermined":
        return None
    farthest = months_after(match.on, _FARTHEST)
    days = sorted(set(_turning_days(match, verdict)))
    last = first = None
    for day in (day for day in days if match.on < day <= farthest):
        if _outcome(match, verdict, day) != verdict.outcome:
            last = day - timedelta(days=1)
            break
    for day in (day for day in reversed(days) if day <= match.on):
        if _outcome(match, verdict, day - timedelta(days=1)) != verdict.outcome:
            first = day
            break
    return Window(first, last) if first or last else None


def _outcome(match: Match, verdict: Verdict, day: date) -> str | None:
    """Return the verdict on another day; None before the statements can be true."""
    catalogue = match.catalogue
    state = catalogue.inference.conclude(match.profile.statements, day)
    if set(state.clashes) - set(match.state.clashes):
        return None
    plan = catalogue.plan(verdict.scheme).on(day)
    return plan.result(catalogue.codes(state), match.place(state)).outcome


def _turning_days(match: Match, verdict: Verdict) -> Iterator[date]:
    """Yield every day on which the verdict might change."""
    plan = match.catalogue.plan(verdict.scheme)
    yield from (day for day in plan.turning_days if day > date.min)
    for variant in plan.all_variants():
        for node in (one.node for one in variant.conditions):
            for leaf in leaves(node):
                yield from _birthdays(match, leaf.fact, leaf.holds, leaf.margin)


def _birthdays(match: Match, id: str, *tests: object) -> Iterator[date]:
    """Yield the days on which a fact that grows with time may enter or leave a test."""
    fact = match.catalogue.facts[id]
    if fact.derive is None or not fact.derive.kind.endswith("_since"):
        return
    base = fact.derive.bases[0]
    stated = {id, base} & set(match.profile.statements)
    start = match.state.known.get(base)
    if not stated and match.state.causes.get(base) is None:
        return
    if not isinstance(start, Spans):
        return
    unit = 12 if fact.derive.kind == "years_since" else 1
    for test in tests:
        for number, _ in test.cuts if isinstance(test, Spans) else ():
            if math.isinf(number):
                continue
            for (first, _), (after, _) in start.stretches():
                for ordinal in (first, after - 1):
                    day = date.fromordinal(int(ordinal))
                    turn = months_after(day, int(number) * unit)
                    if date.min < turn < date.max:
                        yield turn
