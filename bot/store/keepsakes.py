"""What a turn asks to be kept beside the talk: reminders, outcomes, a sheet behind a code.

An action says so in a message of its own (``{"keep": {…}}``); it is written in the turn's
transaction, so a turn that is not kept leaves nothing here either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.engine import Connection

from bot.store import outcomes, reminders, sheets


def write(connection: Connection, person: str, kept: Iterable[Mapping[str, Any]]) -> None:
    """Write what a turn of ``person`` asks to be kept.

    Args:
        connection: The turn's transaction.
        person: Whose turn it is.
        kept: In order, each with any of ``cancel`` (a beginning of reminders' keys), ``reminders``
            (``key``, ``due``, ``payload``), ``outcome`` (``scheme``, ``province``, ``result``,
            ``instead`` of which earlier result) and ``share`` (``code``, ``sheet``).
    """
    for one in kept:
        if "cancel" in one:
            reminders.cancel(connection, person, one["cancel"])
        reminders.plan(connection, person, one.get("reminders", ()))
        if outcome := one.get("outcome"):
            where = outcome["scheme"], outcome["province"]
            if outcome.get("instead"):
                outcomes.count(connection, *where, outcome["instead"], -1)
            outcomes.count(connection, *where, outcome["result"])
        if share := one.get("share"):
            sheets.keep(connection, share["code"], person, share["sheet"], once=True)


def forget(connection: Connection, person: str) -> None:
    """Erase what is kept of a person; counts of outcomes name nobody and stay."""
    reminders.cancel(connection, person)
    sheets.forget(connection, person)
