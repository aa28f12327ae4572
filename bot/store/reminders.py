"""Reminders that a person agreed to, each sent once however many servers run."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.store.tables import metadata

CLAIM_SECONDS = 600
"""How long a server may take over a reminder before another one tries."""

reminders = sa.Table(
    "reminder",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
    sa.Column("person", sa.String(64), nullable=False, index=True),
    sa.Column("key", sa.String(128), nullable=False),
    sa.Column("due", sa.Float(), nullable=False, index=True),
    sa.Column("payload", sa.Text(), nullable=False),
    sa.Column("claim", sa.String(32), nullable=True),
    sa.Column("claimed", sa.Float(), nullable=False, default=0.0),
    sa.UniqueConstraint("person", "key"),
)
"""``key`` says what a reminder is about: a new one with the same key takes the old one's place.
``payload`` (JSON) is what the conversation is told when it is due. Times: seconds since 1970."""


@dataclass(frozen=True)
class Reminder:
    """A reminder that is due."""

    id: int
    person: str
    payload: Mapping[str, Any]


def plan(connection: Connection, person: str, wanted: Iterable[Mapping[str, Any]]) -> None:
    """Keep reminders (``key``, ``due`` in seconds since 1970, ``payload``) for a person."""
    for one in wanted:
        connection.execute(
            reminders.delete().where(reminders.c.person == person, reminders.c.key == one["key"])
        )
        row = {"person": person, "key": one["key"], "due": one["due"], "claimed": 0.0}
        row["payload"] = json.dumps(one["payload"], ensure_ascii=False)
        connection.execute(reminders.insert().values(row))


def cancel(connection: Connection, person: str, prefix: str = "") -> None:
    """Drop a person's reminders, or those whose key begins with ``prefix``."""
    whose = reminders.c.person == person
    connection.execute(
        reminders.delete().where(whose, reminders.c.key.startswith(prefix, autoescape=True))
    )


def claim(connection: Connection, limit: int = 50) -> list[Reminder]:
    """Take over reminders that are due and that no other server is sending."""
    now, mine = time.time(), secrets.token_hex(16)
    due = (
        sa.select(reminders.c.id)
        .where(reminders.c.due <= now, reminders.c.claimed < now - CLAIM_SECONDS)
        .order_by(reminders.c.due)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = connection.execute(due).scalars().all()
    if not ids:
        return []
    connection.execute(
        reminders.update()
        .where(reminders.c.id.in_(ids), reminders.c.claimed < now - CLAIM_SECONDS)
        .values(claim=mine, claimed=now)
    )
    rows = connection.execute(
        sa.select(reminders.c.id, reminders.c.person, reminders.c.payload).where(
            reminders.c.claim == mine
        )
    )
    return [Reminder(id_, person, json.loads(payload)) for id_, person, payload in rows]


def done(connection: Connection, reminder: Reminder) -> bool:
    """Drop a reminder in the transaction that records its message; False if it is gone already."""
    gone = connection.execute(reminders.delete().where(reminders.c.id == reminder.id))
    return bool(gone.rowcount)
