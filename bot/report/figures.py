"""From counts to tables in which nobody can be recognised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy.engine import Connection

from bot.noticed import Count
from bot.store import outcomes, tallies

LEAST = 5
"""No figure below this is ever shown."""

PERIOD_DAYS = 90
"""A report covers so many days unless told otherwise."""

LONGEST = 15
"""Rows of one table; what is rarer interests no board."""

KINDS = {
    "provinces": "person",
    "intents": "intent",
    "schemes": "scheme",
    "unclear": "unclear",
    "obstacles": "obstacle",
    "eligible": "eligible",
}
"""The tables of a report and what each counts."""

BY_PROVINCE = ("intents", "unclear", "obstacles", "eligible")
"""The tables that are also made for each province."""


@dataclass(frozen=True)
class Report:
    """Tables of a period: name -> key -> how many, most first.

    Attributes:
        tables: For everywhere; of ``provinces`` the keys are places.
        places: The same for each province in which enough people asked.
    """

    since: date
    until: date
    tables: Mapping[str, Mapping[str, int]]
    places: Mapping[str, Mapping[str, Mapping[str, int]]]


def report_of(connection: Connection, until: date, days: int = PERIOD_DAYS) -> Report:
    """Return the report of the last ``days``; what became of applications is since ever."""
    since = until - timedelta(days=days - 1)
    made = report(tallies.totals(connection, since, until), since, until)
    ends = {
        f"{scheme}:{result}": count
        for scheme, results in outcomes.all_told(connection).items()
        for result, count in results.items()
    }
    return replace(made, tables={**made.tables, "outcomes": shown(ends)})


def report(totals: Mapping[Count, int], since: date, until: date) -> Report:
    """Return what may be shown of the counts of a period (both days included)."""
    tables = {
        name: shown(_summed(totals, kind)) for name, kind in KINDS.items() if name != "provinces"
    }
    provinces = shown(_people(totals))
    places = {
        place: {
            name: found for name in BY_PROVINCE if (found := _of_place(totals, KINDS[name], place))
        }
        for place in provinces
    }
    return Report(since, until, {"provinces": provinces, **tables}, places)


def shown(counts: Mapping[str, int]) -> dict[str, int]:
    """Return the counts that may be shown, greatest first."""
    enough = {key: count for key, count in counts.items() if count >= LEAST}
    return dict(sorted(enough.items(), key=lambda one: (-one[1], one[0]))[:LONGEST])


def _of_place(totals: Mapping[Count, int], kind: str, place: str) -> dict[str, int]:
    """Return the counts of one province, as far as they do not give others away.

    Where all other places together come to a number too small to be shown, it could be had by
    taking this one from the whole; then this one is left out too.
    """
    here, whole = _summed(totals, kind, place), _summed(totals, kind)
    return shown({key: count for key, count in here.items() if not 0 < whole[key] - count < LEAST})


def _summed(totals: Mapping[Count, int], kind: str, place: str | None = None) -> Mapping[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for count, number in totals.items():
        if count.kind == kind and place in (None, count.province):
            sums[count.key] += number
    return sums


def _people(totals: Mapping[Count, int]) -> Mapping[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for count, number in totals.items():
        if count.kind == "person":
            sums[count.province] += number
    return sums
