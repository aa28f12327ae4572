"""Conditions as a small tree that is evaluated over the outcomes of its leaves.

Every test on a fact becomes a leaf: the set of values for which it holds and the set for which
it holds only within a margin. All leaves of a catalogue are numbered once; evaluating a
condition means looking its leaves up in one array of outcomes (see :mod:`eligibility.outcomes`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from math import prod
from typing import Any

from eligibility.facts import Fact, Texts
from eligibility.outcomes import (
    CAPPED,
    FAILS,
    HOLDS,
    MARGIN,
    OPPOSITE,
    at_least,
    greatest,
    least,
)
from eligibility.values import Knowledge, Members, Plain, apart, join, meet, without

GROUPS = ("any", "all", "none", "at_least")
_MOST_CASES = 3000
"""Beyond this many cases a condition on tangled facts is left unknown, which is still sound."""


@dataclass(eq=False)
class Leaf:
    """One test of one fact; ``index`` is its place in the array of outcomes.

    A fact that is a set is tested value by value: ``element`` is then the value it must contain.
    """

    fact: str
    element: str | None
    holds: Plain
    margin: Plain
    index: int = -1

    def outcomes(self, known: Knowledge) -> int:
        """Return the outcomes that are possible by what is known of the fact."""
        if isinstance(known, Members):
            if self.element in known.inside:
                return HOLDS
            return FAILS | HOLDS if self.element in known.possible else FAILS
        bits = 0
        if not apart(known, self.holds):
            bits |= HOLDS
        if self.margin and not apart(known, self.margin):
            bits |= MARGIN
        rest = without(known, self.holds)
        if self.margin:
            rest = without(rest, self.margin)
        return bits | FAILS if rest else bits


@dataclass(eq=False)
class Constant:
    """A condition with the same outcome for everybody."""

    bits: int


@dataclass(eq=False)
class Capped:
    """An alternative that only ever reaches “the office decides”."""

    part: Node


@dataclass(eq=False)
class Group:
    """Several conditions taken together.

    Attributes:
        kind: ``any``, ``all``, ``none`` or ``at_least``.
        count: How many must hold, for ``at_least``.
        cases: For every fact tested more than once below: its cases (see :class:`Case`).
            Trying them one by one keeps the answer exact where the tests hang together.
    """

    kind: str
    parts: tuple[Node, ...]
    count: int = 0
    cases: tuple[tuple[Case, ...], ...] = ()


@dataclass(frozen=True)
class Case:
    """A part of a fact's values in which each of its tests has one outcome.

    Possible when the outcomes of ``leaf`` include ``bit``; then ``outcomes`` are those of the tests.
    """

    leaf: Leaf
    bit: int
    outcomes: tuple[tuple[Leaf, int], ...]


Node = Leaf | Constant | Capped | Group


def leaves(node: Node) -> Iterator[Leaf]:
    """Yield the leaves below a node, each as often as it occurs."""
    if isinstance(node, Leaf):
        yield node
    elif isinstance(node, Capped):
        yield from leaves(node.part)
    elif isinstance(node, Group):
        for part in node.parts:
            yield from leaves(part)


def case_leaves(node: Node) -> Iterator[Leaf]:
    """Yield the leaves that evaluation reads beside those of the tests themselves."""
    if isinstance(node, Capped):
        yield from case_leaves(node.part)
    elif isinstance(node, Group):
        for cases in node.cases:
            for case in cases:
                yield case.leaf
        for part in node.parts:
            yield from case_leaves(part)


def evaluate(node: Node, codes: bytearray) -> int:
    """Return the outcomes a condition may have, given those of the leaves."""
    if isinstance(node, Leaf):
        return codes[node.index]
    if isinstance(node, Constant):
        return node.bits
    if isinstance(node, Capped):
        return CAPPED[evaluate(node.part, codes)]
    bits = _combine(node, codes)
    if node.cases and bits & (bits - 1):
        return _by_cases(node, codes, bits)
    return bits


def _combine(node: Group, codes: bytearray) -> int:
    parts = [evaluate(part, codes) for part in node.parts]
    if node.kind == "all":
        return least(parts)
    if node.kind == "any":
        return greatest(parts)
    if node.kind == "none":
        return OPPOSITE[greatest(parts)]
    return at_least(node.count, parts)


def _by_cases(node: Group, codes: bytearray, bits: int) -> int:
    possible = [
        [case for case in cases if codes[case.leaf.index] & case.bit] for cases in node.cases
    ]
    if prod(map(len, possible)) > _MOST_CASES:
        return bits
    result = 0
    for combination in product(*possible):
        trial = codes[:]
        for case in combination:
            for leaf, outcome in case.outcomes:
                trial[leaf.index] = outcome
        result |= _combine(node, trial)
        if result == bits:
            break
    return result


@dataclass(frozen=True, eq=False)
class Margin:
    """What an office may also accept: the test, and who says so."""

    test: Any
    source: tuple[str, ...] = ()
    certainty: str | None = None


@dataclass(frozen=True, eq=False)
class Condition:
    """One item of ``requires`` or ``when``; attributes as its keys.

    Attributes:
        kind: ``fact``, ``office``, or the kind of group.
        facts: Ids of the facts it looks at.
        fact: The one fact of a ``fact`` condition.
        test: The test as written (plain values), for a ``fact`` condition.
        parts: The conditions of a group.
        counts_margin: Whether it only ever reaches “the office decides”.
        label: Short words for it on a card, where its test would read badly.
        note: What there is to say beside the test.
    """

    id: str
    kind: str
    node: Node
    facts: tuple[str, ...] = ()
    fact: str | None = None
    test: Any = None
    parts: tuple[Condition, ...] = ()
    count: int = 0
    source: tuple[str, ...] = ()
    certainty: str | None = None
    margin: Margin | None = None
    counts_margin: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    label: Texts | None = None
    note: Texts | None = None
    applicant: bool = False

    def in_force(self, on: date) -> bool:
        """Return whether the condition counts on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )


@dataclass
class Compiler:
    """Numbers the leaves of a catalogue and shares equal ones."""

    facts: dict[str, Fact]
    _leaves: dict[tuple[Any, ...], Leaf] = field(default_factory=dict)

    def leaf(self, fact: str, holds: Plain, margin: Plain, element: str | None = None) -> Leaf:
        """Return the leaf of a test."""
        key = (fact, element) if element is not None else (fact, None, holds, margin)
        found = self._leaves.get(key)
        if found is None:
            found = self._leaves[key] = Leaf(fact, element, holds, margin)
        return found

    def group(self, kind: str, parts: tuple[Node, ...], count: int = 0) -> Node:
        """Return a group; facts tested more than once in it are looked at case by case."""
        if kind in ("any", "all") and len(parts) == 1:
            return parts[0]
        node = Group(kind, parts, count)
        below: dict[tuple[str, str | None], list[Leaf]] = {}
        for leaf in leaves(node):
            below.setdefault((leaf.fact, leaf.element), []).append(leaf)
        node.cases = tuple(
            self._cases(fact, element, found)
            for (fact, element), found in below.items()
            if len(found) > 1
        )
        return node

    def _cases(self, fact: str, element: str | None, found: list[Leaf]) -> tuple[Case, ...]:
        if element is not None:
            leaf = found[0]
            return tuple(Case(leaf, bit, ((leaf, bit),)) for bit in (HOLDS, FAILS))
        distinct = list(dict.fromkeys(found))
        domain = self.facts[fact].domain
        return tuple(
            Case(
                self.leaf(fact, cell, _nothing(cell)),
                HOLDS,
                tuple((leaf, leaf.outcomes(cell)) for leaf in distinct),
            )
            for cell in cells(domain, distinct)
        )

    def numbered(self) -> tuple[Leaf, ...]:
        """Number all leaves, those of one fact side by side, and return them in that order."""
        ordered = sorted(self._leaves.values(), key=lambda leaf: leaf.fact)
        for index, leaf in enumerate(ordered):
            leaf.index = index
        return tuple(ordered)


def all_of(id: str, parts: tuple[Condition, ...], compiler: Compiler) -> Condition:
    """Return the condition that all parts hold."""
    return Condition(
        id=id,
        kind="all",
        node=compiler.group("all", tuple(part.node for part in parts)),
        facts=facts_of(parts),
        parts=parts,
    )


def facts_of(parts: tuple[Condition, ...]) -> tuple[str, ...]:
    """Return the facts that some conditions look at, each once."""
    return tuple(dict.fromkeys(fact for part in parts for fact in part.facts))


def _nothing(like: Knowledge) -> Plain:
    return without(like, like)  # type: ignore[arg-type]


def cells(domain: Knowledge, tests: list[Leaf]) -> list[Any]:
    """Return the fewest parts of a set of values in which every test has one outcome."""
    parts: list[Any] = [domain]
    for test in tests:
        for border in (test.holds, test.margin):
            if border:
                parts = [
                    piece
                    for part in parts
                    for piece in (meet(part, border), without(part, border))
                    if piece
                ]
    merged: dict[tuple[int, ...], Any] = {}
    for part in parts:
        signature = tuple(test.outcomes(part) for test in tests)
        merged[signature] = join(merged[signature], part) if signature in merged else part
    return list(merged.values())
