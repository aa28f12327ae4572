"""What became of applications, as counts by scheme and province; no person stands behind them."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.store.tables import metadata

RESULTS = ("granted", "refused", "no_answer")
FEWEST = 5
"""Counts below this are told to nobody: few enough to guess who it was."""

outcomes = sa.Table(
    "outcome",
    metadata,
    sa.Column("scheme", sa.String(64), primary_key=True),
    sa.Column("province", sa.String(64), primary_key=True),
    sa.Column("result", sa.String(16), primary_key=True),
    sa.Column("times", sa.Integer(), nullable=False),
)
"""``province`` is empty where it is not known."""


def count(connection: Connection, scheme: str, province: str, result: str, by: int = 1) -> None:
    """Count one result more (or less, when a person corrects what they told)."""
    where = sa.and_(
        outcomes.c.scheme == scheme,
        outcomes.c.province == province,
        outcomes.c.result == result,
    )
    changed = connection.execute(outcomes.update().where(where).values(times=outcomes.c.times + by))
    if not changed.rowcount and by > 0:
        row = {"scheme": scheme, "province": province, "result": result, "times": by}
        connection.execute(outcomes.insert().values(row))


def told(connection: Connection, scheme: str) -> Mapping[str, int]:
    """Return how often each result was told of a scheme; empty below five in all."""
    query = (
        sa.select(outcomes.c.result, sa.func.sum(outcomes.c.times))
        .where(outcomes.c.scheme == scheme)
        .group_by(outcomes.c.result)
    )
    counts = {result: int(times) for result, times in connection.execute(query)}
    return counts if sum(counts.values()) >= FEWEST else {}
