"""Birth years, birth dates and "since 2021"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from language.measures import Measure
from language.normal import normal_set
from language.scan import Phrases, Scan
from language.skeleton import skeleton
from language.wordlists import word_list

_LISTS = word_list("people")
_BIRTH, _SINCE, _BEGUN, _KIN, _COMPANY = (
    Phrases(_LISTS[name]) for name in ("birth", "since", "begun", "kin", "company")
)
_BIRTH_FILLERS = frozenset(skeleton(str(w)) or str(w) for w in _LISTS["birth_fillers"])
_MONTHS = {skeleton(str(w)): int(n) for n, words in _LISTS["months"].items() for w in words}
_IN, _PART_OF_YEAR, _OF, _MINE, _FIRST = (
    normal_set(_LISTS[name]) for name in ("in_year", "part_of_year", "of", "mine", "first")
)
_FIRST_YEAR, _LAST_YEAR = 1950, 2035
_FIRST_BIRTH, _LAST_BIRTH = 1920, 2020
_CENTURY_TURN = 20
_REACH = 9


@dataclass(frozen=True)
class Day:
    """A date as far as it was said.

    Attributes:
        year: The year.
        month: The month, or None.
        day: The day of the month, or None.
        first: Index of its first token.
        last: Index after its last token.
        short: The year was given with two digits.
    """

    year: int
    month: int | None
    day: int | None
    first: int
    last: int
    short: bool = False

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


@dataclass(frozen=True)
class Birth:
    """When someone was born: the year, the day where it was said, and where it stands."""

    year: int
    born: str
    start: int
    end: int


def find_days(text: Scan, measures: list[Measure]) -> list[Day]:
    """Return the dates and years of a message; a two-digit year is ``short``."""
    found: list[Day] = []
    for index in range(len(text)):
        if text.kind(index) == "date" and (day := _typed_date(text.word(index), index)):
            found.append(day)
    for measure in measures:
        number = measure.number
        value = measure.exact
        if measure.unit or value is None or not number.digits or value != int(value):
            continue
        if not text.word(measure.core).isdigit():
            continue  # 2 005 is no year
        year, short = int(value), False
        if len(text.word(measure.core)) == 2:
            year, short = (2000 if year <= _CENTURY_TURN else 1900) + year, True
        if _FIRST_BIRTH <= year <= _LAST_YEAR:
            month, day_of_month, first = _month_before(text, measure.core)
            found.append(Day(year, month, day_of_month, first, measure.core + 1, short))
    whole = [day for day in found if not day.short]
    parts = {i for day in whole for i in range(day.first, day.last)}
    found = whole + [day for day in found if day.short and day.first not in parts]
    return sorted(found, key=lambda day: day.first)


def read_births(
    text: Scan, days: list[Day], expecting: str | None = None
) -> list[tuple[Birth, int, int]]:
    """Return the births of a message, each with its first and last token.

    Args:
        text: The message.
        days: Its dates.
        expecting: "birth_date" or "age" when a bare year is an answer to that.
    """
    found: list[tuple[Birth, int, int]] = []
    for day in days:
        if not _FIRST_BIRTH <= day.year <= _LAST_BIRTH:
            continue
        cue = _birth_cue(text, day.first)
        asked = expecting == "birth_date" or (expecting == "age" and not day.short)
        if cue < 0 and not (asked and not _since_start(text, day) >= 0):
            continue
        if cue >= 0 and _of_others(text, cue):
            continue
        first = cue if cue >= 0 else day.first
        birth = Birth(day.year, str(day), *text.span(first, day.last))
        found.append((birth, first, day.last))
    return found


def read_since(
    text: Scan, days: list[Day], taken: set[int], expecting: str | None = None
) -> list[tuple[str, int, int]]:
    """Return "since" dates: the date, its first and its last token."""
    found: list[tuple[str, int, int]] = []
    for day in days:
        if day.short or day.first in taken or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            continue
        start = _since_start(text, day)
        if start < 0 and (
            _begun(text, day) or _company_of(text, day) or expecting in ("duration", "date")
        ):
            start = day.first
        if start >= 0:
            found.append((str(day), start, day.last))
    return found


def _since_start(text: Scan, day: Day) -> int:
    at = day.first
    if text.word(at - 1) in _PART_OF_YEAR:
        at -= 1
    return _SINCE.before(text, at)


def _company_of(text: Scan, day: Day) -> bool:
    """Tell whether a year is a company's: *charika dyal 2020*, *une société de 2019*."""
    at = day.first - 1
    if text.word(at) not in _OF:
        return False
    at -= text.word(at - 1) in _MINE
    return any(_COMPANY.before(text, i) >= 0 for i in (at, at - 1))


def _begun(text: Scan, day: Day) -> bool:
    """Tell whether something was begun then: *charika créée f 2019*, *bdit f mars 2020*."""
    if text.word(day.first - 1) not in _IN and text.kind(day.first) != "date":
        return False
    return any(
        _BEGUN.at(text, index)
        for index in range(max(0, day.first - _REACH), day.first)
        if not any(text.word(i) in ".,!?;" for i in range(index, day.first))
    ) or any(_BEGUN.at(text, index) for index in range(day.last, min(day.last + 2, len(text))))


def _birth_cue(text: Scan, first: int) -> int:
    at = first
    for _ in range(6):
        start = _BIRTH.before(text, at)
        if start >= 0:
            return start
        if at <= 0 or (text.key(at - 1) not in _BIRTH_FILLERS and text.word(at - 1) not in ":=,()"):
            break
        at -= 1
    if text.word(first - 1) not in _IN:
        return -1
    for index in range(first - 1, max(-1, first - 6), -1):  # né à Fès en 1998
        if text.kind(index) == "punct":
            return -1
        start = _BIRTH.before(text, index)
        if start >= 0:
            return start
    return -1


def _of_others(text: Scan, cue: int) -> bool:
    return any(_KIN.at(text, i) or _COMPANY.at(text, i) for i in range(max(0, cue - 3), cue))


def _month_before(text: Scan, index: int) -> tuple[int | None, int | None, int]:
    month = _MONTHS.get(text.key(index - 1)) if index else None
    if month is None:
        return None, None, index
    if text.word(index - 2) in _FIRST:
        return month, 1, index - 2
    if text.kind(index - 2) == "number" and text.word(index - 2).isdigit():
        day = int(text.word(index - 2))
        if 1 <= day <= 31:
            return month, day, index - 2
    return month, None, index - 1


def _typed_date(word: str, index: int) -> Day | None:
    parts = [int(part) for part in re.split(r"[/.-]", word)]
    if len(parts) == 2:
        month, year = parts
        return Day(year, month, None, index, index + 1) if 1 <= month <= 12 else None
    if parts[0] > 31:
        year, month, day = parts
    else:
        day, month, year = parts
    if year < 100:
        year += 2000 if year <= _CENTURY_TURN else 1900
    try:
        date(year, month, day)
    except ValueError:
        return None
    return Day(year, month, day, index, index + 1)
