"""The bot on Telegram: it polls, beside the website and never in its way."""

from __future__ import annotations

import asyncio
import logging
import re
import ssl
import time
from collections.abc import Callable
from functools import cache
from typing import Any

import httpx
from telegram import Bot, BotCommand, Update
from telegram.error import (
    Conflict,
    InvalidToken,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

from bot.channels.messages import Assistant
from bot.channels.tasks import end
from bot.channels.telegram_model import Incoming
from bot.channels.telegram_talks import Talks
from bot.channels.telegram_update import read_update
from bot.channels.telegram_wire import BotWire, seconds_of
from bot.channels.telegram_words import Texts
from bot.store import Database

POLL_SECONDS = 25
"""How long Telegram holds a request for updates while there are none."""

UPDATES = ["message", "edited_message", "callback_query"]
"""The kinds of update that Telegram is asked for."""

STOP_SECONDS = 3.0
"""How long answers that are under way may take when the server stops."""

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds between tries to reach Telegram: doubled each time up to the longest."""

REFUSED_PAUSE = 300.0
"""Seconds until a refused token is tried again: Telegram has had moments of refusing good ones."""

CONNECTIONS = 32
"""Requests to Telegram at the same time, besides the one that polls."""

LANGUAGES = {None: "fr", "fr": "fr", "ar": "ary"}
"""Languages of Telegram's menus (None: all others), and which of our texts they show."""

REFUSED = (
    "Telegram refuses the token in TELEGRAM_BOT_TOKEN: take the right one from @BotFather and "
    "start again; the website goes on without Telegram."
)
CONFLICT = (
    "Another program receives this bot's messages from Telegram: stop it, or give one of the two "
    "another token; until then messages may reach either."
)
UNREACHABLE = "Telegram cannot be reached (%s); it is tried again and again, the website goes on."

_TOKEN = re.compile(r"[A-Za-z0-9:_-]+")

logger = logging.getLogger(__name__)

# They would write the addresses of requests, and with them the token, into the log.
for _chatty in ("httpx", "httpcore", "telegram"):
    logging.getLogger(_chatty).setLevel(logging.WARNING)


class TelegramBot:
    """A bot in a background task.

    Args:
        assistant: What answers.
        database: Where talks, buttons and updates are kept; closed when the channel stops.
        texts: The channel's words.
        token: From @BotFather.
        api_url: The Bot API server.
        retention_days: After how many days without an answer a talk is erased.
        tell: Called with each change of state, and the bot's name once it is known.
    """

    def __init__(
        self,
        assistant: Assistant,
        database: Database,
        texts: Texts,
        token: str,
        api_url: str,
        retention_days: int,
        tell: Callable[[str, str | None], None] = lambda _state, _name: None,
    ) -> None:
        self.state = "off"
        """``starting``, ``on``, ``unreachable``, ``conflict``, ``refused`` or ``off``."""
        self._texts = texts
        self._usable_token = bool(_TOKEN.fullmatch(token))
        self._bot = _PollingBot(
            token if self._usable_token else "none",
            base_url=f"{api_url.rstrip('/')}/bot",
            request=_requests(CONNECTIONS, read_timeout=10),
            get_updates_request=_requests(1, read_timeout=POLL_SECONDS + 10),
        )
        self.talks = Talks(assistant, database, BotWire(self._bot), texts)
        """The talks behind the bot."""
        self._retention_days = retention_days
        self._tell = tell
        self._task: asyncio.Task[None] | None = None
        self._pause = FIRST_PAUSE

    def start(self) -> None:
        """Begin to reach Telegram; returns at once."""
        self._set("starting")
        self._task = asyncio.ensure_future(self._run())

    async def stop(self) -> None:
        """Take no more updates, let answers under way be finished, and close everything."""
        if self._task is not None:
            await end([self._task])
        await self.talks.stop(STOP_SECONDS)
        try:
            await self._bot.shutdown()
        except Exception as problem:
            logger.warning("Telegram's connections were not closed: %s", type(problem).__name__)
        self._set("off")

    async def _run(self) -> None:
        started = False
        while True:
            pause = self._pause
            self._pause = min(2 * pause, LONGEST_PAUSE)
            try:
                if not started:
                    await self.talks.start(self._retention_days)
                    started = True
                await self._connect()
                await self._poll()
            except InvalidToken:
                self._set("refused", REFUSED)
                pause = REFUSED_PAUSE
            except Conflict:
                self._set("conflict", CONFLICT)
            except RetryAfter as flood:
                pause = seconds_of(flood)
            except TelegramError as problem:
                cause = problem.__cause__ or problem
                self._set("unreachable", UNREACHABLE % type(cause).__name__)
            except Exception:  # such as a database that is away
                self._set("unreachable")
                logger.exception("Telegram's messages cannot be taken")
            await asyncio.sleep(pause)

    async def _connect(self) -> None:
        if not self._usable_token:
            raise InvalidToken
        await self._bot.initialize()  # only the first time, and then it asks who we are
        await self._bot.get_me()  # does Telegram know the token (still)?
        if self.state != "conflict":  # that is over when updates come again
            self._set("on")
        await self._prepare()

    async def _poll(self) -> None:
        offset = None
        while True:
            asked = time.monotonic()
            raw = await self._bot.fetch(offset)
            self._pause = FIRST_PAUSE
            self._set("on")
            batch: list[tuple[int, Incoming | None]] = []
            for one in raw:
                batch.append((one["update_id"], self._read(one)))
                offset = one["update_id"] + 1
            # Kept first; only the next request tells Telegram that we have them.
            await self.talks.receive(batch)
            if not raw and time.monotonic() - asked < 0.1:
                await asyncio.sleep(0.1)  # a server that does not hold requests

    def _read(self, raw: dict[str, Any]) -> Incoming | None:
        """Read one update; one that cannot be read must not hold up the others."""
        try:
            return read_update(Update.de_json(raw, self._bot), self._bot.bot)
        except Exception as problem:
            logger.error(
                "Update %s is left out, it cannot be read: %r", raw["update_id"], type(problem)
            )
            return None

    async def _prepare(self) -> None:
        """End a webhook, and set the menu of commands where it is not as it should be."""
        try:
            await self._bot.delete_webhook()  # with one, Telegram refuses to be polled
        except TelegramError as problem:
            logger.warning("A webhook may be left: %s", type(problem).__name__)
        for language, ours in LANGUAGES.items():
            menu = [BotCommand(name, entry[ours]) for name, entry in self._texts.menu.items()]
            try:
                if await self._menu(language) != tuple(menu):
                    await self._bot.set_my_commands(menu, language_code=language)
            except TelegramError as problem:
                logger.warning("The menu of commands is not set: %s", type(problem).__name__)
                return

    async def _menu(self, language: str | None) -> tuple[BotCommand, ...]:
        try:
            return await self._bot.get_my_commands(language_code=language)
        except TelegramError:
            return ()

    def _set(self, state: str, said: str = "") -> None:
        """Change the state; what is said about it is logged once, not at every try."""
        if state == self.state:
            return
        self.state = state
        if said:
            logger.error(said)
        self._tell(state, self._name())

    def _name(self) -> str | None:
        try:
            return self._bot.username
        except RuntimeError:  # not known before Telegram was reached
            return None


def _requests(connections: int, read_timeout: float) -> HTTPXRequest:
    trusted = {"verify": _certificates()}
    return HTTPXRequest(
        connections, read_timeout=read_timeout, pool_timeout=30, httpx_kwargs=trusted
    )


@cache
def _certificates() -> ssl.SSLContext:
    """Return the authorities we trust; reading them takes a moment, so all clients share them."""
    return httpx.create_ssl_context()


class _PollingBot(Bot):
    """A bot that hands out updates unread, so that one that cannot be read spoils no batch."""

    async def fetch(self, offset: int | None) -> list[dict[str, Any]]:
        """Wait for updates from ``offset`` on; asking for them confirms all before it."""
        asked = {"offset": offset, "timeout": POLL_SECONDS, "allowed_updates": UPDATES}
        result = await self._post("getUpdates", asked)
        return [one for one in result if isinstance(one.get("update_id"), int)]
