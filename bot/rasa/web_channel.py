"""The web channel inside Rasa: named in ``credentials.yml``, mounted at ``/chat``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic

from bot import settings as host_settings
from bot.channels.conversations import CHANNEL, Conversations
from bot.channels.web import PREFIX, WebChat, WebSettings
from bot.channels.web_access import Origins, Proxies
from bot.rasa.assistant import assistant_of, database_of, speakers_of
from bot.settings import Settings, SettingsError


class WebChannel(InputChannel):
    """Mounts the chat; what people say goes to the application's one assistant."""

    @classmethod
    def name(cls) -> str:
        """Return the channel's name."""
        return "web"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebChannel:
        """Return the channel; it has no credentials, its settings are environment variables."""
        return cls()

    def url_prefix(self) -> str:
        """Return where the channel is mounted: outside Rasa's ``/webhooks/``."""
        return PREFIX

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the routes; turns pass through the assistant, not through ``on_new_message``."""
        settings = host_settings.load()

        def conversations(app: Sanic) -> Conversations:
            talks = Conversations(assistant_of(app), database_of(app))
            speakers_of(app)[CHANNEL] = talks.remind
            return talks

        chat = WebChat(conversations, web_settings(settings), other_channels, telegram_name)
        return chat.blueprint()


def other_channels(app: Sanic) -> Mapping[str, str]:
    """Return the states of the other channels, a word each; they keep them in ``app.ctx``."""
    states: dict[str, str] = getattr(app.ctx, "channel_states", {})
    return {"telegram": "off", **states}


def telegram_name(app: Sanic) -> str | None:
    """Return the bot's name on Telegram, once that channel has reached it."""
    name: str | None = getattr(app.ctx, "telegram_name", None)
    return name


def web_settings(settings: Settings) -> WebSettings:
    """Return what concerns the web channel.

    Raises:
        SettingsError: ``ALLOWED_ORIGINS``, ``PUBLIC_URL`` or ``TRUSTED_PROXIES`` cannot be used.
    """
    try:
        origins = Origins(_list(settings.allowed_origins), settings.public_url or None)
    except ValueError as error:
        raise SettingsError(f"ALLOWED_ORIGINS or PUBLIC_URL: {error}.") from None
    try:
        proxies = Proxies(_list(settings.trusted_proxies))
    except ValueError as error:
        raise SettingsError(f"TRUSTED_PROXIES: {error}.") from None
    return WebSettings(
        origins,
        proxies,
        retention_days=int(settings.retention_days),
        wording=settings.catalogue_folder / "wording.yml",
        public_url=settings.public_url.rstrip("/"),
        redis_url=settings.redis_url,
    )


def _list(written: str) -> list[str]:
    return [one.strip() for one in written.split(",") if one.strip()]
