"""What follows from what is known: implications and derivations, both ways.

Knowledge only ever narrows, so learning more never widens a set: that is what makes verdicts
sound. Where statements contradict each other the fact is left "one of" what they say.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from eligibility.derived import days_before, product_of, ratio_of, units_since, worth_it
from eligibility.facts import Fact
from eligibility.rules import Consequence, Implication
from eligibility.values import Knowledge, Members, Spans, join, meet

_MOST_REMEMBERED = 4096
_MOST_STEPS = 2000
"""Rules of arithmetic may narrow for ever by ever smaller steps; stopping early is sound."""


class Statement(NamedTuple):
    """What a profile says of one fact, and the day it was said."""

    fact: str
    known: Knowledge
    day: date
    form: object


@dataclass(frozen=True)
class Contradiction:
    """Statements that cannot all be true.

    Attributes:
        fact: The fact on which they clash.
        statements: Each as ``{fact: value}``, as it was stated.
    """

    fact: str
    statements: tuple[Mapping[str, object], ...]


@dataclass(eq=False)
class State:
    """Everything known at one moment; facts of which nothing is known are absent.

    Attributes:
        true: The tests of implications that hold, as bits (see :class:`_Tests`).
        false: Those that fail.
    """

    known: dict[str, Knowledge] = field(default_factory=dict)
    causes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    clashes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    true: int = 0
    false: int = 0

    def copy(self) -> State:
        """Return a state that may be narrowed on its own."""
        return State(dict(self.known), dict(self.causes), dict(self.clashes), self.true, self.false)


class _Tests:
    """The tests of implications on one fact, each with a bit of its own.

    A rule then sees by one look at the bits whether it has anything to say.
    """

    def __init__(self) -> None:
        self.bits = 0
        self._tests: list[tuple[int, Knowledge]] = []
        self._remembered: dict[Knowledge, tuple[int, int]] = {}

    def add(self, bit: int, values: Knowledge) -> None:
        self.bits |= bit
        self._tests.append((bit, values))

    def results(self, known: Knowledge) -> tuple[int, int]:
        """Return the tests that surely hold and those that surely fail."""
        found = self._remembered.get(known)
        if found is None:
            true = false = 0
            for bit, values in self._tests:
                shared = meet(known, values)
                if not shared:
                    false |= bit
                elif shared == known:
                    true |= bit
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered = {}
            found = self._remembered[known] = (true, false)
        return found


@dataclass(frozen=True, eq=False)
class _Rule:
    """An implication whose tests have bits; ``if_`` and ``then`` are those of all its parts."""

    when: tuple[tuple[int, Consequence], ...]
    implied: tuple[tuple[int, Consequence], ...]
    if_: int
    then: int


class Inference:
    """The rules of a catalogue, ready to be applied."""

    def __init__(self, facts: Mapping[str, Fact], implications: tuple[Implication, ...]) -> None:
        self._facts = facts
        self._tests: dict[str, _Tests] = {}
        self._forward: dict[str, list[_Rule]] = {}
        self._backward: dict[str, list[_Rule]] = {}
        self._derived: dict[str, list[Fact]] = {}
        self._underived: dict[str, list[Fact]] = {}
        self._inside: dict[frozenset[object], frozenset[object]] = {}
        self._count = 0
        for source in implications:
            when, implied = self._number(source.when), self._number(source.then)
            rule = _Rule(when, implied, sum(b for b, _ in when), sum(b for b, _ in implied))
            for part in source.when:
                self._forward.setdefault(part.fact, []).append(rule)
            for part in (*source.when, *source.then):
                self._backward.setdefault(part.fact, []).append(rule)
        for fact in facts.values():
            for base in fact.derive.bases if fact.derive else ():
                self._derived.setdefault(base, []).append(fact)
                if fact.derive and fact.derive.kind == "ratio":
                    self._underived.setdefault(base, []).append(fact)
            if fact.derive:
                self._underived.setdefault(fact.id, []).append(fact)

        self._nothing = State()
        for id, tests in self._tests.items():
            true, false = tests.results(facts[id].domain)
            self._nothing.true |= true
            self._nothing.false |= false

    def _number(self, parts: tuple[Consequence, ...]) -> tuple[tuple[int, Consequence], ...]:
        """Give every test a bit of its own."""
        found = []
        for part in parts:
            bit = 1 << self._count
            self._count += 1
            self._tests.setdefault(part.fact, _Tests()).add(bit, part.values)
            found.append((bit, part))
        return tuple(found)

    def touched_by(self, fact: str) -> bool:
        """Return whether anything may follow from a fact."""
        return fact in self._backward or fact in self._derived or fact in self._underived

    def conclude(self, statements: Mapping[str, Statement], on: date) -> State:
        """Return everything that follows from statements on a day."""
        state = self._nothing.copy()
        aging: list[tuple[Fact, Statement]] = []
        for id, statement in statements.items():
            fact = self._facts[id]
            known: Knowledge = statement.known
            if _ages(fact):
                aging.append((fact, statement))
                if statement.day != on:
                    assert isinstance(known, Spans)
                    days = days_before(_unit(fact), known, statement.day)
                    known = meet(units_since(_unit(fact), days, on), fact.domain)
            if known != fact.domain:
                self._set(state, id, known, (id,))
        changed: deque[str] = deque()
        for id in list(state.known):
            self._go_forward(state, id, on, changed)
        while changed:  # forward first: a contradiction then shows on what follows
            self._go_forward(state, changed.popleft(), on, changed)
        for fact, statement in aging:
            if fact.id not in state.clashes and fact.derive:
                assert isinstance(statement.known, Spans)
                base = days_before(_unit(fact), statement.known, statement.day)
                self._narrow(state, fact.derive.bases[0], base, (fact.id,), changed)
        for id in list(state.known):
            self._go_back(state, id, on, changed)
        self._spread(state, changed, on)
        return state

    def learn(self, state: State, fact: str, known: Knowledge, on: date) -> State:
        """Return the state after one more thing is known (for trying answers out)."""
        result = state.copy()
        changed: deque[str] = deque()
        self._narrow(result, fact, known, (fact,), changed)
        if self.touched_by(fact):
            self._spread(result, changed, on)
        return result

    def _spread(self, state: State, changed: deque[str], on: date) -> None:
        """Conclude from facts that changed, and from what changes by that, to the end."""
        for _ in range(_MOST_STEPS):
            if not changed:
                return
            id = changed.popleft()
            self._go_forward(state, id, on, changed)
            self._go_back(state, id, on, changed)

    def _go_forward(self, state: State, id: str, on: date, changed: deque[str]) -> None:
        for derived in self._derived.get(id, ()):
            self._derive(state, derived, on, changed)
        for rule in self._forward.get(id, ()):
            if state.true & rule.if_ == rule.if_ and state.true & rule.then != rule.then:
                self._imply(state, rule, changed)

    def _go_back(self, state: State, id: str, on: date, changed: deque[str]) -> None:
        for derived in self._underived.get(id, ()):
            self._underive(state, derived, on, changed)
        for rule in self._backward.get(id, ()):
            if state.false & rule.then and not state.false & rule.if_:
                self._refute(state, rule, changed)

    def _narrow(
        self, state: State, id: str, values: Knowledge, of: tuple[str, ...], changed: deque[str]
    ) -> None:
        """Keep only some values of a fact, because of what is known of other facts."""
        before = state.known.get(id)
        if before is values or id in state.clashes:
            return
        if before is None:
            before = self._facts[id].domain
        after = meet(before, values)
        if after == before:
            return
        why = (cause for fact in of for cause in state.causes.get(fact, (fact,)))
        causes = tuple(dict.fromkeys((*state.causes.get(id, ()), *why)))
        if not after:
            after = join(before, values)
            state.clashes[id] = causes
        self._set(state, id, after, causes)
        changed.append(id)

    def _set(self, state: State, id: str, known: Knowledge, causes: tuple[str, ...]) -> None:
        state.known[id] = known
        state.causes[id] = causes
        tests = self._tests.get(id)
        if tests is not None:
            true, false = tests.results(known)
            state.true = state.true & ~tests.bits | true
            state.false = state.false & ~tests.bits | false

    # -- implications ------------------------------------------------------------------------

    def _imply(self, state: State, rule: _Rule, changed: deque[str]) -> None:
        why = tuple(test.fact for _, test in rule.when)
        for _, then in rule.implied:
            self._narrow(state, then.fact, then.values, why, changed)

    def _refute(self, state: State, rule: _Rule, changed: deque[str]) -> None:
        unsure = [test for bit, test in rule.when if not state.true & bit]
        if len(unsure) > 1:
            return
        # with all other tests known to hold, the last one cannot hold
        last = unsure[0] if unsure else rule.when[-1][1]
        rest = _complement(self._facts[last.fact], last.values)
        if rest is not None:
            failed = next(then.fact for bit, then in rule.implied if state.false & bit)
            others = (test.fact for _, test in rule.when if test is not last)
            self._narrow(state, last.fact, rest, (failed, *others), changed)

    # -- derivations -------------------------------------------------------------------------

    def _derive(self, state: State, fact: Fact, on: date, changed: deque[str]) -> None:
        assert fact.derive is not None
        bases = fact.derive.bases
        if any(base not in state.known for base in bases):
            return
        known = [state.known[base] for base in bases]
        values: Knowledge
        if fact.derive.kind == "region_of":
            parents = self._facts[bases[0]].parents
            values = frozenset(parents[str(place)] for place in known[0])  # type: ignore[union-attr]
        elif fact.derive.kind == "ratio":
            one, other = known
            assert isinstance(one, Spans)
            assert isinstance(other, Spans)
            values = ratio_of(one, other, fact.derive.factor)
        else:
            assert isinstance(known[0], Spans)
            values = units_since(_unit(fact), known[0], on)
        self._narrow(state, fact.id, values, bases, changed)

    def _underive(self, state: State, fact: Fact, on: date, changed: deque[str]) -> None:
        assert fact.derive is not None
        known = state.known.get(fact.id)
        if known is None or fact.id in state.clashes:
            return
        bases = fact.derive.bases
        of = (fact.id,)
        if fact.derive.kind == "region_of":
            assert isinstance(known, frozenset)
            self._narrow(state, bases[0], self._provinces(bases[0], known), of, changed)
        elif fact.derive.kind == "ratio":
            assert isinstance(known, Spans)
            self._unratio(state, fact, known, changed)
        else:
            assert isinstance(known, Spans)
            self._narrow(state, bases[0], days_before(_unit(fact), known, on), of, changed)

    def _provinces(self, fact: str, regions: frozenset[object]) -> frozenset[object]:
        found = self._inside.get(regions)
        if found is None:
            parents = self._facts[fact].parents
            found = frozenset(place for place, region in parents.items() if region in regions)
            if len(self._inside) >= _MOST_REMEMBERED:
                self._inside = {}
            self._inside[regions] = found
        return found

    def _unratio(self, state: State, fact: Fact, known: Spans, changed: deque[str]) -> None:
        assert fact.derive is not None
        part, whole = fact.derive.bases
        factor = fact.derive.factor
        for target, given, divide in ((part, whole, False), (whole, part, True)):
            other = state.known.get(given)
            if not isinstance(other, Spans) or target in state.clashes or given in state.clashes:
                continue
            values = ratio_of(other, known, factor) if divide else product_of(known, other, factor)
            before = state.known.get(target, self._facts[target].domain)
            assert isinstance(before, Spans)
            if worth_it(before, before & values):
                self._narrow(state, target, values, (fact.id, given), changed)


def _complement(fact: Fact, values: Knowledge) -> Knowledge | None:
    if not isinstance(values, Members):
        return fact.domain - values  # type: ignore[operator]
    if len(values.inside) == 1:
        return Members(frozenset(), values.possible - values.inside)
    return None


def _ages(fact: Fact) -> bool:
    return fact.derive is not None and fact.derive.kind.endswith("_since")


def _unit(fact: Fact) -> int:
    return 12 if fact.derive and fact.derive.kind == "years_since" else 1
