"""The bot inside the server, as ``credentials.yml`` mounts it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from sanic import Sanic

from bot.rasa.telegram_channel import TelegramChannel
from bot.rasa.web_channel import other_channels
from tests.bot.telegram.fakes import FakeAssistant
from tests.bot_api import TOKEN, BotApi

Serving = Callable[..., AbstractAsyncContextManager[Sanic]]


@pytest.fixture
def serving(api: BotApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Serving:
    """Return a server with the channel, given a token."""

    @asynccontextmanager
    async def server(token: str, port: int = 0) -> AsyncIterator[Sanic]:
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", token)
        monkeypatch.setenv("TELEGRAM_API_URL", api.url)
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/talks.db")
        monkeypatch.setattr(Sanic, "test_mode", True)
        app = Sanic(f"telegram_{id(monkeypatch)}", configure_logging=False)
        app.ctx.assistant = FakeAssistant()
        app.blueprint(TelegramChannel().blueprint(_nothing), url_prefix="/")
        running = await app.create_server(
            host="127.0.0.1", port=port, return_asyncio_server=True, access_log=False
        )
        await running.startup()
        await running.before_start()
        await running.after_start()
        app.ctx.server = running
        try:
            yield app
        finally:
            await running.before_stop()
            await running.close()
            await running.after_stop()

    return server


async def _nothing(_: object) -> None:
    raise AssertionError("turns pass through the assistant")


async def _until(app: Sanic, state: str) -> None:
    for _ in range(3000):
        if other_channels(app)["telegram"] == state:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(other_channels(app))


async def test_with_a_token_the_assistant_answers_and_says_where(
    serving: Serving, api: BotApi, capsys: pytest.CaptureFixture[str]
) -> None:
    async with serving(TOKEN) as app:
        await _until(app, "on")
        await api.say("bonjour")
        await api.until_sent(1)

        assert app.ctx.assistant.said == ["bonjour"]
    assert "Telegram is on: https://t.me/mouwakib_bot" in capsys.readouterr().out
    assert other_channels(app)["telegram"] == "off"


async def test_without_a_token_nothing_is_asked_of_telegram(serving: Serving, api: BotApi) -> None:
    async with serving("") as app:
        await asyncio.sleep(0.1)

        assert other_channels(app)["telegram"] == "off"
    assert not api.calls


async def test_a_refused_token_leaves_the_server_running(serving: Serving, api: BotApi) -> None:
    async with serving("42:WRONG") as app:
        await _until(app, "refused")

        address = app.ctx.server.server.sockets[0].getsockname()
        _, writer = await asyncio.open_connection(*address)  # it listens as before
        writer.close()
