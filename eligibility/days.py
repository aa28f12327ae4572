"""Dates: whole years and months, dates known only in part, and today in Morocco."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


@dataclass(frozen=True)
class Day:
    """A date as a source gives it: a day, a month, a year, or unknown.

    Attributes:
        text: As written, ``2025-08-12``, ``2025-08``, ``2025`` or ``unknown``.
        first: The first day it may mean; None when unknown.
        last: The last day it may mean; None when unknown.
    """

    text: str
    first: date | None
    last: date | None

    def __str__(self) -> str:
        return self.text

    @property
    def precision(self) -> str:
        """``day``, ``month``, ``year`` or ``unknown``."""
        return {10: "day", 7: "month", 4: "year"}.get(len(self.text), "unknown")


def read_day(value: object) -> Day | None:
    """Return the date a YAML value means, or None when it is none.

    Args:
        value: A date, a year as a number, or text (``2025-08``, ``unknown``).
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return Day(value.isoformat(), value, value)
    if value == "unknown":
        return Day("unknown", None, None)
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        return None
    found = _PARTIAL.match(str(value))
    if not found or not _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
        return None
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        last = first
    elif month:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    else:
        last = date(year, 12, 31)
    return Day(str(value), first, last)


def months_between(start: date, end: date) -> int:
    """Return the whole months from one day to another (negative when ``end`` comes first)."""
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def months_before(day: date, months: int) -> date:
    """Return the latest start from which ``months`` whole months have passed on ``day``."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    if year < 1:
        return date.min
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, _length(year, month + 1)))


def months_after(day: date, months: int) -> date:
    """Return the first day on which ``months`` whole months have passed since ``day``."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    if year < 1:
        return date.min
    if year >= date.max.year:
        return date.max
    if day.day <= _length(year, month + 1):
        return date(year, month + 1, day.day)
    return date(year, month + 1, _length(year, month + 1)) + timedelta(days=1)


def _length(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1) if year < date.max.year else date.max
    return (following - timedelta(days=1)).day if year < date.max.year else 28


class TodayError(ValueError):
    """``MOUWAKIB_TODAY`` is set to something that is no day."""


def today() -> date:
    """Return the day it is in Casablanca, or the one ``MOUWAKIB_TODAY`` fixes.

    Raises:
        TodayError: ``MOUWAKIB_TODAY`` is set and is not a day.
    """
    fixed = os.environ.get("MOUWAKIB_TODAY", "").strip()
    if fixed:
        day = read_day(fixed)
        if day is None or day.precision != "day" or day.first is None:
            raise TodayError(f"MOUWAKIB_TODAY is “{fixed}”; a day such as 2026-11-24 was expected")
        return day.first
    return datetime.now(casablanca()).date()


@lru_cache(maxsize=1)
def casablanca() -> tzinfo:
    """Return the time zone of Casablanca."""
    try:
        from zoneinfo import ZoneInfo

        return ZoneInfo("Africa/Casablanca")
    except Exception:  # no time-zone data on this machine: Morocco keeps UTC+1
        return timezone(timedelta(hours=1))
