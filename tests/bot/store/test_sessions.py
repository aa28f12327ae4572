"""The store by itself: what is written together, kept and erased."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.conversations import Conversations
from bot.channels.messages import Button
from bot.store import Database, Recorded, SessionStore, migrations
from bot.store.tables import BELONGING, sessions
from tests.bot.web.fakes import FakeAssistant

GREETING = {
    "id": "g",
    "from": "bot",
    "at": "2026-11-24T09:00:00.000Z",
    "text": "سلام",
    "buttons": [Button("Oui", "/affirm").to_json()],
    "cards": [],
}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'new' / 'folder' / 'web.db'}")
    yield opened
    opened.close()


class Calls:
    """The store's methods, each called in a transaction of its own."""

    def __init__(self, database: Database) -> None:
        migrations.upgrade(database)
        self._database = database
        self._store = SessionStore(database)

    def __getattr__(self, name: str) -> Any:
        def call(*given: Any) -> Any:
            with self._database.engine.begin() as connection:
                return getattr(self._store, name)(connection, *given)

        return call


@pytest.fixture
def store(database: Database) -> Calls:
    return Calls(database)


def recorded(id_: str, text: str) -> Recorded:
    question = {"id": id_, "from": "person", "at": "2026-11-24T09:00:01.000Z", "text": text}
    return Recorded(id_, f"hash of {text}", '{"messages": []}', [question])


def test_a_session_is_found_by_its_token_only(store: Calls) -> None:
    made = store.create("token", "person", [GREETING])

    assert store.find("token") == made
    assert store.find("person") is None
    assert store.find("") is None


def test_a_button_of_the_greeting_is_offered(store: Calls) -> None:
    store.create("token", "person", [GREETING])

    assert store.open_turn("token", "id", "/affirm").title == "Oui"
    assert store.open_turn("token", "id", "/deny").title is None


def test_a_button_that_a_person_claims_is_not_offered(store: Calls) -> None:
    session = store.create("token", "person", [])
    forged = GREETING | {"id": "f", "from": "person"}
    store.record(session, Recorded("id", "hash", "{}", [forged]))

    assert store.open_turn("token", "id2", "/affirm").title is None


def test_a_turn_is_written_whole_or_not_at_all(store: Calls) -> None:
    session = store.create("token", "person", [GREETING])
    store.record(session, recorded("a", "bonjour"))

    with pytest.raises(SQLAlchemyError):
        store.record(session, recorded("a", "the same id once more"))

    assert len(store.history("token")) == 2


def test_an_error_of_the_database_does_not_repeat_what_was_said(store: Calls) -> None:
    session = store.create("token", "person", [])
    store.record(session, recorded("a", "bonjour"))

    with pytest.raises(SQLAlchemyError) as error:
        store.record(session, recorded("a", "mon numéro est AB123456"))

    assert "AB123456" not in str(error.value)


def test_deleting_one_session_leaves_the_others(store: Calls, database: Database) -> None:
    gone = store.create("one", "p1", [GREETING])
    store.create("two", "p2", [GREETING])
    store.record(gone, recorded("a", "bonjour"))

    store.delete(gone)

    assert store.find("one") is None
    assert len(store.history("two")) == 1
    with database.engine.connect() as connection:
        for table in (sessions, *BELONGING):
            rows = connection.execute(sa.select(sa.func.count()).select_from(table)).scalar()
            assert rows == (0 if table.name == "web_turn" else 1), table.name


def test_sessions_without_a_message_for_long_are_erased_everywhere(
    store: Calls, database: Database
) -> None:
    old = store.create("old", "old person", [GREETING])
    store.create("new", "new person", [GREETING])
    days_ago = time.time() - 31 * 86_400
    with database.engine.begin() as connection:
        connection.execute(
            sessions.update().where(sessions.c.id == old.id).values(last_seen=days_ago)
        )
    assistant = FakeAssistant()

    erased = asyncio.run(Conversations(assistant, database).erase_older_than(days=30))

    assert erased == 1
    assert assistant.forgotten == ["old person"]
    assert store.find("old") is None
    assert store.find("new") is not None


def test_a_new_message_makes_a_session_young_again(store: Calls) -> None:
    session = store.create("token", "person", [GREETING])
    before = time.time()
    store.record(session, recorded("a", "bonjour"))

    assert store.unseen_since(before) == []
    assert store.unseen_since(time.time() + 1) == [session]


def test_readers_do_not_wait_for_a_writer(store: Calls, database: Database) -> None:
    store.create("token", "person", [GREETING])
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1
