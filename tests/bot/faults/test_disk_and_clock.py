"""A full disk, a clock that jumps, and failures that must not become answers."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import suppress
from pathlib import Path

import pytest
import sqlalchemy as sa
from rasa.core.agent import Agent
from sqlalchemy.exc import OperationalError

from bot.address import CannotServe
from bot.channels.conversations import Conversations, Incoming
from bot.rasa.assistant import RasaAssistant
from bot.rasa.loading import open_database
from bot.store import Database
from bot.store.tables import sessions


@pytest.fixture
def talks(assistant: RasaAssistant, database: Database) -> Conversations:
    return Conversations(assistant, database)


async def say(talks: Conversations, token: str, id_: str, text: str = "j'ai 27 ans") -> str:
    answer = json.loads(await talks.say(token, Incoming(id_, text=text)))
    return str(answer["messages"][0]["text"])


async def test_on_a_full_disk_nothing_is_half_kept_and_with_room_again_the_retry_is_answered(
    talks: Conversations, database: Database
) -> None:
    token, _ = await talks.begin()
    assert await say(talks, token, "a") == "1"
    with database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    long, kept = "j'ai 27 ans " + "x" * 900, 1
    with suppress(OperationalError):
        while kept < 60:  # until the pages there are used up
            await say(talks, token, f"b{kept}", long)
            kept += 1
    with pytest.raises(OperationalError, match="full"):
        await say(talks, token, f"b{kept}", long)
    history = [json.loads(message) for message in await talks.history(token)]
    assert sum(message["from"] == "person" for message in history) == kept
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1073741823")
    assert await say(talks, token, f"b{kept}", long) == str(kept + 1)


@pytest.mark.parametrize("jump", [10 * 365 * 86_400.0, -400 * 86_400.0])
async def test_a_clock_that_jumps_loses_nothing_of_the_talk(
    talks: Conversations,
    tiny_agent: Agent,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    jump: float,
) -> None:
    token, _ = await talks.begin()
    assert await say(talks, token, "a") == "1"
    clock = time.time
    monkeypatch.setattr(time, "time", lambda: clock() + jump)
    assert await say(talks, token, "b") == "2"
    tiny_agent.tracker_store._kept.clear()  # as after a restart
    assert await say(talks, token, "c") == "3"
    assert await talks.erase_older_than(180) == 0
    monkeypatch.setattr(time, "time", clock)
    assert await say(talks, token, "d") == "4"
    assert await talks.erase_older_than(180) == 0


async def test_what_really_is_too_old_is_erased(talks: Conversations, database: Database) -> None:
    await talks.begin()
    with database.engine.begin() as connection:
        connection.execute(sessions.update().values(last_seen=time.time() - 181 * 86_400))
    assert await talks.erase_older_than(180) == 1


async def test_a_passing_failure_is_not_kept_as_the_answer_to_a_message(
    talks: Conversations, database: Database
) -> None:
    token, _ = await talks.begin()
    failing = {"on": True}

    def fail(*_: object) -> None:
        if failing["on"]:
            raise sqlite3.OperationalError("disk I/O error")

    sa.event.listen(database.engine, "before_cursor_execute", _on_events(fail))
    with pytest.raises((OperationalError, sqlite3.OperationalError, OSError)):
        await say(talks, token, "a")
    failing["on"] = False
    assert await say(talks, token, "a") == "1"
    assert len(await talks.history(token)) == 4  # greeting (two), question, answer


def _on_events(call: object) -> object:
    def listener(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if "INTO events" in statement:
            call()  # type: ignore[operator]

    return listener


def test_a_database_that_is_no_database_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "talks.db").write_bytes(b"this is no database at all" * 100)
    with pytest.raises(CannotServe, match="DATABASE_URL"):
        open_database(f"sqlite:///{tmp_path}/talks.db")
