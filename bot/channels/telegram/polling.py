"""Asking Telegram for updates, again and again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Bot

POLL_SECONDS = 25
"""How long Telegram holds a request for updates while there are none."""

UPDATES = ["message", "edited_message", "callback_query"]
"""The kinds of update that Telegram is asked for."""

QUICK = 0.1
"""A server that answers with nothing faster than this many seconds does not hold requests."""

Update = dict[str, Any]


class PollingBot(Bot):
    """A bot that hands out updates unread, so that one that cannot be read spoils no batch."""

    async def fetch(self, offset: int | None) -> list[Update]:
        """Wait for updates from ``offset`` on; asking for them confirms all before it."""
        asked = {"offset": offset, "timeout": POLL_SECONDS, "allowed_updates": UPDATES}
        result = await self._post("getUpdates", asked)
        return [one for one in result if isinstance(one.get("update_id"), int)]


async def poll(
    bot: PollingBot,
    receive: Callable[[list[Update]], Awaitable[None]],
    calm: Callable[[], None],
) -> None:
    """Receive updates until cancelled.

    Args:
        bot: The bot.
        receive: Keeps a batch for good; only the next request tells Telegram that we have it.
        calm: Called when a request has been answered.

    Raises:
        telegram.error.TelegramError: Telegram is away or refuses.
    """
    await bot.delete_webhook()  # with one, Telegram refuses to be polled
    offset = None
    while True:
        asked = time.monotonic()
        batch = await bot.fetch(offset)
        calm()
        if batch:
            await receive(batch)
            offset = max(update["update_id"] for update in batch) + 1
            continue
        # Everything is confirmed. Ids may start anew after a quiet week, so none is kept.
        offset = None
        if time.monotonic() - asked < QUICK:
            await asyncio.sleep(QUICK)
