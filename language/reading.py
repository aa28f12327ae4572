"""Everything a message says in numbers and places, read once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from language.ages import Age, read_ages
from language.dates import Birth, find_days, read_births, read_since
from language.detect import decide
from language.durations import Duration, read_durations
from language.measures import Measure, Value, find_measures
from language.money import Money, read_money
from language.normal import normal_form
from language.places import Place, Places, read_places
from language.scan import Scan, scan
from language.tokens import words


@dataclass(frozen=True)
class Quantity:
    """A number or range, whatever it counts, or a percentage, and where it stands.

    ``bare`` says that no unit was named.
    """

    value: Value
    start: int
    end: int
    bare: bool = False


@dataclass(frozen=True)
class Reading:
    """What was read in a message. Every item has ``start`` and ``end`` in the message as typed.

    Attributes:
        text: The message.
        language: fr, ary, ary-Latn, mixed or other.
        normal: The normal form.
        numbers: All numbers and ranges, whatever they count; dates and phone numbers are none.
        money: Sums in dirhams.
        ages: Ages of the writer in years.
        births: Birth years and dates of the writer.
        durations: Lengths of time in months, and dates since when.
        percents: Percentages.
        places: Provinces and regions that were named and not denied.
        counts: The numbers that no other reader claimed.
    """

    text: str
    language: str
    normal: str
    numbers: tuple[Quantity, ...]
    money: tuple[Money, ...]
    ages: tuple[Age, ...]
    births: tuple[Birth, ...]
    durations: tuple[Duration, ...]
    percents: tuple[Quantity, ...]
    places: tuple[Place, ...]
    counts: tuple[Quantity, ...]

    @property
    def birth_years(self) -> tuple[int, ...]:
        """The years of birth."""
        return tuple(birth.year for birth in self.births)

    def to_json(self) -> dict[str, Any]:
        """Return the reading as ``python -m language read`` prints it."""
        return {
            "text": self.text,
            "language": self.language,
            "normal": self.normal,
            "numbers": [item.value for item in self.numbers],
            "money": [{"dh": item.dh, "certain": item.certain} for item in self.money],
            "ages": [item.years for item in self.ages],
            "birth_years": list(self.birth_years),
            "durations": [
                {"since": item.since} if item.since else {"months": item.months}
                for item in self.durations
            ],
            "places": [item.to_json() for item in self.places],
        }


def read(text: str, expecting: str | None = None, places: Places | None = None) -> Reading:
    """Read a message.

    Args:
        text: The message as typed; anything beyond 20,000 characters is ignored.
        expecting: What was just asked, so that a bare answer is understood: age, money,
            duration, count, birth_date, date, percent or place.
        places: The places to look for; those of the catalogue when not given.
    """
    seen = scan(text)
    measures = find_measures(seen)
    days = find_days(seen, measures)
    taken: set[int] = set()
    births = read_births(seen, days, expecting)
    _claim(taken, births)
    since = read_since(seen, days, taken, expecting)
    _claim(taken, since)
    ages = read_ages(seen, measures, taken, expecting)
    _claim(taken, ages)
    money = read_money(seen, measures, taken, expecting)
    _claim(taken, money)
    spans = read_durations(seen, measures, taken, expecting)
    _claim(taken, spans)
    percents = [m for m in measures if _percent(m, taken, expecting)]
    for percent in percents:
        if percent.unit:
            taken.update(range(percent.first, percent.last))
    dated = {at for day in days if day.month for at in range(day.first, day.last)}
    durations = [item for item, _, _ in spans]
    durations += [Duration(None, day, *seen.span(first, last)) for day, first, last in since]
    return Reading(
        text=text,
        language=decide(text, words(text)),
        normal=normal_form(text).text,
        numbers=tuple(
            _quantity(seen, m)
            for m in measures
            if _counted(seen, m, expecting) and m.core not in dated
        ),
        money=tuple(item for item, _, _ in money),
        ages=tuple(item for item, _, _ in ages),
        births=tuple(item for item, _, _ in births),
        durations=tuple(sorted(durations, key=lambda item: item.start)),
        percents=tuple(_quantity(seen, m) for m in percents),
        places=read_places(seen, expecting, places),
        counts=tuple(_quantity(seen, m) for m in measures if m.core not in taken and not m.unit),
    )


def _claim(taken: set[int], items: list[Any]) -> None:
    for _, first, last in items:
        taken.update(range(first, last))


def _quantity(seen: Scan, measure: Measure) -> Quantity:
    span = seen.span(measure.first, measure.last)
    return Quantity(measure.value, *span, bare=not measure.unit)


def _percent(measure: Measure, taken: set[int], expecting: str | None) -> bool:
    if measure.unit == "percent":
        return True
    bare = not measure.unit and measure.core not in taken
    return expecting == "percent" and bare and 0 <= measure.number.value <= 100


def _counted(seen: Scan, measure: Measure, expecting: str | None) -> bool:
    """Leave out *un*, *une*, *wa7d* where they are articles."""
    lone = measure.number.one and not measure.unit
    return not lone or expecting is not None or len(seen) == 1
