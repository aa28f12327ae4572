"""Telegram inside Rasa: named in ``credentials.yml``; on when ``TELEGRAM_BOT_TOKEN`` is set."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic

from bot import settings as host_settings
from bot.rasa.assistant import assistant_of
from bot.settings import Settings
from bot.store import Database

if TYPE_CHECKING:
    from bot.channels.telegram import TelegramBot


class TelegramChannel(InputChannel):
    """Starts and stops the bot with the server; what people say goes to its one assistant."""

    @classmethod
    def name(cls) -> str:
        """Return the channel's name."""
        return "telegram"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> TelegramChannel:
        """Return the channel; its token is an environment variable, not a file's content."""
        return cls()

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return what starts and stops the bot; turns pass through the assistant."""
        routes = Blueprint("telegram")
        settings = host_settings.load()
        if settings.telegram_bot_token:
            bot: list[TelegramBot] = []

            async def start(app: Sanic, _loop: Any) -> None:
                bot.append(_bot(app, settings))
                bot[-1].start()

            async def stop(_app: Sanic, _loop: Any) -> None:
                while bot:
                    await bot.pop().stop()

            routes.listener("after_server_start")(start)
            routes.listener("before_server_stop")(stop)
        return routes


def _bot(app: Sanic, settings: Settings) -> TelegramBot:
    # Imported only where Telegram is on: the library takes a moment and some memory.
    from bot.channels.telegram import TelegramBot
    from bot.channels.telegram_words import read_texts

    def tell(state: str, name: str | None) -> None:
        states: dict[str, str] = getattr(app.ctx, "channel_states", {})
        app.ctx.channel_states = {**states, "telegram": state}
        app.ctx.telegram_name = name
        if state == "on":
            sys.stdout.write(f"Telegram is on: https://t.me/{name}\n")
            sys.stdout.flush()

    return TelegramBot(
        assistant_of(app),
        Database(settings.sqlalchemy_url),
        read_texts(settings.catalogue_folder / "wording.yml"),
        settings.telegram_bot_token,
        settings.telegram_api_url,
        int(settings.retention_days),
        tell,
    )
