"""Everything that was kept is there again after a restore, whatever the database."""

from __future__ import annotations

import sqlite3
import stat
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.__main__ import main
from bot.backup import BackupError, backup, restore
from bot.noticed import Count
from bot.store import Database, SessionStore, events, migrations, tallies
from bot.store.sessions import Recorded
from bot.store.telegram_talks import TelegramStore
from tests.postgres import program
from tests.postgres import running as postgres

CHAT = 5_000_000_000_123
GREETING = {
    "id": "g",
    "from": "bot",
    "at": "2026",
    "text": "Salam سلام",
    "buttons": [],
    "cards": [],
}


def fill(url: str) -> None:
    """Keep something in every part of the database."""
    database = Database(url)
    migrations.upgrade(database)
    sessions, telegram = SessionStore(database), TelegramStore(database)
    with database.engine.begin() as connection:
        session = sessions.create(connection, "token", "web-1", [GREETING])
        sessions.record(connection, session, Recorded("id", "hash", "{}", [GREETING]))
        events.append(
            connection,
            [
                {"sender_id": "web-1", "type_name": "user", "timestamp": time.time(),
                 "intent_name": "greet", "action_name": None, "data": "{}"}
            ] * 1500,
        )  # fmt: skip
        tallies.add(connection, date(2026, 11, 24), {Count("intent", "greet", "fes"): 7})
    telegram.receive({9_000_000_000: None})
    telegram.begin(9_000_000_000, CHAT, 0, "telegram-1")
    database.close()


def content(url: str) -> dict[str, list[Any]]:
    """Return all rows of all tables."""
    engine = sa.create_engine(url)
    found = sa.MetaData()
    found.reflect(engine)
    with engine.connect() as connection:
        rows = {
            table.name: sorted(tuple(row) for row in connection.execute(table.select()))
            for table in found.sorted_tables
        }
    engine.dispose()
    return rows


def goes_on(url: str) -> None:
    """New rows find free ids after a restore."""
    database = Database(url)
    with database.engine.begin() as connection:
        SessionStore(database).create(connection, "another", "web-2", [GREETING])
        events.append(
            connection,
            [{"sender_id": "web-2", "type_name": "user", "timestamp": 1.0, "intent_name": None,
              "action_name": None, "data": "{}"}],
        )  # fmt: skip
    database.close()


def test_sqlite_comes_back_as_it_was(tmp_path: Path) -> None:
    old, new, file = tmp_path / "old.db", tmp_path / "new.db", tmp_path / "backup"
    fill(f"sqlite:///{old}")
    backup(f"sqlite:///{old}", file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not list(tmp_path.glob("backup-*"))
    restore(f"sqlite:///{new}", file)
    assert content(f"sqlite:///{new}") == content(f"sqlite:///{old}")
    goes_on(f"sqlite:///{new}")


def test_a_backup_made_while_somebody_writes_holds_all_that_was_committed(tmp_path: Path) -> None:
    url, file = f"sqlite:///{tmp_path / 'old.db'}", tmp_path / "backup"
    fill(url)
    writing = sqlite3.connect(tmp_path / "old.db", isolation_level=None)
    writing.execute("BEGIN IMMEDIATE")
    writing.execute("DELETE FROM events")
    migrated = content(f"sqlite:///{tmp_path / 'old.db'}")
    backup(url, file)
    writing.execute("ROLLBACK")
    writing.close()
    assert content(f"sqlite:///{file}")["events"] == migrated["events"]


@pytest.mark.skipif(program("initdb") is None, reason="PostgreSQL is not installed")
def test_postgresql_comes_back_as_it_was_and_also_from_a_backup_of_sqlite(tmp_path: Path) -> None:
    from_sqlite, from_postgres = tmp_path / "from-sqlite", tmp_path / "from-postgres"
    sqlite = f"sqlite:///{tmp_path / 'old.db'}"
    fill(sqlite)
    backup(sqlite, from_sqlite)
    with postgres(tmp_path) as url:
        restore(url, from_sqlite)
        assert content(url) == content(sqlite)
        goes_on(url)
        backup(url, from_postgres)
        kept = content(url)
    back = f"sqlite:///{tmp_path / 'new.db'}"
    restore(back, from_postgres)
    assert content(back) == kept


def test_nothing_that_holds_people_is_written_over(tmp_path: Path) -> None:
    url, file = f"sqlite:///{tmp_path / 'old.db'}", tmp_path / "backup"
    fill(url)
    before = content(url)
    backup(url, file)
    with pytest.raises(BackupError, match="move the database away"):
        restore(url, file)
    with pytest.raises(BackupError, match="there already"):
        backup(url, file)
    assert content(url) == before


@pytest.mark.parametrize("damage", ["missing", "no database", "another database", "cut", "newer"])
def test_what_is_no_whole_backup_is_refused_and_changes_nothing(
    tmp_path: Path, damage: str
) -> None:
    file, target = tmp_path / "backup", tmp_path / "new.db"
    if damage == "no database":
        file.write_text("hello")
    elif damage == "another database":
        sqlite3.connect(file).execute("CREATE TABLE x (y)")
    elif damage in ("cut", "newer"):
        fill(f"sqlite:///{tmp_path / 'old.db'}")
        backup(f"sqlite:///{tmp_path / 'old.db'}", file)
        if damage == "cut":
            file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
        else:
            with sqlite3.connect(file) as opened:
                opened.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(BackupError):
        restore(f"sqlite:///{target}", file)
    assert not target.exists()


def test_the_commands_say_in_a_sentence_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'old.db'}")
    fill(f"sqlite:///{tmp_path / 'old.db'}")
    assert main(["backup", str(tmp_path / "b")]) == 0
    assert main(["restore", str(tmp_path / "nothing")]) == 1
    assert "There is no file" in capsys.readouterr().err
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    assert main(["restore", str(tmp_path / "b")]) == 0
    assert content(f"sqlite:///{tmp_path / 'new.db'}") == content(
        f"sqlite:///{tmp_path / 'old.db'}"
    )
