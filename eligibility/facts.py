"""Facts, and the one grammar of their values: what a profile says and what a condition tests.

value       27 · fes · true · 2026-03-01 · (dates) 1998 · 1998-05
list        [fes, meknes]                    one of
range       {from: 18, to: 35}               also above, below; on ordered choices too
not         {not: agriculture}
within      {within: fes-meknes}             places
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from eligibility.days import read_day
from eligibility.problems import did_you_mean, listed, spell
from eligibility.values import HIGHEST, LOWEST, Cut, Knowledge, Members, Plain, Spans, without

TYPES = ("number", "bool", "choice", "ordered", "set", "date", "place")
RANGE_KEYS = ("from", "to", "above", "below")
_MOST_REMEMBERED = 4096
_POWER = re.compile(r"-?[0-9]+(\.[0-9]+)?[eE][-+]?[0-9]{1,2}\Z")

Texts = Mapping[str, str]
"""A text in ``fr``, ``ary`` and (perhaps) ``ary_latn``."""


class FormError(ValueError):
    """A value or test is not one this fact can have; ``path`` leads to the part that is wrong."""

    def __init__(self, message: str, path: tuple[object, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.path = path

    def below(self, key: object) -> FormError:
        """Return the same error, seen from the form that holds the wrong part under ``key``."""
        return FormError(self.message, (key, *self.path))


@dataclass(frozen=True)
class Choice:
    """One value a fact may have.

    Attributes:
        label: Short words for it; None when only its id is known.
        words: What people say for it.
        fits: Kinds of benefit that serve who seeks this (only on a fact of what is sought).
    """

    label: Texts | None = None
    words: tuple[str, ...] = ()
    fits: tuple[str, ...] = ()


@dataclass(frozen=True)
class Derivation:
    """How a fact follows from others.

    Attributes:
        kind: ``years_since``, ``months_since``, ``ratio`` or ``region_of``.
        bases: The facts it follows from.
        factor: What a ratio is multiplied by (100 for percent, 1,000,000 for per_million).
    """

    kind: str
    bases: tuple[str, ...]
    factor: int = 1


@dataclass(frozen=True, eq=False)
class Fact:
    """Something about a person or their project; attributes as the keys of ``facts.yml``.

    Attributes:
        domain: Every value it may have.
        echo: Whether it is repeated back when it was said; what grammar gives away is not.
        parents: For places: the region of each province.
    """

    id: str
    type: str
    domain: Knowledge
    label: Texts
    topic: str = ""
    unit: str | None = None
    ask: Texts | None = None
    why: Texts | None = None
    say: Texts | None = None
    choices: Mapping[Any, Choice] = field(default_factory=dict)
    asked: bool = True
    echo: bool = True
    cost: float = 1.0
    prior: Any = None
    changeable: bool = False
    attainable: tuple[Any, ...] = ()
    ask_if: Any = None
    derive: Derivation | None = None
    integer: bool = False
    parents: Mapping[str, str] = field(default_factory=dict)
    place_names: Mapping[str, Texts] = field(default_factory=dict)
    _read: dict[Any, Plain] = field(default_factory=dict, init=False)

    @property
    def values(self) -> tuple[Any, ...]:
        """The values that can be listed, in the order of ``facts.yml``; empty for numbers."""
        if self.choices:
            return tuple(self.choices)
        if isinstance(self.domain, frozenset):
            return tuple(sorted(self.domain, key=str))
        return tuple(sorted(self.domain.possible)) if isinstance(self.domain, Members) else ()

    def unknown(self) -> Knowledge:
        """Return the knowledge of somebody of whom nothing is known."""
        return self.domain

    # -- reading -----------------------------------------------------------------------------

    def read(self, form: Any) -> Plain:
        """Return the values that a form of this fact means (all types but ``set``).

        Raises:
            FormError: The form is none this fact can have.
        """
        if isinstance(form, Mapping):
            return self._read_mapping(form)
        if isinstance(form, (list, tuple)):
            if not form:
                raise FormError("an empty list leaves no value possible")
            result: Any = None
            for index, item in enumerate(form):
                try:
                    part = self.read(item)
                except FormError as error:
                    raise error.below(index) from None
                result = part if result is None else result | part
            return result  # type: ignore[no-any-return]
        return self._read_value(form)

    def _read_mapping(self, form: Mapping[Any, Any]) -> Plain:
        if len(form) == 1 and "not" in form:
            try:
                return without(self.domain, self.read(form["not"]))  # type: ignore[arg-type]
            except FormError as error:
                raise error.below("not") from None
        if len(form) == 1 and "within" in form and self.type == "place":
            try:
                return self._read_within(form["within"])
            except FormError as error:
                raise error.below("within") from None
        known = (*RANGE_KEYS, "not", *(["within"] if self.type == "place" else []))
        for key in form:
            if key not in RANGE_KEYS:
                raise FormError(
                    f"“{spell(key)}” means nothing here; expected {listed(known)}"
                    f"{did_you_mean(key, known)}",
                    (key,),
                )
        if not form:
            raise FormError("a range needs from, to, above or below")
        if self.type == "ordered":
            return self._ordered_range(form)
        if self.type in ("number", "date"):
            return self._number_range(form)
        raise FormError(f"{self.id} has no order, so it takes no range; list the values instead")

    def _ordered_range(self, form: Mapping[Any, Any]) -> frozenset[object]:
        order = list(self.choices)
        low, high = 0, len(order)
        for key, value in form.items():
            if value not in self.choices or isinstance(value, bool):
                raise FormError(self._no_such(value), (key,))
            at = order.index(value)
            low = max(low, {"from": at, "above": at + 1}.get(key, 0))
            high = min(high, {"to": at + 1, "below": at}.get(key, len(order)))
        return frozenset(order[low:high])

    def _number_range(self, form: Mapping[Any, Any]) -> Spans:
        low, high = LOWEST, HIGHEST
        for key, value in form.items():
            try:
                first, last = self._ends(value)
            except FormError as error:
                raise error.below(key) from None
            low = max(low, {"from": (first, 0), "above": (last, 1)}.get(key, LOWEST))
            high = min(high, {"to": (last, 1), "below": (first, 0)}.get(key, HIGHEST))
        spans = Spans.between(low, high)
        return (spans.whole_numbers() if self.integer else spans) & self._span_domain()

    def _span_domain(self) -> Spans:
        assert isinstance(self.domain, Spans)
        return self.domain

    def _ends(self, value: Any) -> tuple[float, float]:
        """Return the least and greatest number a value means (a year is many days)."""
        if self.type == "date":
            day = read_day(value)
            if day is None or day.first is None or day.last is None:
                raise FormError(f"“{spell(value)}” is no date; expected such as 2026-03-01 or 2026")
            return day.first.toordinal(), day.last.toordinal()
        if isinstance(value, str) and _POWER.match(value):  # JSON writes large numbers so
            value = float(value)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise FormError(f"“{spell(value)}” is no number")
        if not math.isfinite(value):
            raise FormError(f"“{value}” is no number")
        number = int(value) if float(value).is_integer() else value
        return number, number

    def _read_value(self, value: Any) -> Plain:
        if self.type in ("number", "date"):
            first, last = self._ends(value)
            if self.integer and first != math.floor(first):
                if self.unit not in ("years", "months"):
                    raise FormError(f"{spell(value)} is not a whole number")
                first = last = math.floor(first)  # months and years are counted when complete
            spans = Spans(((first, 0), (last, 1)))
            spans = (spans.whole_numbers() if self.integer else spans) & self._span_domain()
            if not spans:
                raise FormError(f"{spell(value)} is not possible; expected {self._bounds()}")
            return spans
        if self.type == "place" and value in self.parents.values() and value not in self.domain:  # type: ignore[operator]
            return self._read_within(value)
        if value is None or isinstance(value, bool) != (self.type == "bool"):
            raise FormError(self._no_such(value))
        if not isinstance(value, (str, int, float)) or value not in self.domain:  # type: ignore[operator]
            raise FormError(self._no_such(value))
        return frozenset({value})

    def _read_within(self, form: Any) -> Plain:
        places: set[object] = set()
        for place in form if isinstance(form, (list, tuple)) else [form]:
            inside = {id for id, region in self.parents.items() if region == place}
            if self.domain and place in self.domain:  # type: ignore[operator]
                inside.add(place)
            if not isinstance(place, str) or not inside:
                known = [*self.parents.values(), *self.values]
                raise FormError(f"“{spell(place)}” is no place we know{did_you_mean(place, known)}")
            places |= inside
        return frozenset(places)

    def _no_such(self, value: Any) -> str:
        known = self.values
        if self.type == "bool":
            return f"“{spell(value)}” is no answer to yes or no; expected true or false"
        near = did_you_mean(value, known)
        return f"“{spell(value)}” is no value of {self.id}{near or ': expected ' + listed(known)}"

    def _bounds(self) -> str:
        cuts = self._span_domain().cuts
        if self.type == "date":
            return "a date from " + date.fromordinal(int(cuts[0][0])).isoformat()
        words = []
        if not math.isinf(cuts[0][0]):
            words.append(f"at least {cuts[0][0]}")
        if not math.isinf(cuts[-1][0]):
            top = cuts[-1][0] - 1 if self.integer and not cuts[-1][1] else cuts[-1][0]
            words.append(f"at most {top}")
        return " and ".join(words) or "a number"

    # -- sets --------------------------------------------------------------------------------

    def elements(self, form: Any) -> frozenset[str]:
        """Return the listed values of a fact that is a set.

        Raises:
            FormError: Something listed is none of its values.
        """
        assert isinstance(self.domain, Members)
        items: Sequence[Any] = form if isinstance(form, (list, tuple)) else [form]
        for index, item in enumerate(items):
            if not isinstance(item, str) or item not in self.domain.possible:
                raise FormError(self._no_such(item), (index,) if items is form else ())
        return frozenset(items)

    def read_members(self, form: Any) -> Members:
        """Return what a profile says of a fact that is a set: a list, or ``{only: […]}``."""
        assert isinstance(self.domain, Members)
        inside, possible = frozenset[str](), self.domain.possible
        if isinstance(form, Mapping):
            for key, value in form.items():
                if key not in ("only", "not"):
                    raise FormError(f"“{spell(key)}” means nothing here; expected only", (key,))
                try:
                    named = self.elements(value)
                except FormError as error:
                    raise error.below(key) from None
                if key == "only":
                    inside, possible = named, possible & named
                else:
                    possible = possible - named
            result = Members(inside, possible)
            if not form or not result:
                raise FormError("this leaves nothing possible")
            return result
        return Members(self.elements(form), possible)

    def knowledge(self, form: Any) -> Knowledge:
        """Return what a form of a profile says of this fact.

        Raises:
            FormError: The form is none, or leaves no value possible.
        """
        if self.type == "set":
            return self.read_members(form)
        if isinstance(form, (str, int, float)):  # what most answers are, read once
            key = (type(form), form)
            found = self._read.get(key)
            if found is None:
                if len(self._read) >= _MOST_REMEMBERED:
                    self._read.clear()
                found = self._read[key] = self._some(form)
            return found
        return self._some(form)

    def _some(self, form: Any) -> Plain:
        result = self.read(form)
        if not result:
            raise FormError(
                "no value is possible: the range is empty or outside "
                + (
                    f"what {self.id} can be ({self._bounds()})"
                    if isinstance(result, Spans)
                    else "it"
                )
            )
        return result

    # -- showing -----------------------------------------------------------------------------

    def single(self, known: Knowledge) -> Any:
        """Return the one value that is possible, or None when there are several."""
        if isinstance(known, frozenset):
            return next(iter(known)) if len(known) == 1 else None
        if isinstance(known, Spans) and len(known.cuts) == 2:
            (low, after), (high, above) = known.cuts
            if after == 0 and ((high, above) == (low + 1, 0) if self.integer else high == low):
                return self._show_number(low)
        return None

    def show(self, known: Knowledge) -> Any:
        """Return knowledge in the form of a profile (dates as text)."""
        if isinstance(known, Members):
            inside = [value for value in self.values if value in known.inside]
            if known.possible == known.inside:
                return {"only": inside}
            return inside
        if isinstance(known, frozenset):
            listing = [value for value in self.values if value in known]
            return listing[0] if len(listing) == 1 else listing
        parts = [self._show_stretch(low, high) for low, high in known.stretches()]
        return parts[0] if len(parts) == 1 else parts

    def _show_number(self, value: float) -> Any:
        if self.type == "date":
            return date.fromordinal(int(value)).isoformat()
        return int(value) if float(value).is_integer() else value

    def _show_stretch(self, low: Cut, high: Cut) -> Any:
        single = self.single(Spans((low, high)))
        if single is not None:
            return single
        form: dict[str, Any] = {}
        if not math.isinf(low[0]):
            form["above" if low[1] else "from"] = self._show_number(low[0])
        if not math.isinf(high[0]):
            if self.integer:
                form["to"] = self._show_number(high[0] - 1)
            else:
                form["to" if high[1] else "below"] = self._show_number(high[0])
        return form


def number_domain(form: Mapping[str, float], integer: bool) -> Spans:
    """Return the values a number may have by its ``range`` (empty: any)."""
    low: Cut = LOWEST
    high: Cut = HIGHEST
    for key, value in form.items():
        low = max(low, {"from": (value, 0), "above": (value, 1)}.get(key, LOWEST))
        high = min(high, {"to": (value, 1), "below": (value, 0)}.get(key, HIGHEST))
    spans = Spans.between(low, high)
    return spans.whole_numbers() if integer else spans


DATE_DOMAIN = Spans(((date(1900, 1, 1).toordinal(), 0), (date(2200, 12, 31).toordinal() + 1, 0)))
"""Days are numbered by ``date.toordinal``."""
