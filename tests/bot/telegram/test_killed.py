"""A program that is killed at the worst moments loses nothing and says nothing twice."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from tests.bot.telegram.fakes import RunningBot
from tests.bot_api import BotApi, buttons
from tests.server import ROOT


async def killed_at(method: str, api: BotApi, folder: Path, *says: str) -> None:
    """Run a bot until it calls ``method`` for the first time; then it is gone."""
    victim = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bot.telegram.victim", str(api.port), str(folder), cwd=ROOT
    )
    api.before[method] = victim.kill
    for text in says:
        await api.say(text)
    await victim.wait()


@pytest.mark.parametrize("method", ["sendChatAction", "sendMessage"])
async def test_what_was_received_is_answered_once_after_the_next_start(
    api: BotApi, tmp_path: Path, method: str
) -> None:
    api.cut(method, after=False)  # nothing arrives of the last call either
    await killed_at(method, api, tmp_path, "bonjour", "question")
    assert not api.sent
    bot = RunningBot(api, tmp_path)
    await bot.start()
    await api.until_sent(2)
    await api.press(api.sent[1], "Fès")
    await api.until_sent(3)
    await bot.stop()

    assert api.texts[0] == "Vous avez dit bonjour"
    assert len(api.texts) == 3
    assert not buttons(api.sent[1])


async def test_a_message_that_ends_the_program_each_time_is_given_up_and_excused(
    bot: RunningBot, api: BotApi
) -> None:
    bot.assistant.pauses["bonjour"] = 60
    await api.say("bonjour")
    await api.until(lambda: bool(api.called("sendChatAction")))
    await bot.stop()
    bot.write("UPDATE telegram_update SET tries = 3")
    await bot.start()
    await api.say("merci")
    await api.until_sent(2)

    assert "Renvoyez-moi votre message" in api.texts[0]
    assert bot.assistant.said == ["merci"]
