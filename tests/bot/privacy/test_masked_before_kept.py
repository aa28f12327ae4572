"""Neither channel hands on or keeps a number that tells who somebody is."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.bot.telegram.conftest import api, bot  # noqa: F401 (fixtures)
from tests.bot.telegram.fakes import RunningBot
from tests.bot.web.fakes import ChatServer
from tests.bot_api import BotApi

SAID = "j’ai 27 ans et 300000 dh, CIN AB123456, 06 12 34 56 78, a.b@gmail.com"
MASKED = "j’ai 27 ans et 300000 dh, CIN •••, •••, •••"


def _files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("*.db*"))


def test_on_the_web_the_assistant_hears_and_the_database_holds_the_masked_text(
    tmp_path: Path,
) -> None:
    with ChatServer(tmp_path) as server:
        token = server.open()
        assert server.say(token, SAID).status == 200
        assert server.assistant.heard[-1][1].text == MASKED
        assert MASKED in [message["text"] for message in server.history(token)]
        kept = _files(tmp_path)
    assert b"AB123456" not in kept
    assert b"12 34 56" not in kept
    assert b"gmail" not in kept


async def test_on_telegram_an_update_that_waits_is_kept_masked(
    bot: RunningBot,  # noqa: F811
    api: BotApi,  # noqa: F811
) -> None:
    bot.assistant.ready = False
    await bot.until("on")
    await api.say(SAID)
    for _ in range(500):
        if bot.rows("SELECT 1 FROM telegram_update"):
            break
        await asyncio.sleep(0.01)
    [(content,)] = bot.rows("SELECT content FROM telegram_update")
    assert MASKED in str(content)
    assert b"gmail" not in _files(bot.database_file.parent)
    bot.assistant.ready = True
    await api.until_sent(1)
    assert bot.assistant.said[-1] == MASKED
