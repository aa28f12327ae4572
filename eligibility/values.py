"""Sets of possible values: knowledge and tests are both such sets.

Choices, truth values and places use ``frozenset``; numbers and dates use :class:`Spans`; facts
that are themselves sets use :class:`Members`. All three understand ``&`` (both are known), ``|``
(one of them), and are false when nothing is possible; the first two also ``-`` and ``isdisjoint``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Union

Cut = tuple[float, int]
"""A place between numbers: ``(5, 0)`` is just before 5, ``(5, 1)`` just after it."""

LOWEST: Cut = (-math.inf, 0)
HIGHEST: Cut = (math.inf, 0)


class Spans:
    """A set of numbers made of stretches, e.g. «18 to 35, or above 60».

    Attributes:
        cuts: Where the set begins, ends, begins again…, strictly increasing.
    """

    __slots__ = ("_hash", "cuts")

    def __init__(self, cuts: tuple[Cut, ...]) -> None:
        self.cuts = cuts
        self._hash = hash(cuts)

    @classmethod
    def between(cls, low: Cut, high: Cut) -> Spans:
        """Return the stretch from one cut to another; empty when they are not in order."""
        return cls((low, high) if low < high else ())

    @classmethod
    def union(cls, many: Iterable[Spans]) -> Spans:
        """Return everything that is in one of the sets."""
        result = cls(())
        for one in many:
            result = result | one
        return result

    def stretches(self) -> tuple[tuple[Cut, Cut], ...]:
        """Return the (begin, end) pairs."""
        return tuple(zip(self.cuts[::2], self.cuts[1::2], strict=True))

    def whole_numbers(self) -> Spans:
        """Return the same set of whole numbers, with every cut just before one of them."""
        return Spans.union(
            Spans.between(_before_whole(low), _before_whole(high)) for low, high in self.stretches()
        )

    def _combine(self, other: Spans, keep: Callable[[bool, bool], bool]) -> Spans:
        mine, theirs = set(self.cuts), set(other.cuts)
        cuts: list[Cut] = []
        here = there = inside = False
        for cut in sorted(mine | theirs):
            here ^= cut in mine
            there ^= cut in theirs
            if keep(here, there) != inside:
                inside = not inside
                cuts.append(cut)
        return Spans(tuple(cuts))

    def __and__(self, other: Spans) -> Spans:
        if len(self.cuts) == 2 == len(other.cuts):  # the common case, kept quick
            low, high = max(self.cuts[0], other.cuts[0]), min(self.cuts[1], other.cuts[1])
            return Spans((low, high) if low < high else ())
        return self._combine(other, lambda a, b: a and b)

    def __or__(self, other: Spans) -> Spans:
        return self._combine(other, lambda a, b: a or b)

    def __sub__(self, other: Spans) -> Spans:
        return self._combine(other, lambda a, b: a and not b)

    def isdisjoint(self, other: Spans) -> bool:
        """Return whether no number is in both sets."""
        return not (self & other).cuts

    def __bool__(self) -> bool:
        return bool(self.cuts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Spans) and self.cuts == other.cuts

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        return f"Spans({self.cuts})"


def _before_whole(cut: Cut) -> Cut:
    value, after = cut
    if math.isinf(value):
        return cut
    return (math.floor(value) + 1, 0) if after else (math.ceil(value), 0)


class Members:
    """What is known of a fact that is a set: what it surely holds, what it may hold.

    Attributes:
        inside: Values known to be in the set.
        possible: Values that may be in it (``inside`` included).
    """

    __slots__ = ("inside", "possible")

    def __init__(self, inside: frozenset[str], possible: frozenset[str]) -> None:
        self.inside = inside
        self.possible = possible

    def __and__(self, other: Members) -> Members:
        return Members(self.inside | other.inside, self.possible & other.possible)

    def __or__(self, other: Members) -> Members:
        return Members(self.inside & other.inside, self.possible | other.possible)

    def __bool__(self) -> bool:
        return self.inside <= self.possible

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Members)
            and self.inside == other.inside
            and self.possible == other.possible
        )

    def __hash__(self) -> int:
        return hash((self.inside, self.possible))

    def __repr__(self) -> str:
        return f"Members({sorted(self.inside)}, {sorted(self.possible)})"


Plain = Union["frozenset[object]", Spans]
"""A set of values of which a fact has exactly one."""

Knowledge = Union["frozenset[object]", Spans, Members]
"""What is known of any fact."""


def meet(one: Knowledge, other: Knowledge) -> Knowledge:
    """Return what is possible by both (of the same fact)."""
    return one & other  # type: ignore[operator]  # two sets of one fact have one type


def join(one: Knowledge, other: Knowledge) -> Knowledge:
    """Return what is possible by either (of the same fact)."""
    return one | other  # type: ignore[operator]


def without(one: Plain, other: Plain) -> Plain:
    """Return the values of the first set that are not in the second."""
    return one - other  # type: ignore[operator]


def apart(one: Plain, other: Plain) -> bool:
    """Return whether the two sets share no value."""
    return one.isdisjoint(other)  # type: ignore[arg-type]
