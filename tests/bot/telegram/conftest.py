"""A double of Telegram, and a bot of ours that polls it, for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.telegram.fakes import RunningBot
from tests.bot_api import BotApi


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """The Bot API on a free port."""
    double = BotApi()
    await double.start()
    yield double
    await double.stop()


@pytest.fixture
async def bot(
    api: BotApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[RunningBot]:
    """A running bot with its own database, which stops without waiting long."""
    monkeypatch.setattr("bot.channels.telegram.bot.STOP_SECONDS", 0.3)
    quick = {"unreachable": (0.1, 0.5), "conflict": (0.1, 0.5), "refused": (0.1, 0.5)}
    monkeypatch.setattr("bot.channels.telegram.bot.PAUSES", quick)
    running = RunningBot(api, tmp_path)
    await running.start()
    yield running
    await running.stop()
