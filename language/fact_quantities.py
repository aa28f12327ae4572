"""What a message says in numbers, dates and places, as the readers of facts want it."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from language.fact_nearness import Quantity, year_range
from language.places import Places
from language.reading import Reading, read

_MONTH_PARTS = 2  # "2021-03"


class Quantities:
    """Reads the quantities of messages.

    Args:
        places: The content of ``places.yml``, or its names ready to be found, or None to read
            no places.
    """

    def __init__(self, places: Places | Mapping[str, Any] | None) -> None:
        self._places = places if isinstance(places, Places) else Places(places or {})

    def read(self, text: str, kind: str | None, today: date) -> list[Quantity]:
        """Return the quantities of a message.

        Args:
            text: The message as typed.
            kind: The kind that answers the pending question, so that bare numbers are read as it.
            today: The day that "since 2021" counts to.
        """
        reading = read(text, kind, self._places)
        found = [*_measured(reading), *_timed(reading, today)]
        for place in reading.places:
            sure = place.exact or kind == "place"
            found.append(Quantity("place", place.to_json(), place.start, place.end, bare=not sure))
        return sorted(found, key=lambda quantity: quantity.start)


def _measured(reading: Reading) -> Iterable[Quantity]:
    for age in reading.ages:
        yield Quantity("age", age.years, age.start, age.end)
    for sum_ in reading.money:
        readings = () if sum_.certain else sum_.readings
        yield Quantity("money", sum_.dh, sum_.start, sum_.end, readings)
    for percent in reading.percents:
        yield Quantity("percent", percent.value, percent.start, percent.end, bare=percent.bare)
    for number in reading.numbers:
        yield Quantity("number", number.value, number.start, number.end, bare=True)
    for count in reading.counts:
        yield Quantity("count", count.value, count.start, count.end, bare=True)


def _timed(reading: Reading, today: date) -> Iterable[Quantity]:
    for birth in reading.births:
        yield Quantity("birth_date", said_date(birth.born), birth.start, birth.end)
    for duration in reading.durations:
        if duration.since is None:
            yield Quantity("duration", duration.months, duration.start, duration.end)
            continue
        since = said_date(duration.since)
        yield Quantity("date", since, duration.start, duration.end)
        months = _months_since(since, today)
        yield Quantity("duration", months, duration.start, duration.end, bare=True)


def said_date(said: str) -> Any:
    """Return ``2021``, ``2021-03`` or ``2021-03-12`` as a date or a range of dates."""
    parts = [int(part) for part in said.split("-")]
    if len(parts) == 1:
        return year_range(parts[0])
    if len(parts) == _MONTH_PARTS:
        year, month = parts
        last = calendar.monthrange(year, month)[1]
        return {"from": date(year, month, 1), "to": date(year, month, last)}
    return date(*parts)


def _months_since(since: Any, today: date) -> Any:
    """Return the whole months from a date, or from the ends of a range, to today."""
    if not isinstance(since, dict):
        return _months(since, today)
    shortest, longest = _months(since["to"], today), _months(since["from"], today)
    return shortest if shortest == longest else {"from": shortest, "to": longest}


def _months(start: date, today: date) -> int:
    whole = (today.year - start.year) * 12 + today.month - start.month
    return max(0, whole - (today.day < start.day))
