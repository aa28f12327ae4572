"""What the database file still holds of a talk, found by searching it, on both channels."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

import yamlsource
from bot.channels.conversations import Conversations, Incoming
from bot.rasa.assistant import RasaAssistant
from bot.store import Database
from tests.bot.telegram.conftest import api  # noqa: F401 (a fixture)
from tests.bot.telegram.fakes import RunningBot
from tests.bot_api import BotApi
from tests.server import ROOT

TOLD = (
    "salam, smiti Zineb mn derb lghallef",
    "j'ai 27 ans, je suis malvoyante, je cherche une formation à Fès",
    "عندي الباك، ساكنة فالمدينة القديمة",
    "je dors dans la rue",
)
WORDS = (
    "Zineb", "lghallef", "malvoyante", "formation à", "القديمة", "dors", "la rue",
    "homeless", "disability", "precarity",
)  # fmt: skip
"""Words of the person, and the sensitive facts that were read in them."""

DAY = 24 * 3600


class Web:
    """A person on the web channel, over a file that can be searched."""

    def __init__(self, conversations: Conversations) -> None:
        self.conversations = conversations
        self.token = ""

    async def tell(self, *texts: str) -> str:
        """Say everything; return what the bot said last, as JSON."""
        if not self.token:
            self.token, _ = await self.conversations.begin(None)
        answer = ""
        for text in texts:
            answer = await self.conversations.say(self.token, Incoming(uuid.uuid4().hex, text=text))
        return answer


def found(folder: Path, words: tuple[str, ...] = WORDS) -> list[str]:
    """Return the words that stand in the database or in the files beside it, as text or JSON."""
    kept = b"".join(path.read_bytes() for path in folder.glob("*.db*"))
    return [
        word
        for word in words
        if word.encode() in kept or json.dumps(word).strip('"').encode() in kept
    ]


def long_ago(database: Database, seconds: float) -> None:
    """Make everything in the database so much older."""
    changes = {
        "web_session": "last_seen = last_seen - :s",
        "telegram_talk": "last_seen = last_seen - :s",
        "events": "timestamp = timestamp - :s, data = "
        "json_set(data, '$.timestamp', json_extract(data, '$.timestamp') - :s)",
    }
    import sqlite3

    file = database.engine.url.database
    with sqlite3.connect(str(file)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        for table, change in changes.items():
            if table in tables:
                connection.execute(f"UPDATE {table} SET {change}", {"s": seconds})


async def test_a_day_after_the_last_message_words_and_sensitive_facts_are_gone_from_the_web(
    assistant: RasaAssistant, database: Database, tmp_path: Path
) -> None:
    person = Web(Conversations(assistant, database))
    await person.tell(*TOLD)
    assert found(tmp_path) == list(WORDS), "the search finds what is there"
    assert await person.conversations.drop_words() == 0

    long_ago(database, DAY - 60)
    assert await person.conversations.drop_words() == 0
    long_ago(database, 120)
    assert await person.conversations.drop_words() == 1
    assert found(tmp_path) == []
    [instead] = map(json.loads, await person.conversations.history(person.token))
    assert "effacés" in instead["text"], "a page that finds nothing would begin anew"
    assert await person.conversations.drop_words() == 0

    answer = await person.tell("que savez-vous de moi ?")
    assert "27 ans" in answer
    assert "Fès" in answer
    assert "andicap" not in answer
    assert len(await person.conversations.history(person.token)) > 2


async def test_who_wrote_a_moment_ago_keeps_what_was_said(
    assistant: RasaAssistant, database: Database, tmp_path: Path
) -> None:
    person = Web(Conversations(assistant, database))
    await person.tell(*TOLD)
    long_ago(database, DAY + 60)
    await person.tell("merci")
    assert await person.conversations.drop_words() == 0
    assert found(tmp_path) == list(WORDS)


async def test_a_copy_in_memory_does_not_bring_back_what_was_dropped(
    assistant: RasaAssistant, database: Database, tmp_path: Path
) -> None:
    person = Web(Conversations(assistant, database))
    await person.tell(*TOLD)
    long_ago(database, DAY + 60)
    await person.conversations.drop_words()
    await person.tell("j'ai 28 ans")
    assert found(tmp_path) == []


@pytest.mark.parametrize("how", ["asked for in the talk", "ended"])
async def test_forgetting_on_the_web_leaves_nothing_in_any_file(
    assistant: RasaAssistant, database: Database, tmp_path: Path, how: str
) -> None:
    person, other = (Web(Conversations(assistant, database)) for _ in range(2))
    await other.tell("j'habite à Ouarzazate")
    await person.tell(*TOLD)
    if how == "ended":
        await person.conversations.end(person.token)
    else:
        await person.tell("effacez toutes mes données", "oui")
    assert found(tmp_path, (*WORDS, '"age"')) == []
    assert found(tmp_path, ("Ouarzazate",)) == ["Ouarzazate"]


async def test_what_is_older_than_the_retention_goes_whole(
    assistant: RasaAssistant, database: Database, tmp_path: Path
) -> None:
    person = Web(Conversations(assistant, database))
    await person.tell(*TOLD)
    long_ago(database, 30 * DAY + 60)
    assert await person.conversations.erase_older_than(days=30) == 1
    assert found(tmp_path, (*WORDS, '"stated_on"')) == []


async def test_the_export_holds_the_profile_and_every_message(
    assistant: RasaAssistant, database: Database
) -> None:
    person = Web(Conversations(assistant, database))
    await person.tell(*TOLD)
    kept = json.loads(await person.conversations.export(person.token))
    assert kept["profile"]["age"] == {"value": 27, "stated_on": "2026-11-24"}
    assert kept["profile"]["disability"]["value"] is True
    assert [m["text"] for m in kept["messages"] if m["from"] == "person"] == list(TOLD)


@pytest.fixture
async def talk(
    api: BotApi,  # noqa: F811
    assistant: RasaAssistant,
    database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[RunningBot]:
    """Telegram with the real assistant, in the same database file."""
    monkeypatch.setattr("bot.channels.telegram.bot.STOP_SECONDS", 0.3)
    running = RunningBot(api, tmp_path)
    running.database_file = tmp_path / "talks.db"
    running.assistant: Any = assistant
    await running.start()
    await running.until("on")
    yield running
    await running.stop()


async def answered(talk: RunningBot, count: int) -> None:
    """Wait until so many updates have been answered to the end."""
    for _ in range(1000):
        done = talk.rows("SELECT count(*) FROM telegram_update WHERE content IS NULL")
        if done == [(count,)]:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(done)


async def test_a_day_after_the_last_message_words_and_sensitive_facts_are_gone_from_telegram(
    talk: RunningBot,
    api: BotApi,  # noqa: F811
    database: Database,
    tmp_path: Path,
) -> None:
    for text in TOLD:
        await api.say(text)
    await answered(talk, len(TOLD))
    talks = talk.channel.talks
    assert await talks.drop_words() == 0
    long_ago(database, DAY + 60)
    assert await talks.drop_words() == 1
    assert await talks.drop_words() == 0
    database.scrub()
    assert found(tmp_path) == []
    await api.say("que savez-vous de moi ?")
    await answered(talk, len(TOLD) + 1)
    assert "27 ans" in api.sent[-1]["text"]


async def test_forgetting_on_telegram_leaves_nothing_in_any_file(
    talk: RunningBot,
    api: BotApi,  # noqa: F811
    database: Database,
    tmp_path: Path,
) -> None:
    for text in (*TOLD, "/effacer", "oui"):
        await api.say(text)
    await answered(talk, len(TOLD) + 2)
    database.scrub()
    assert found(tmp_path, (*WORDS, '"age"')) == []


def test_every_fact_with_a_sensitive_topic_is_one_that_is_dropped() -> None:
    facts = yamlsource.plain(ROOT / "catalogue" / "facts.yml")["facts"]
    sensitive = {id for id, fact in facts.items() if fact.get("topic") == "sensitive"}
    assert {"disability", "precarity"} <= sensitive
