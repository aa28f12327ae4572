"""What a catalogue holds: attributes as the keys of its YAML files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from eligibility.conditions import Condition
from eligibility.days import Day
from eligibility.facts import Texts
from yamlsource import Mark

STATUSES = ("open", "by_call", "unknown", "suspended", "closed")
"""Whether a scheme takes applications, the most welcome first."""
APPLICANTS = ("person", "enterprise", "employer", "cooperative", "group")
CERTAINTIES = ("official", "press", "secondary", "inferred")
GIFT_KINDS = ("grant", "loan", "guarantee", "tax", "training", "status", "placement", "advice")
VERDICTS = ("eligible", "possible", "undetermined", "ineligible")
"""The best first."""


@dataclass(frozen=True)
class Source:
    """Where something is written."""

    key: str
    title: str
    publisher: str = ""
    url: str = ""
    date: Day | None = None
    note: str = ""


@dataclass(frozen=True, eq=False)
class Item:
    """A text that may depend on the person: a step, a duty, an open question.

    Attributes:
        when: Conditions under which it concerns the person; None: always.
    """

    text: Texts
    when: Condition | None = None
    source: tuple[str, ...] = ()
    certainty: str | None = None
    id: str | None = None


@dataclass(frozen=True, eq=False)
class Benefit:
    """Something a scheme gives.

    Attributes:
        kind: One of :data:`GIFT_KINDS`.
        amounts: The numbers as written (``months: 24``, ``ceiling: {dh_month: 10000}``).
    """

    kind: str
    text: Texts | None
    amounts: Mapping[str, Any] = field(default_factory=dict)
    when: Condition | None = None
    source: tuple[str, ...] = ()
    certainty: str | None = None
    note: Texts | None = None
    id: str | None = None


@dataclass(frozen=True, eq=False)
class NeededDocument:
    """A paper a scheme asks for; ``id`` is one of ``documents.yml``."""

    id: str
    when: Condition | None = None
    source: tuple[str, ...] = ()
    certainty: str | None = None
    note: Texts | None = None


@dataclass(frozen=True, eq=False)
class Edition:
    """A local edition of a scheme, in force in some provinces while it is open.

    Attributes:
        within: The places as written.
        provinces: The provinces they mean.
        requires: The conditions in force there, those of the core replaced.
        gives: What it gives instead; None: the same as the core.
    """

    within: tuple[str, ...]
    provinces: frozenset[str]
    opens: date | None
    closes: date | None
    requires: tuple[Condition, ...]
    gives: tuple[Benefit, ...] | None = None
    source: tuple[str, ...] = ()
    certainty: str | None = None
    note: Texts | None = None
    text: Texts | None = None
    id: str | None = None

    def is_open(self, on: date) -> bool:
        """Return whether the edition is in force on a day."""
        return (self.opens is None or self.opens <= on) and (
            self.closes is None or on <= self.closes
        )


@dataclass(frozen=True, eq=False)
class Example:
    """A worked example: who, when, and the verdict that must come out."""

    date: date
    profile: Mapping[str, Any]
    verdict: str
    name: str
    mark: Mark


@dataclass(frozen=True, eq=False)
class Scheme:
    """A support one can apply for.

    Attributes:
        documents: The papers; None when no source tells them.
    """

    id: str
    institution: str
    name: Texts
    status: str
    as_of: Day
    applicant: tuple[str, ...]
    requires: tuple[Condition, ...]
    mark: Mark
    programme: str | None = None
    aka: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    about: Texts | None = None
    decided_by: str | None = None
    sources: Mapping[str, Source] = field(default_factory=dict)
    gives: tuple[Benefit, ...] = ()
    gives_limit: Mapping[str, Any] | None = None
    local: tuple[Edition, ...] = ()
    documents: tuple[NeededDocument, ...] | None = None
    steps: tuple[Item, ...] = ()
    where: tuple[str, ...] = ()
    deadline: Item | None = None
    follow_up: tuple[Item, ...] = ()
    excludes: tuple[str, ...] = ()
    combines_with: tuple[str, ...] = ()
    open_questions: tuple[Item, ...] = ()
    note: Texts | None = None
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, eq=False)
class Programme:
    """An umbrella that people name; ``explained`` ones nobody applies to in person."""

    id: str
    name: Texts
    kind: str
    institution: str
    about: Texts
    aka: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    can_do: Texts | None = None
    source: tuple[str, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    as_of: Day | None = None
    status: str | None = None
    certainty: str | None = None
    note: Texts | None = None


@dataclass(frozen=True, eq=False)
class Contact:
    """How to reach an institution."""

    phone: tuple[str, ...] = ()
    email: str | None = None
    site: str | None = None
    address: Any = None
    hours: Any = None


@dataclass(frozen=True, eq=False)
class Institution:
    """A body that runs schemes or helps people with them."""

    id: str
    name: Texts
    about: Texts | None = None
    reach: Texts | None = None
    aka: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    contact: Contact = field(default_factory=Contact)
    source: tuple[str, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    as_of: Day | None = None
    certainty: str | None = None
    note: Texts | None = None


@dataclass(frozen=True, eq=False)
class Document:
    """A paper: what it is, where to get it."""

    id: str
    name: Texts
    about: Texts | None = None
    where: Texts | None = None
    cost: Texts | None = None
    delay: Texts | None = None
    source: tuple[str, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    certainty: str | None = None
    as_of: Day | None = None
    note: Texts | None = None
    aka: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class OfficeKind:
    """A kind of office; ``unknown`` says what to do where none is known."""

    id: str
    name: Texts
    institution: str | None = None
    unknown: Texts | None = None
    about: Texts | None = None


@dataclass(frozen=True, eq=False)
class Office:
    """A place where people go; covers a province, a region, or the country."""

    id: str
    kind: str
    name: Any
    province: str | None = None
    region: str | None = None
    national: bool = False
    address: Any = None
    phone: tuple[str, ...] = ()
    email: str | None = None
    site: str | None = None
    hours: Any = None
    confidence: str | None = None
    as_of: Day | None = None
    source: tuple[str, ...] = ()
    note: Texts | None = None
    serves: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Place:
    """A region or a province.

    Attributes:
        region: The region of a province; None for a region.
        seat: Where the province's seat lies, as latitude and longitude in degrees.
    """

    id: str
    name: Texts
    names: tuple[str, ...] = ()
    region: str | None = None
    seat: tuple[float, float] | None = None
