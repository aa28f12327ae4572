"""Two servers on one database: each update is answered by one of them."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.store import Database, migrations
from bot.store.telegram_talks import TakenOverError, TelegramStore
from tests.bot.telegram.fakes import RunningBot
from tests.bot_api import BotApi


async def test_a_second_server_leaves_alone_what_the_first_is_answering(
    bot: RunningBot, api: BotApi, tmp_path: Path
) -> None:
    await bot.until("on")
    bot.assistant.pauses["bonjour"] = 2.0
    await api.say("bonjour")
    await api.until(lambda: bool(api.called("sendChatAction")))
    second = RunningBot(api, tmp_path)
    await second.start()
    await api.until_sent(1)
    await asyncio.sleep(0.5)
    await second.stop()

    assert second.assistant.said == []
    assert api.texts == ["Vous avez dit bonjour"]


async def test_a_second_server_takes_up_what_the_first_has_left(
    bot: RunningBot, api: BotApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.talks.TAKE_UP_SECONDS", 0.1)
    second = RunningBot(api, tmp_path)
    await bot.until("on")
    bot.assistant.pauses["bonjour"] = 60
    await api.say("bonjour")
    await api.until(lambda: bool(api.called("sendChatAction")))
    await second.start()
    await bot.stop()
    await api.until_sent(1)
    await second.stop()

    assert second.assistant.said == ["bonjour"]
    assert api.texts == ["Vous avez dit bonjour"]


def test_who_was_silent_too_long_cannot_answer_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"sqlite:///{tmp_path / 'talks.db'}"
    databases = [Database(address) for _ in range(2)]
    migrations.upgrade(databases[0])
    first, second = map(TelegramStore, databases)
    first.receive({7: "{}"})
    talk, _ = first.begin(7, 1, 0, "telegram-1")
    assert second.take_up() == []
    monkeypatch.setattr("bot.store.telegram_talks.CLAIM_SECONDS", -1)
    assert second.take_up() == ["{}"]

    with pytest.raises(TakenOverError):
        first.begin(7, 1, 0, "telegram-1")
    with pytest.raises(TakenOverError), databases[0].engine.begin() as connection:
        first.reply(connection, 7, talk, "[]", {}, {}, forget=False)
    assert second.begin(7, 1, 0, "telegram-1")[1].tries == 2
    for database in databases:
        database.close()
