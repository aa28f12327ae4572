"""The three outcomes of a condition, and sets of outcomes that are still possible.

A condition fails, holds, or holds only within a margin: fails < margin < holds. What is known may
leave several outcomes open, so an outcome is kept as a small set of bits.
"""

from __future__ import annotations

from collections.abc import Iterable

FAILS, MARGIN, HOLDS = 1, 2, 4
OPEN = FAILS | MARGIN | HOLDS

NAMES = tuple(
    {FAILS: "fails", MARGIN: "margin", HOLDS: "holds"}.get(bits, "unknown") for bits in range(8)
)
"""The word for a set of outcomes: only a single one is known."""

_BITS = (FAILS, MARGIN, HOLDS)


def _table(choose: object) -> tuple[tuple[int, ...], ...]:
    assert callable(choose)
    return tuple(
        tuple(
            sum({choose(a, b) for a in _BITS if a & one for b in _BITS if b & other})
            for other in range(8)
        )
        for one in range(8)
    )


GREATEST = _table(max)
"""``GREATEST[a][b]``: what the greater of two outcomes may be."""
LEAST = _table(min)
"""``LEAST[a][b]``: what the lesser of two outcomes may be."""
OPPOSITE = tuple((bits & MARGIN) | (bits & FAILS) << 2 | (bits & HOLDS) >> 2 for bits in range(8))
"""``OPPOSITE[a]``: holds and fails exchanged."""
CAPPED = tuple((bits & ~HOLDS) | (MARGIN if bits & HOLDS else 0) for bits in range(8))
"""``CAPPED[a]``: what only counts as a margin."""


def greatest(parts: Iterable[int]) -> int:
    """Return what the greatest of several outcomes may be; ``fails`` of none."""
    result = FAILS
    for bits in parts:
        result = GREATEST[result][bits]
    return result


def least(parts: Iterable[int]) -> int:
    """Return what the least of several outcomes may be; ``holds`` of none."""
    result = HOLDS
    for bits in parts:
        result = LEAST[result][bits]
    return result


def at_least(count: int, parts: list[int]) -> int:
    """Return what the ``count``-th greatest of several outcomes may be."""
    maybe = sum(bool(bits & HOLDS) for bits in parts)
    accepted = sum(not bits & FAILS for bits in parts)
    result = (HOLDS if maybe >= count else 0) | (FAILS if accepted < count else 0)
    # a margin: enough parts are accepted while too few hold outright
    surely = sum(bits == HOLDS for bits in parts)
    holding = min(count - 1, surely + sum(bits == HOLDS | FAILS for bits in parts))
    within = sum(bool(bits & MARGIN) for bits in parts)
    if surely < count <= holding + within:
        result |= MARGIN
    return result
