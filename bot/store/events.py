"""What the dialogue engine remembers of people: rows of Rasa's own ``events`` table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.store.tables import events

Event = Mapping[str, Any]
"""A row without its id: the columns of ``events``; ``data`` is the event as JSON."""


def last_event(connection: Connection, person: str) -> int:
    """Return the id of ``person``'s newest event, 0 when there is none.

    It changes with every turn, so that a copy in memory knows whether it is still true.
    """
    newest: int | None = connection.execute(_LAST, {"person": person}).scalar()
    return newest or 0


def current_session(connection: Connection, person: str) -> list[str]:
    """Return the events since the session began, oldest first, each as JSON.

    Ids say which event came first: the clock of a machine may have jumped in between.
    """
    return list(connection.execute(_SESSION, {"person": person}).scalars())


def all_sessions(connection: Connection, person: str) -> list[str]:
    """Return all events, oldest first, each as JSON."""
    return list(connection.execute(_ALL, {"person": person}).scalars())


def append(connection: Connection, rows: Sequence[Event]) -> None:
    """Write new events."""
    if rows:
        connection.execute(_APPEND, rows)


def forget(connection: Connection, person: str) -> None:
    """Erase all events of ``person``."""
    connection.execute(events.delete().where(events.c.sender_id == person))


def forget_until(connection: Connection, person: str, newest: int) -> None:
    """Erase the events of ``person`` up to the one with the id ``newest``."""
    connection.execute(events.delete().where(events.c.sender_id == person, events.c.id <= newest))


def people(connection: Connection) -> list[str]:
    """Return everybody of whom there are events."""
    return list(connection.execute(sa.select(events.c.sender_id).distinct()).scalars())


_PERSON = events.c.sender_id == sa.bindparam("person")
_LAST = sa.select(sa.func.max(events.c.id)).where(_PERSON)
_BEGAN = (
    sa.select(events.c.id)
    .where(_PERSON, events.c.type_name == "session_started")
    .order_by(events.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_ALL = sa.select(events.c.data).where(_PERSON).order_by(events.c.id)
_SESSION = _ALL.where(events.c.id >= sa.func.coalesce(_BEGAN, 0))
_APPEND = events.insert()
