"""Telegram inside Rasa: named in ``credentials.yml``; on when ``TELEGRAM_BOT_TOKEN`` is set."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, empty

from bot import settings as host_settings
from bot.rasa.assistant import assistant_of
from bot.settings import Settings
from bot.store import Database

if TYPE_CHECKING:
    from bot.channels.telegram.bot import TelegramBot

TRY_AGAIN = {"Retry-After": "2"}
"""Seconds until Telegram may bring an update again that we could not keep."""


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

    def url_prefix(self) -> str:
        """Return where the channel is mounted: its one path is that of TELEGRAM_WEBHOOK_URL."""
        return "/"

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
            if settings.telegram_webhook_url:
                _add_webhook(routes, settings, bot)
        return routes


def _add_webhook(routes: Blueprint, settings: Settings, bot: list[TelegramBot]) -> None:
    from bot.channels.telegram.webhook import SECRET_HEADER, webhook_path

    async def receive(request: Request) -> HTTPResponse:
        status = 503
        if bot:
            status = await bot[-1].deliver(request.headers.get(SECRET_HEADER, ""), request.body)
        return empty(status, TRY_AGAIN if status == 503 else None)

    path = webhook_path(settings.telegram_webhook_url)
    routes.add_route(receive, path, methods=["POST"], name="telegram_webhook")


def _bot(app: Sanic, settings: Settings) -> TelegramBot:
    # Imported only where Telegram is on: the library takes a moment and some memory.
    from actions.knowledge import catalogue
    from bot.channels.signposts import Signposts
    from bot.channels.talk_words import read_texts
    from bot.channels.telegram.bot import Options, TelegramBot

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
        Signposts(catalogue()),
        Options(
            settings.telegram_bot_token,
            settings.telegram_api_url,
            int(settings.retention_days),
            settings.telegram_webhook_url,
            settings.telegram_keep_webhook not in ("", "0"),
        ),
        tell,
    )
