"""Telegram brings updates to the server: registered, secret, taken once, removed at the end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from sanic import Sanic
from sqlalchemy.exc import OperationalError

from bot.channels.telegram.webhook import PATH, webhook_path
from bot.store.telegram_talks import TelegramStore
from tests.bot.telegram.fakes import RunningBot
from tests.bot.telegram.test_in_the_server import Serving, _until, serving
from tests.bot_api import TOKEN, BotApi
from tests.server import free_port

__all__ = ["serving"]

HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Hooked:
    """A server with a webhook."""

    def __init__(self, app: Sanic, address: str) -> None:
        self.app, self.address = app, address

    @property
    def said(self) -> list[str]:
        """What the assistant heard."""
        heard: list[str] = self.app.ctx.assistant.said
        return heard

    async def post(self, body: bytes, **headers: str) -> int:
        """Bring something to the webhook, as anybody may."""
        sent = aiohttp.request("POST", self.address, data=body, headers=headers)
        async with sent as answer:
            return answer.status


@pytest.fixture
async def hooked(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Callable[..., Awaitable[Hooked]]]:
    """A server that listens where Telegram is told to bring updates."""

    @asynccontextmanager
    async def server(path: str = "/bots/mouwakib", keep: str = "") -> AsyncIterator[Hooked]:
        port = free_port()
        monkeypatch.setenv("TELEGRAM_WEBHOOK_URL", f"http://127.0.0.1:{port}{path}")
        monkeypatch.setenv("TELEGRAM_KEEP_WEBHOOK", keep)
        async with serving(TOKEN, port) as app:
            await _until(app, "on")
            yield Hooked(app, f"http://127.0.0.1:{port}{path or PATH}")

    return server


async def test_updates_come_to_the_address_which_is_forgotten_at_the_end(
    hooked: Callable[..., Awaitable[Hooked]], api: BotApi
) -> None:
    async with hooked() as server:
        await api.say("bonjour")
        await api.until_sent(1)
        [registered] = api.called("setWebhook")

        assert registered["url"] == server.address
        assert server.said == ["bonjour"]
    assert not api.webhook
    assert not api.called("getUpdates")


async def test_what_comes_without_the_secret_or_is_no_update_is_refused(
    hooked: Callable[..., Awaitable[Hooked]], api: BotApi
) -> None:
    update = b'{"update_id": 5, "message": {}}'
    async with hooked() as server:
        await api.until(lambda: bool(api.webhook))
        secret = api.webhook["secret_token"]

        assert await server.post(update) == 403
        assert await server.post(update, **{HEADER: secret[:-1]}) == 403
        assert await server.post(update, **{HEADER: "é"}) == 403
        for body in (b"", b"{", b"[]", b"5", b'{"update_id": true}', b'{"update_id": -1}'):
            assert await server.post(body, **{HEADER: secret}) == 400
        assert await server.post(b"[" * 100_000, **{HEADER: secret}) == 400
        assert await server.post(update, **{HEADER: secret}) == 200
        assert not server.said


async def test_the_webhook_stays_where_that_is_wished_and_needs_no_path(
    hooked: Callable[..., Awaitable[Hooked]], api: BotApi
) -> None:
    async with hooked(path="", keep="1") as server:
        await api.say("bonjour")
        await api.until_sent(1)

        assert api.webhook["url"] == server.address
    assert api.webhook["url"].endswith(PATH)


async def test_an_update_brought_twice_or_unreadable_holds_nothing_up(
    hooked: Callable[..., Awaitable[Hooked]], api: BotApi
) -> None:
    async with hooked() as server:
        update = await api.say("bonjour")
        await api.updates(update, {"update_id": 12, "message": {"message_id": "?", "chat": 3}})
        await api.say("merci")
        await api.until_sent(2)

        assert server.said == ["bonjour", "merci"]
        assert api.deliveries == [200] * 4


async def test_what_could_not_be_kept_is_brought_again(
    hooked: Callable[..., Awaitable[Hooked]], api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = TelegramStore.receive
    failures = [OperationalError("the disk is full", None, Exception())]

    def receive(store: TelegramStore, batch: dict[int, str | None]) -> set[int]:
        if failures:
            raise failures.pop()
        return keep(store, batch)

    monkeypatch.setattr(TelegramStore, "receive", receive)
    async with hooked() as server:
        await api.say("bonjour")
        await api.until_sent(1)

        assert api.deliveries == [503, 200]
        assert server.said == ["bonjour"]


async def test_a_webhook_that_was_lost_is_set_again_and_another_programs_is_left_alone(
    api: BotApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.webhook.CHECK_SECONDS", 0.05)
    bot = RunningBot(api, tmp_path, webhook_url="https://example.org/ours")
    await bot.start()
    await api.until(lambda: bool(api.webhook))
    api.webhook = {}
    await api.until(lambda: len(api.called("setWebhook")) == 2)
    api.webhook = {"url": "https://example.org/theirs"}
    await bot.until("conflict")
    await bot.stop()

    assert len(api.called("setWebhook")) == 2


@pytest.mark.parametrize(
    "address, path",
    [
        ("https://example.org", PATH),
        ("https://example.org/", PATH),
        ("https://example.org:8443/a/b", "/a/b"),
    ],
)
def test_the_path_is_that_of_the_address(address: str, path: str) -> None:
    assert webhook_path(address) == path
