"""Counts by day, kind, key and province: statistics in which there is no person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from bot.noticed import Count
from bot.store.tables import tallies


def add(connection: Connection, day: date, counted: Mapping[Count, int]) -> None:
    """Add what was counted to a day."""
    insert = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(tallies)
    adding = insert.on_conflict_do_update(
        index_elements=["day", "kind", "key", "province"],
        set_={"count": tallies.c.count + insert.excluded.count},
    )
    # always in one order: two processes that add at once must not wait for each other in a circle
    rows = [
        {"day": day.isoformat(), **count._asdict(), "count": number}
        for count, number in sorted(counted.items())
    ]
    if rows:
        connection.execute(adding, rows)


def totals(connection: Connection, since: date, until: date) -> Counter[Count]:
    """Return the sums from ``since`` to ``until``, both included."""
    columns = (tallies.c.kind, tallies.c.key, tallies.c.province)
    query = (
        sa.select(*columns, sa.func.sum(tallies.c.count))
        .where(tallies.c.day.between(since.isoformat(), until.isoformat()))
        .group_by(*columns)
    )
    return Counter({Count(*names): int(number) for *names, number in connection.execute(query)})
