"""Arithmetic of derived facts on what is known: time since a day, ratios, both ways.

Every result holds all values that may be meant; rounding never leaves one out.
"""

from __future__ import annotations

import math
from datetime import date
from functools import lru_cache

from eligibility.days import months_before, months_between
from eligibility.values import Cut, Spans

_MOST_REMEMBERED = 4096


def _day(number: float) -> date:
    return date.fromordinal(max(1, min(int(number), date.max.toordinal())))


@lru_cache(_MOST_REMEMBERED)
def units_since(unit: int, days: Spans, on: date) -> Spans:
    """Return how many whole units (of so many months) have passed since one of some days."""
    parts = []
    for (first, _), (after_last, _) in days.stretches():
        most = months_between(_day(first), on) // unit
        least = months_between(_day(after_last - 1), on) // unit
        parts.append(Spans(((least, 0), (most + 1, 0))))
    return Spans.union(parts)


@lru_cache(_MOST_REMEMBERED)
def days_before(unit: int, count: Spans, on: date) -> Spans:
    """Return the days since which some number of whole units (of so many months) have passed."""
    parts = []
    for (low, _), (high, _) in count.stretches():
        last = months_before(on, int(low) * unit).toordinal() if not math.isinf(low) else 10**7
        # one unit more has not yet passed
        first = months_before(on, int(high) * unit).toordinal() + 1 if not math.isinf(high) else 1
        parts.append(Spans.between((first, 0), (last + 1, 0)))
    return Spans.union(parts)


def _hull(spans: Spans) -> tuple[Cut, Cut]:
    return spans.cuts[0], spans.cuts[-1]


@lru_cache(_MOST_REMEMBERED)
def ratio_of(one: Spans, other: Spans, factor: int) -> Spans:
    """Return ``one * factor / other`` for non-negative numbers, as one stretch."""
    (low, after_low), (high, after_high) = _hull(one)
    (least, after_least), (most, after_most) = _hull(other)
    bottom = _quotient(max(low, 0), most, factor)
    top = _quotient(high, least, factor) if least > 0 else math.inf
    open_bottom = 1 if (after_low or not after_most) and bottom > 0 and not math.isinf(most) else 0
    open_top = 1 if after_high and not after_least else 0
    if math.isinf(top):
        open_top = 0
    return Spans.between((bottom, open_bottom), (top, open_top))


def _quotient(one: float, other: float, factor: int) -> float:
    if other == 0 or math.isinf(one):
        return math.inf
    return 0.0 if math.isinf(other) else one * factor / other


@lru_cache(_MOST_REMEMBERED)
def product_of(share: Spans, whole: Spans, factor: int) -> Spans:
    """Return ``share * whole / factor``, a hair wider so that rounding never excludes anything."""
    low = max(share.cuts[0][0], 0) * max(whole.cuts[0][0], 0) / factor
    high = share.cuts[-1][0], whole.cuts[-1][0]
    top = math.inf if math.inf in high else high[0] * high[1] / factor
    wide = Spans.between((low * (1 - 1e-9), 0), (top * (1 + 1e-9), 1))
    return wide if not math.isinf(top) else Spans.between((low * (1 - 1e-9), 0), (math.inf, 0))


def worth_it(before: Spans, after: Spans) -> bool:
    """Return whether narrowing changes more than rounding does."""
    if after == before:
        return False
    if not after.cuts:
        return True
    for old, new in (
        (before.cuts[0][0], after.cuts[0][0]),
        (before.cuts[-1][0], after.cuts[-1][0]),
    ):
        if math.isinf(old) != math.isinf(new):
            return True
        if not math.isinf(old) and abs(new - old) > 1e-6 * max(1.0, abs(old)):
            return True
    return False
