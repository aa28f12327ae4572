"""Sheets behind links and codes, reminders and outcomes: kept, opened once, erased."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.store import Database, keepsakes, migrations, outcomes, reminders, sheets

SHEET = {"words": {"title": "Ma fiche"}, "facts": []}


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    database = Database(f"sqlite:///{tmp_path / 'store.db'}")
    migrations.upgrade(database)
    with database.engine.begin() as opened:
        yield opened
    database.close()


def reminder(key: str, due: float, **payload: Any) -> dict[str, Any]:
    return {"key": key, "due": due, "payload": payload}


def age(connection: Connection, seconds: float) -> None:
    """Let time go by for what is kept."""
    connection.execute(sheets.sheets.update().values(expires=sheets.sheets.c.expires - seconds))


def test_a_link_opens_often_and_for_half_an_hour(connection: Connection) -> None:
    sheets.keep(connection, "key", "web-1", SHEET, once=False)
    assert sheets.open_link(connection, "key") == SHEET
    age(connection, 29 * 60)
    assert sheets.open_link(connection, "key") == SHEET
    age(connection, 2 * 60)
    assert sheets.open_link(connection, "key") is None
    sheets.erase_expired(connection)
    assert connection.execute(sa.select(sa.func.count()).select_from(sheets.sheets)).scalar() == 0


def test_a_code_opens_once_and_for_a_day(connection: Connection) -> None:
    sheets.keep(connection, "ABCD", "web-1", SHEET, once=True)
    assert sheets.open_link(connection, "ABCD") is None
    assert sheets.open_once(connection, "ABCE") is None
    assert sheets.open_once(connection, "ABCD") == SHEET
    assert sheets.open_once(connection, "ABCD") is None
    sheets.keep(connection, "EFGH", "web-1", SHEET, once=True)
    age(connection, 24 * 3600 + 1)
    assert sheets.open_once(connection, "EFGH") is None


def test_no_key_is_stored(connection: Connection) -> None:
    sheets.keep(connection, "very-secret", "web-1", SHEET, once=False)
    assert "very-secret" not in str(connection.execute(sa.select(sheets.sheets)).all())


def test_what_is_due_is_taken_by_one_server_only(connection: Connection) -> None:
    now = time.time()
    wanted = [reminder("idmaj:papers", now - 5, about="papers"), reminder("idmaj:later", now + 99)]
    reminders.plan(connection, "web-1", wanted)
    (due,) = reminders.claim(connection)
    assert (due.person, due.payload) == ("web-1", {"about": "papers"})
    assert reminders.claim(connection) == []
    assert reminders.done(connection, due)
    assert not reminders.done(connection, due)


def test_a_reminder_whose_server_died_is_taken_over(connection: Connection) -> None:
    reminders.plan(connection, "web-1", [reminder("a", time.time() - 5)])
    assert reminders.claim(connection)
    table = reminders.reminders
    connection.execute(table.update().values(claimed=table.c.claimed - 601))
    assert len(reminders.claim(connection)) == 1


def test_a_new_reminder_takes_the_place_of_the_old(connection: Connection) -> None:
    reminders.plan(connection, "web-1", [reminder("a", 1.0, n=1)])
    reminders.plan(connection, "web-1", [reminder("a", 2.0, n=2)])
    assert [one.payload for one in reminders.claim(connection)] == [{"n": 2}]


def test_outcomes_are_told_from_five_on(connection: Connection) -> None:
    for _ in range(4):
        outcomes.count(connection, "idmaj", "fes", "granted")
    assert outcomes.told(connection, "idmaj") == {}
    outcomes.count(connection, "idmaj", "", "refused")
    assert outcomes.told(connection, "idmaj") == {"granted": 4, "refused": 1}
    assert outcomes.told(connection, "tahfiz") == {}


def test_a_turn_writes_what_it_asks_to_be_kept_and_forgetting_erases_it(
    connection: Connection,
) -> None:
    kept = [
        {"reminders": [reminder("idmaj:papers", 1.0), reminder("other:papers", 1.0)]},
        {"cancel": "idmaj:"},
        {"outcome": {"scheme": "idmaj", "province": "fes", "result": "no_answer"}},
        {
            "outcome": {
                "scheme": "idmaj",
                "province": "fes",
                "result": "granted",
                "instead": "no_answer",
            }
        },
        {"share": {"code": "ABCD", "sheet": SHEET}},
    ]
    keepsakes.write(connection, "web-1", kept)
    counted = connection.execute(sa.select(outcomes.outcomes.c.result, outcomes.outcomes.c.times))
    assert dict(map(tuple, counted.all())) == {"no_answer": 0, "granted": 1}
    assert [one.person for one in reminders.claim(connection)] == ["web-1"]
    keepsakes.forget(connection, "web-1")
    assert sheets.open_once(connection, "ABCD") is None
    assert connection.execute(sa.select(reminders.reminders)).all() == []
