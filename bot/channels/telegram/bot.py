"""The bot on Telegram: it runs beside the website and never in its way."""

from __future__ import annotations

import asyncio
import logging
import re
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx
from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.channels.messages import Assistant
from bot.channels.signposts import Signposts
from bot.channels.talk_model import Incoming
from bot.channels.talk_words import Texts
from bot.channels.talks import Talks
from bot.channels.tasks import end
from bot.channels.telegram.introduction import introduce
from bot.channels.telegram.polling import POLL_SECONDS, PollingBot, poll
from bot.channels.telegram.update import read_update
from bot.channels.telegram.webhook import Webhook
from bot.channels.telegram.wire import BotWire, seconds_of
from bot.store import Database

STOP_SECONDS = 2.0
"""How long answers that are under way may take when the server stops."""

REMOVE_SECONDS = 1.0
"""How long Telegram may take to end the webhook when the server stops."""

PAUSES = {"unreachable": (0.5, 5.0), "conflict": (2.0, 300.0), "refused": (2.0, 300.0)}
"""Seconds until the next try: after the first failure, and at most; doubled in between."""

CALM_SECONDS = 60.0
"""After a conflict or a refusal things count as well again when they have been so long."""

SAY_AGAIN_SECONDS = 3600.0
"""What is wrong is said again after this time at the earliest."""

CONNECTIONS = 32
"""Requests to Telegram at the same time, besides the one that polls."""

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


@dataclass(frozen=True)
class Options:
    """What a host chooses.

    Attributes:
        token: From @BotFather.
        api_url: The Bot API server.
        retention_days: After how many days without an answer a talk is erased.
        webhook_url: Where Telegram brings updates; empty: it is polled.
        keep_webhook: Whether the webhook stays when the server stops.
    """

    token: str
    api_url: str
    retention_days: int
    webhook_url: str = ""
    keep_webhook: bool = False


class TelegramBot:
    """A bot in a background task.

    Args:
        assistant: What answers.
        database: Where talks, buttons and updates are kept; closed when the channel stops.
        texts: The channel's words.
        signposts: What links and positions point to.
        options: What the host chose.
        tell: Called with each change of state, and the bot's name once it is known.
    """

    def __init__(
        self,
        assistant: Assistant,
        database: Database,
        texts: Texts,
        signposts: Signposts,
        options: Options,
        tell: Callable[[str, str | None], None] = lambda _state, _name: None,
    ) -> None:
        self.state = "off"
        """``starting``, ``on``, ``unreachable``, ``conflict``, ``refused`` or ``off``."""
        self._texts = texts
        self._options = options
        self._usable_token = bool(_TOKEN.fullmatch(options.token))
        self._bot = PollingBot(
            options.token if self._usable_token else "none",
            base_url=f"{options.api_url.rstrip('/')}/bot",
            request=_requests(CONNECTIONS, read_timeout=10),
            get_updates_request=_requests(1, read_timeout=POLL_SECONDS + 10),
        )
        address = options.webhook_url
        self._webhook = Webhook(address, options.token) if address else None
        self.talks = Talks(assistant, database, BotWire(self._bot), texts, signposts)
        """The talks behind the bot."""
        self._tell = tell
        self._task: asyncio.Task[None] | None = None
        self._introduction: asyncio.Task[None] | None = None
        self._open = False
        self._trouble, self._pause, self._since = "", 0.0, 0.0
        self._said: dict[str, float] = {}

    def start(self) -> None:
        """Begin to reach Telegram; returns at once."""
        self._set("starting")
        self._task = asyncio.ensure_future(self._run())

    async def stop(self) -> None:
        """Take no more updates, let answers under way be finished, and close everything."""
        self._open = False
        await end(task for task in (self._task, self._introduction) if task is not None)
        await asyncio.gather(self.talks.stop(STOP_SECONDS), self._remove_webhook())
        try:
            await self._bot.shutdown()
        except Exception as problem:
            logger.warning("Telegram's connections were not closed: %s", type(problem).__name__)
        self._set("off")

    async def deliver(self, secret: str, body: bytes) -> int:
        """Take what came to the webhook; return the HTTP status.

        With 503 Telegram brings the update again. Nobody's other updates wait for that.
        """
        if self._webhook is None:
            return 404
        try:
            return await self._webhook.take(secret, body, self._receive)
        except Exception as problem:  # not connected yet, or the database is away
            if self._open:
                logger.error("An update could not be kept: %s", type(problem).__name__)
            return 503

    async def _run(self) -> None:
        started = False
        while True:
            try:
                if not started:
                    await self.talks.start(self._options.retention_days)
                    started = True
                await self._connect()
                if self._webhook is not None:
                    await self._webhook.watch(self._bot, self._calm)
                else:
                    await poll(self._bot, self._receive, self._calm)
            except InvalidToken:
                pause = self._fail("refused", REFUSED)
            except Conflict:
                pause = self._fail("conflict", CONFLICT)
            except RetryAfter as flood:
                pause = seconds_of(flood)
            except TelegramError as problem:
                cause = problem.__cause__ or problem
                pause = self._fail("unreachable", UNREACHABLE % type(cause).__name__)
            except Exception:  # such as a database that is away
                pause = self._fail("unreachable")
                logger.exception("Telegram's messages cannot be taken")
            await asyncio.sleep(pause)

    async def _connect(self) -> None:
        if not self._usable_token:
            raise InvalidToken
        await self._bot.initialize()  # only the first time, and then it asks who we are
        await self._bot.get_me()  # does Telegram know the token (still)?
        self._open = True
        if self.state != "conflict":  # that is over when updates come again
            self._set("on")
        if self._introduction is None:
            self._introduction = asyncio.ensure_future(introduce(self._bot, self._texts))

    async def _receive(self, raw: list[dict[str, Any]]) -> None:
        """Keep updates for good and begin to answer them."""
        if not self._open:
            raise ConnectionError("not connected")
        in_order = sorted(raw, key=lambda update: update["update_id"])
        await self.talks.receive([(one["update_id"], self._read(one)) for one in in_order])

    def _read(self, raw: dict[str, Any]) -> Incoming | None:
        """Read one update; one that cannot be read must not hold up the others."""
        try:
            return read_update(Update.de_json(raw, self._bot), self._bot.bot)
        except Exception as problem:
            logger.error(
                "Update %s is left out, it cannot be read: %r", raw["update_id"], type(problem)
            )
            return None

    async def _remove_webhook(self) -> None:
        if self._webhook is None or self._options.keep_webhook:
            return
        try:
            await asyncio.wait_for(self._webhook.remove(self._bot), REMOVE_SECONDS)
        except Exception as problem:
            logger.warning("The webhook is left in place: %s", type(problem).__name__)

    def _calm(self) -> None:
        """Telegram has answered well."""
        now = time.monotonic()
        if self._trouble == "unreachable" or now - self._since > CALM_SECONDS:
            self._trouble = ""
        self._set("on")

    def _fail(self, state: str, said: str = "") -> float:
        """Note what is wrong, say it unless that was done lately; return how long to wait."""
        now = time.monotonic()
        first, longest = PAUSES[state]
        self._pause = min(2 * self._pause, longest) if state == self._trouble else first
        self._trouble, self._since = state, now
        if said and now - self._said.get(state, -SAY_AGAIN_SECONDS) >= SAY_AGAIN_SECONDS:
            self._said[state] = now
            logger.error(said)
        self._set(state)
        return self._pause

    def _set(self, state: str) -> None:
        if state != self.state:
            self.state = state
            self._tell(state, self._name())

    def _name(self) -> str | None:
        with suppress(RuntimeError):  # not known before Telegram was reached
            return self._bot.username
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
