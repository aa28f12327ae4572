"""Orientation sheets that may be opened for a while: by an unguessable link, or once by a code."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.store.tables import metadata

LINK_SECONDS = 30 * 60
CODE_SECONDS = 24 * 3600

sheets = sa.Table(
    "sheet",
    metadata,
    sa.Column("key_hash", sa.String(64), primary_key=True),
    sa.Column("person", sa.String(64), nullable=False, index=True),
    sa.Column("once", sa.Boolean(), nullable=False),
    sa.Column("expires", sa.Float(), nullable=False, index=True),
    sa.Column("content", sa.Text(), nullable=False),
)
"""The key itself is never stored. ``content`` is the sheet as JSON; times are seconds since 1970."""


def keep(
    connection: Connection, key: str, person: str, sheet: Mapping[str, Any], *, once: bool
) -> None:
    """Keep a sheet under ``key``: 30 minutes behind a link, or 24 hours for one opening."""
    row = {
        "key_hash": _digest(key),
        "person": person,
        "once": once,
        "expires": time.time() + (CODE_SECONDS if once else LINK_SECONDS),
        "content": json.dumps(sheet, ensure_ascii=False),
    }
    connection.execute(sheets.insert().values(row))


def open_link(connection: Connection, key: str) -> dict[str, Any] | None:
    """Return the sheet behind a link; None when there is none or its time is over."""
    content = connection.execute(_living(key, once=False)).scalar()
    return None if content is None else dict(json.loads(content))


def open_once(connection: Connection, code: str) -> dict[str, Any] | None:
    """Return the sheet behind a code and end the code; None when it opens nothing (any more)."""
    content = connection.execute(_living(code, once=True)).scalar()
    if content is None:
        return None
    taken = connection.execute(sheets.delete().where(sheets.c.key_hash == _digest(code)))
    return dict(json.loads(content)) if taken.rowcount else None


def erase_expired(connection: Connection) -> None:
    """Erase the sheets whose time is over."""
    connection.execute(sheets.delete().where(sheets.c.expires < time.time()))


def forget(connection: Connection, person: str) -> None:
    """Erase the sheets of a person."""
    connection.execute(sheets.delete().where(sheets.c.person == person))


def _living(key: str, *, once: bool) -> Any:
    return sa.select(sheets.c.content).where(
        sheets.c.key_hash == _digest(key), sheets.c.once == once, sheets.c.expires >= time.time()
    )


def _digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()
