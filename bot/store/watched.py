"""Profiles of people who agreed to be told when something changes for them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.store.tables import metadata

BATCH = 200

watched = sa.Table(
    "watched",
    metadata,
    sa.Column("person", sa.String(64), primary_key=True),
    sa.Column("profile", sa.Text(), nullable=False),
    sa.Column("seen", sa.Text(), nullable=True),
)
"""``profile`` (JSON) has nothing sensitive. ``seen`` (JSON) is how the schemes stood for them when
they were last looked at; empty until then."""


@dataclass(frozen=True)
class Watched:
    """A row: the profile, and how the schemes stood."""

    person: str
    profile: Mapping[str, Any]
    seen: Any


def watch(connection: Connection, person: str, profile: Mapping[str, Any]) -> None:
    """Watch for a person from now on, with what is known of them today."""
    stop(connection, person)
    row = {"person": person, "profile": json.dumps(profile, ensure_ascii=False), "seen": None}
    connection.execute(watched.insert().values(row))


def stop(connection: Connection, person: str) -> None:
    """Watch no longer."""
    connection.execute(watched.delete().where(watched.c.person == person))


def some(connection: Connection, after: str) -> Sequence[Watched]:
    """Return the next rows in the order of their people's ids, after ``after``."""
    query = sa.select(watched).where(watched.c.person > after).order_by(watched.c.person)
    rows = connection.execute(query.limit(BATCH))
    return [Watched(p, json.loads(profile), seen and json.loads(seen)) for p, profile, seen in rows]


def look(connection: Connection, row: Watched, seen: Any) -> bool:
    """Write how the schemes stand now; False if another server has looked meanwhile."""
    before = watched.c.seen.is_(None) if row.seen is None else watched.c.seen == _text(row.seen)
    done = connection.execute(
        watched.update().where(watched.c.person == row.person, before).values(seen=_text(seen))
    )
    return bool(done.rowcount)


def _text(seen: Any) -> str:
    return json.dumps(seen, sort_keys=True)
