"""Letting Telegram bring updates to an address of ours."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from telegram import Bot, WebhookInfo
from telegram.error import BadRequest, Conflict

from bot.channels.telegram.polling import UPDATES

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (a header's name)
PATH = "/webhooks/telegram/webhook"
"""Where updates are received if the address has no path of its own."""

CHECK_SECONDS = 60.0
"""How often Telegram is asked whether the webhook is still ours."""

LARGEST_ID = 2**53
"""Updates' ids stay far below; what is larger does not come from Telegram."""

logger = logging.getLogger(__name__)


def webhook_path(address: str) -> str:
    """Return the path of a webhook's address, which is also the path we listen on."""
    path = urlsplit(address).path
    return path if path.strip("/") else PATH


class Webhook:
    """Registers the address with Telegram, and believes only what carries the secret.

    Args:
        address: What ``TELEGRAM_WEBHOOK_URL`` says.
        token: The bot's token. The secret follows from it, so that it is the same after a
            restart and in every process of the server.
    """

    def __init__(self, address: str, token: str) -> None:
        has_path = urlsplit(address).path.strip("/")
        self._address = address if has_path else address.rstrip("/") + PATH
        self._secret = hmac.new(token.encode(), b"webhook", hashlib.sha256).hexdigest()
        self._registered = False
        self._complaint: str | None = None

    async def watch(self, bot: Bot, calm: Callable[[], None]) -> None:
        """Register, and see to it from time to time that it stays so, until cancelled.

        Raises:
            telegram.error.Conflict: Another program has set its own webhook since.
            telegram.error.TelegramError: Telegram is away or refuses.
        """
        if not self._registered:
            await self._register(bot)
        while True:
            info = await bot.get_webhook_info()
            if not info.url:
                await self._register(bot)
            elif info.url != self._address:
                raise Conflict("Another webhook is set")
            calm()
            self._tell(info)
            await asyncio.sleep(CHECK_SECONDS)

    async def remove(self, bot: Bot) -> None:
        """End the webhook; Telegram keeps what comes for a day."""
        if self._registered:
            await bot.delete_webhook()

    async def take(
        self, secret: str, body: bytes, receive: Callable[[list[dict[str, Any]]], Awaitable[None]]
    ) -> int:
        """Keep one delivery; return the HTTP status. Where it is not 200, nothing was done.

        What ``receive`` raises is not caught: Telegram is to bring the update again.
        """
        given = secret.encode("utf-8", "replace")
        if not hmac.compare_digest(given, self._secret.encode()):
            return 403
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            return 400
        id_ = update.get("update_id") if isinstance(update, dict) else None
        if not isinstance(id_, int) or isinstance(id_, bool) or not 0 <= id_ < LARGEST_ID:
            return 400
        await receive([update])
        return 200

    async def _register(self, bot: Bot) -> None:
        try:
            await bot.set_webhook(self._address, allowed_updates=UPDATES, secret_token=self._secret)
        except BadRequest as refused:
            logger.error("Telegram refuses TELEGRAM_WEBHOOK_URL: %s", refused.message)
            raise
        self._registered = True

    def _tell(self, info: WebhookInfo) -> None:
        """Say once what Telegram says of its last try to reach us."""
        if info.last_error_message and info.last_error_message != self._complaint:
            logger.error("Telegram cannot bring us messages: %s", info.last_error_message)
        self._complaint = info.last_error_message
