"""The catalogue: everything we know, compiled once and safe to share between threads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from eligibility.conditions import Compiler, Leaf, cells
from eligibility.days import today
from eligibility.facts import Fact
from eligibility.inference import Inference, State
from eligibility.matching import Match
from eligibility.model import (
    Document,
    Institution,
    Office,
    OfficeKind,
    Place,
    Programme,
    Scheme,
    Source,
)
from eligibility.plan import SchemePlan
from eligibility.problems import ProfileError, did_you_mean
from eligibility.profile import read_profile
from eligibility.renaming import Renamed
from eligibility.rules import Implication
from eligibility.values import Knowledge, Members

_MOST_REMEMBERED = 2048
"""Outcomes of one fact's tests that are kept; they start afresh beyond."""


class Catalogue:
    """Facts, schemes, and whom to ask; attributes as the files of the catalogue.

    Attributes:
        path: The directory it was read from.
        topics: The topics of facts, in order.
        place_fact: The fact that says in which province somebody lives.
        office_sources: The sources of ``offices.yml``.
        renamed: What facts and schemes were called before.
    """

    def __init__(
        self,
        path: Path,
        topics: tuple[str, ...],
        facts: Mapping[str, Fact],
        implications: tuple[Implication, ...],
        compiler: Compiler,
        place_fact: str | None,
        places: Mapping[str, Place],
        schemes: Mapping[str, Scheme],
        programmes: Mapping[str, Programme],
        institutions: Mapping[str, Institution],
        documents: Mapping[str, Document],
        office_kinds: Mapping[str, OfficeKind],
        offices: tuple[Office, ...],
        office_sources: Mapping[str, Source],
        renamed: Renamed | None = None,
    ) -> None:
        self.path = path
        self.topics = topics
        self.facts = MappingProxyType(dict(facts))
        self.implications = implications
        self.place_fact = place_fact
        self.places = MappingProxyType(dict(places))
        self.schemes = MappingProxyType(dict(schemes))
        self.programmes = MappingProxyType(dict(programmes))
        self.institutions = MappingProxyType(dict(institutions))
        self.documents = MappingProxyType(dict(documents))
        self.office_kinds = MappingProxyType(dict(office_kinds))
        self.offices = offices
        self.office_sources = MappingProxyType(dict(office_sources))
        self.renamed = renamed or Renamed()
        self.inference = Inference(self.facts, implications)
        self.kinds = {scheme.id: _main_kinds(scheme) for scheme in schemes.values()}
        self.misfits: dict[frozenset[str], dict[str, int]] = {}
        self.seeking_facts = tuple(
            id for id, fact in facts.items() if any(choice.fits for choice in fact.choices.values())
        )
        self.plans = tuple(SchemePlan(scheme, compiler, place_fact) for scheme in schemes.values())
        self._number(compiler)
        for plan in self.plans:
            plan.prepare()
        self._plan_by_id = {plan.scheme.id: plan for plan in self.plans}
        self._cells: dict[str, list[Knowledge]] = {}

    def _number(self, compiler: Compiler) -> None:
        self._tests: dict[str, list[Leaf]] = {}
        for leaf in compiler.numbered():
            self._tests.setdefault(leaf.fact, []).append(leaf)
        self._slices = {
            id: slice(tests[0].index, tests[-1].index + 1) for id, tests in self._tests.items()
        }
        self._outcomes: dict[str, dict[Knowledge, bytes]] = {id: {} for id in self._tests}
        self._unknown = bytearray(
            b"".join(self._fact_outcomes(id, self.facts[id].domain) for id in self._tests)
        )

    # -- matching ----------------------------------------------------------------------------

    def match(self, profile: Mapping[str, Any] | None, on: date | None = None) -> Match:
        """Return the verdicts for a profile.

        Args:
            profile: What is known of the facts (see :func:`eligibility.profile.read_profile`).
            on: The day; today in Morocco when not given.

        Raises:
            ProfileError: An unknown fact or an impossible value.
        """
        day = on or today()
        return Match(self, read_profile(self.facts, profile, day), day)

    def validate(self, fact: str, value: Any, on: date | None = None) -> Any:
        """Return a value in its normal form for a profile.

        Raises:
            ProfileError: There is no such fact, or it cannot have this value.
        """
        profile = read_profile(self.facts, {fact: value}, on or today())
        if fact in profile.declined or fact not in profile.statements:
            return value
        return self.facts[fact].show(profile.statements[fact].known)

    def adopt(self, profile: Mapping[str, Any], on: date | None = None) -> dict[str, Any]:
        """Return a profile that was stored under another edition of the catalogue.

        Renamed facts and schemes follow; what this edition does not know any more is left out.
        """
        adopted = self.renamed.profile(profile)
        for id, fact in self.facts.items():
            if fact.type == "set" and id in adopted:
                adopted[id] = self.renamed.members(adopted[id])
        day = on or today()
        try:
            read_profile(self.facts, adopted, day)
        except ProfileError:
            adopted = {id: value for id, value in adopted.items() if self._takes(id, value, day)}
        return adopted

    def _takes(self, fact: str, value: Any, day: date) -> bool:
        try:
            read_profile(self.facts, {fact: value}, day)
        except ProfileError:
            return False
        return True

    def codes(
        self, state: State, before: bytearray | None = None, known_before: State | None = None
    ) -> bytearray:
        """Return the outcomes of all tests, given what is known.

        Given ``before``, the outcomes for ``known_before``, only what changed since is looked up.
        """
        codes = self._unknown[:] if before is None else before[:]
        old = known_before.known if known_before is not None else {}
        for id, known in state.known.items():
            place = self._slices.get(id)
            if place is not None and old.get(id) is not known:
                codes[place] = self._fact_outcomes(id, known)
        return codes

    def _fact_outcomes(self, id: str, known: Knowledge) -> bytes:
        remembered = self._outcomes[id]
        found = remembered.get(known)
        if found is None:
            if len(remembered) >= _MOST_REMEMBERED:
                remembered = self._outcomes[id] = {}
            found = bytes(leaf.outcomes(known) for leaf in self._tests[id])
            remembered[known] = found
        return found

    def plan(self, scheme: str) -> SchemePlan:
        """Return a scheme compiled."""
        return self._plan_by_id[scheme]

    def answer_cells(self, fact: str) -> list[Knowledge]:
        """Return the kinds of answer to a question that the catalogue tells apart."""
        found = self._cells.get(fact)
        if found is None:
            tests = list(self._tests.get(fact, ()))
            for derived in self.facts.values():
                derive = derived.derive
                if derive and derive.kind == "region_of" and fact in derive.bases:
                    parents = self.facts[fact].parents
                    for leaf in self._tests.get(derived.id, ()):
                        inside = frozenset(
                            id
                            for id, region in parents.items()
                            if region in leaf.holds  # type: ignore[operator]
                        )
                        tests.append(Leaf(fact, None, inside, frozenset()))
            if fact == self.place_fact:
                for scheme in self.schemes.values():
                    for edition in scheme.local:
                        tests.append(Leaf(fact, None, frozenset(edition.provinces), frozenset()))
            domain = self.facts[fact].domain
            found = [domain] if isinstance(domain, Members) else cells(domain, tests)
            self._cells[fact] = found
        return found

    def bearing_on(self, facts: Iterable[str]) -> frozenset[str]:
        """Return these facts and all that rules tie to them."""
        found = set(facts)
        while True:
            more = set(found)
            for rule in self.implications:
                tied = {part.fact for part in (*rule.when, *rule.then)}
                if tied & found:
                    more |= tied
            for fact in self.facts.values():
                if fact.derive and {fact.id, *fact.derive.bases} & found:
                    more |= {fact.id, *fact.derive.bases}
            if more == found:
                return frozenset(found)
            found = more

    # -- people and places ---------------------------------------------------------------------

    def offices_for(self, kind: str, province: str | None = None) -> tuple[Office, ...]:
        """Return the offices of a kind that serve a province.

        Those in the province come first, then those of its region, then national ones; without a
        province, only national ones.
        """
        known = self.places.get(province) if province else None
        region = known.region if known else None
        here = [o for o in self.offices if o.kind == kind]
        return tuple(
            [o for o in here if province and (o.province == province or province in o.serves)]
            + [o for o in here if region and not o.province and o.region == region]
            + [o for o in here if o.national and not o.province and not o.region]
        )

    def scheme(self, id: str) -> Scheme:
        """Return a scheme.

        Raises:
            ProfileError: There is none of this id; the message names the nearest.
        """
        if id not in self.schemes:
            raise ProfileError(id, f"there is no such scheme{did_you_mean(id, self.schemes)}")
        return self.schemes[id]


def _main_kinds(scheme: Scheme) -> frozenset[str]:
    """Return what a scheme is mainly for: the first two kinds of benefit it names."""
    kinds = dict.fromkeys(benefit.kind for benefit in scheme.gives)
    return frozenset(list(kinds)[:2])
