"""A scheme compiled: from the outcomes of all tests to verdict, reasons, and what is missing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import repeat
from operator import itemgetter
from typing import Any

from eligibility.conditions import Compiler, Condition, all_of, case_leaves, evaluate, leaves
from eligibility.conditions import Node as ConditionNode
from eligibility.facts import Texts
from eligibility.model import VERDICTS, Edition, Scheme
from eligibility.outcomes import FAILS, HOLDS, MARGIN, NAMES, least
from eligibility.values import Knowledge

_MOST_REMEMBERED = 4096
"""Results a compiled scheme keeps; it starts afresh beyond."""


@dataclass(frozen=True, eq=False)
class Reason:
    """A condition with its outcome.

    Attributes:
        condition: The condition's id.
        facts: The facts it looks at.
        outcome: ``holds``, ``fails``, ``margin`` or ``unknown``.
        source: Keys of the scheme's sources.
        parts: The reasons of a group's parts.
        test: The test as written, for a condition on one fact.
        rule: The whole condition.
    """

    condition: str
    facts: tuple[str, ...]
    outcome: str
    source: tuple[str, ...]
    parts: tuple[Reason, ...]
    rule: Condition

    @property
    def certainty(self) -> str | None:
        """How sure the source is."""
        return self.rule.certainty

    @property
    def note(self) -> Texts | None:
        """What there is to say beside the test."""
        return self.rule.note

    @property
    def test(self) -> Any:
        """The test as written; None for a group."""
        return self.rule.test


@dataclass(frozen=True, eq=False)
class Result:
    """What one set of conditions comes to.

    Attributes:
        missing: Facts that would decide conditions still unknown.
        open: How many conditions are unknown (none when the verdict is certain).
        holding: How many hold.
    """

    outcome: str
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...] = ()
    open: int = 0
    holding: int = 0


_VERDICTS = {FAILS: "ineligible", MARGIN: "possible", HOLDS: "eligible"}


class Variant:
    """Some conditions of a scheme, all of which count (or, by applicant, one list of them)."""

    def __init__(self, conditions: tuple[Condition, ...], compiler: Compiler) -> None:
        self.conditions = conditions
        lists = tuple(one.node for one in conditions if one.applicant)
        self._lists = compiler.group("any", lists) if lists else None
        self._nodes = [node for one in conditions for node in _nodes(one)]
        if self._lists is not None:
            self._nodes.append(self._lists)
        self.facts = frozenset(leaf.fact for node in self._nodes for leaf in leaves(node))
        self._pick: Callable[[Any], Any] = len
        self._remembered: dict[Any, Result] = {}
        self._reasons: dict[Any, Reason] = {}

    def prepare(self) -> None:
        """Look up where its tests stand, once all tests of the catalogue are numbered."""
        found = {leaf.index for node in self._nodes for leaf in (*leaves(node), *case_leaves(node))}
        if found:
            self._pick = itemgetter(*sorted(found))

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what is remembered: it is known by where it lies in memory."""
        return {**vars(self), "_remembered": {}, "_reasons": {}}

    def result(self, codes: bytearray) -> Result:
        """Return the result for some outcomes of all tests; the same outcomes are done once."""
        key = self._pick(codes)
        result = self._remembered.get(key)
        if result is None:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered = {}
            result = self._remembered[key] = self._work_out(codes)
        return result

    def _work_out(self, codes: bytearray) -> Result:
        bits = [evaluate(one.node, codes) for one in self.conditions]
        reasons = tuple(map(self._reason, self.conditions, bits, repeat(codes)))
        counted = [b for one, b in zip(self.conditions, bits, strict=True) if not one.applicant]
        if self._lists is not None:
            counted.append(evaluate(self._lists, codes))
        outcome = _VERDICTS.get(least(counted), "undetermined")
        if FAILS in counted:
            outcome = "ineligible"
        elif any(b & (b - 1) for b in counted):
            outcome = "undetermined"
        missing: dict[str, None] = {}
        open_count = 0
        if outcome == "undetermined":
            for reason in reasons:
                if reason.outcome == "unknown":
                    open_count += _count_open(reason)
                    _collect_missing(reason, missing, codes)
        holding = sum(_count(reason, "holds") for reason in reasons)
        return Result(outcome, reasons, tuple(missing), open_count, holding)

    def _reason(self, one: Condition, bits: int, codes: bytearray) -> Reason:
        outcome = NAMES[bits]
        parts = tuple(self._reason(part, evaluate(part.node, codes), codes) for part in one.parts)
        key = (id(one), outcome if not parts else (outcome, tuple(map(id, parts))))
        found = self._reasons.get(key)
        if found is None:
            if len(self._reasons) >= _MOST_REMEMBERED:
                self._reasons = {}
            found = Reason(one.id, one.facts, outcome, one.source, parts, one)
            self._reasons[key] = found
        return found


def _nodes(one: Condition) -> list[ConditionNode]:
    """Return the nodes a condition is evaluated by: its own and those of its parts."""
    return [one.node, *(node for part in one.parts for node in _nodes(part))]


def _count(reason: Reason, outcome: str) -> int:
    if reason.rule.applicant:
        return sum(_count(part, outcome) for part in reason.parts)
    return int(reason.outcome == outcome)


def _count_open(reason: Reason) -> int:
    if reason.rule.applicant:
        return sum(part.outcome == "unknown" for part in reason.parts)
    return 1


def _collect_missing(reason: Reason, found: dict[str, None], codes: bytearray) -> None:
    """Add the facts that may still decide an unknown reason."""
    if reason.parts:
        for part in reason.parts:
            if part.outcome == "unknown":
                _collect_missing(part, found, codes)
        return
    for leaf in leaves(reason.rule.node):
        bits = codes[leaf.index]
        if bits & (bits - 1):
            found.setdefault(leaf.fact)


@dataclass(eq=False)
class DatedPlan:
    """A scheme as it stands on one day: its core, and its open local editions."""

    scheme: Scheme
    core: Variant
    editions: tuple[tuple[Edition, Variant], ...]
    place_fact: str | None
    facts: frozenset[str] = field(init=False)
    _areas: tuple[tuple[frozenset[object], tuple[Variant, ...]], ...] = field(init=False)
    _remembered: dict[tuple[int, ...], tuple[Result, list[Result]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        facts = set(self.core.facts)
        for _, variant in self.editions:
            facts |= variant.facts
        if self.editions and self.place_fact:
            facts.add(self.place_fact)
        self.facts = frozenset(facts)
        areas: dict[tuple[int, ...], set[object]] = {}
        for province in {p for edition, _ in self.editions for p in edition.provinces}:
            here = tuple(i for i, (e, _) in enumerate(self.editions) if province in e.provinces)
            areas.setdefault(here, set()).add(province)
        self._areas = tuple(
            (frozenset(areas[here]), tuple(self.editions[i][1] for i in here))
            for here in sorted(areas)
        )

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what is remembered: it is known by where it lies in memory."""
        return {**vars(self), "_remembered": {}}

    def result(self, codes: bytearray, place: Knowledge | None) -> Result:
        """Return the result where the person lives, as far as that is known."""
        if not self.editions:
            return self.core.result(codes)
        provinces = place if isinstance(place, frozenset) else frozenset()
        found: list[Result] = []
        for area, variants in self._areas:
            if not area.isdisjoint(provinces):
                found.append(self._best(variants, codes))
                provinces = provinces - area
        if provinces or not found:  # where no edition is open, the core counts
            found.append(self.core.result(codes))
        if len(found) == 1:
            return found[0]
        key = tuple(map(id, found))  # results are remembered, so the same ones come again
        agreed = self._remembered.get(key)
        if agreed is None:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered = {}
            agreed = self._remembered[key] = (self._agreed(found), found)
        return agreed[0]

    def _best(self, variants: tuple[Variant, ...], codes: bytearray) -> Result:
        results = [variant.result(codes) for variant in variants]
        return min(results, key=lambda result: (VERDICTS.index(result.outcome), result.open))

    def _agreed(self, found: list[Result]) -> Result:
        """Return what the results of all places the person may live in agree on."""
        outcomes = {result.outcome for result in found}
        if len(outcomes) == 1 and outcomes != {"undetermined"}:
            return found[0]
        merged: dict[str, list[Reason]] = {}
        for result in found:
            for reason in result.reasons:
                merged.setdefault(reason.condition, []).append(reason)
        reasons = []
        missing: dict[str, None] = {}
        if self.place_fact and len(outcomes) > 1:
            missing.setdefault(self.place_fact)
        for same in merged.values():
            here = {reason.outcome for reason in same}
            if len(same) < len(found):
                here.add("holds")  # elsewhere nothing of the kind is asked
            reasons.append(self._settled(same, here, missing))
        for result in found:
            missing.update(dict.fromkeys(result.missing))
        open_count = sum(reason.outcome == "unknown" for reason in reasons)
        holding = sum(reason.outcome == "holds" for reason in reasons)
        return Result("undetermined", tuple(reasons), tuple(missing), max(open_count, 1), holding)

    def _settled(self, same: list[Reason], outcomes: set[str], missing: dict[str, None]) -> Reason:
        first = same[0]
        if len(outcomes) == 1:
            return first
        facts = dict.fromkeys(fact for reason in same for fact in reason.facts)
        if self.place_fact:
            facts.setdefault(self.place_fact)
            missing.setdefault(self.place_fact)
        return Reason(
            first.condition, tuple(facts), "unknown", first.source, first.parts, first.rule
        )


class SchemePlan:
    """A scheme compiled once; :meth:`on` gives it as it stands on a day."""

    def __init__(self, scheme: Scheme, compiler: Compiler, place_fact: str | None) -> None:
        self.scheme = scheme
        self._compiler = compiler
        self._variants: dict[tuple[int, ...], Variant] = {}
        self.turning_days = tuple(sorted({date.min, *_turning_days(scheme)}))
        self._plans = tuple(self._compile(day, place_fact) for day in self.turning_days)

    def prepare(self) -> None:
        """Make ready for matching, once all tests of the catalogue are numbered."""
        for variant in self._variants.values():
            variant.prepare()

    def on(self, day: date) -> DatedPlan:
        """Return the conditions in force on a day."""
        if len(self._plans) == 1:
            return self._plans[0]
        return self._plans[bisect_right(self.turning_days, day) - 1]

    def all_variants(self) -> tuple[Variant, ...]:
        """Return every set of conditions the scheme ever has."""
        return tuple(self._variants.values())

    def _compile(self, day: date, place_fact: str | None) -> DatedPlan:
        editions = tuple(
            (edition, self._variant(edition.requires, day))
            for edition in self.scheme.local
            if edition.is_open(day)
        )
        core = self._variant(self.scheme.requires, day)
        return DatedPlan(self.scheme, core, editions, place_fact)

    def _variant(self, conditions: tuple[Condition, ...], day: date) -> Variant:
        active = tuple(one for one in conditions if one.in_force(day))
        key = tuple(
            id(part)
            for one in active
            for part in ((one, *_active(one, day)) if one.applicant else (one,))
        )
        found = self._variants.get(key)
        if found is None:
            chosen = tuple(
                replace(all_of(one.id, _active(one, day), self._compiler), applicant=True)
                if one.applicant and len(_active(one, day)) < len(one.parts)
                else one
                for one in active
            )
            found = self._variants[key] = Variant(chosen, self._compiler)
        return found


def _active(one: Condition, day: date) -> tuple[Condition, ...]:
    return tuple(part for part in one.parts if part.in_force(day))


def _turning_days(scheme: Scheme) -> Iterator[date]:
    """Yield the days on which other conditions come into force."""
    periods: list[tuple[date | None, date | None]] = []
    for one in (*scheme.requires, *(c for edition in scheme.local for c in edition.requires)):
        parts = one.parts if one.applicant else ()
        periods += [(each.valid_from, each.valid_to) for each in (one, *parts)]
    periods += [(edition.opens, edition.closes) for edition in scheme.local]
    for first, last in periods:
        if first is not None:
            yield first
        if last is not None and last < date.max:
            yield last + timedelta(days=1)
