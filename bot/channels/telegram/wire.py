"""Sends to Telegram through python-telegram-bot; whatever Telegram answers, nothing is raised."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from typing import Any

import httpx
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    MessageEntity,
    ReplyParameters,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.channels.messages import Answer
from bot.channels.pace import Pace
from bot.channels.talk_model import CARD, Incoming, Outgoing, Rows, Sent, Words
from bot.channels.telegram.render import LONGEST_TEXT, choice_line, render, units
from bot.sheet import pdf

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 5.0
"""Seconds between tries to reach Telegram: doubled each time up to the longest."""

LONGEST_ERROR_PAUSE = 30.0
"""The same for a message that Telegram's servers fail over."""

ERRORS_OF_TELEGRAM = 8
"""How often a message is tried again that Telegram's servers fail over."""

CHAT_PACE = (20, 1)
GROUP_PACE = (20, 1 / 3)
OVERALL_PACE = (3, 27)
"""Telegram's flood limits, as a burst and messages a second after it: in one chat, in one group
(20 a minute), and of the bot in all (never over 30 in any second)."""

TYPING_SECONDS = 4.0
"""Telegram shows «typing» for 5 seconds, so it is renewed a little earlier."""

TYPING_PATIENCE = 1.0
"""Seconds that an answer waits for the last «typing» to be sent, lest it arrive afterwards."""

_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)

logger = logging.getLogger(__name__)


class BotWire:
    """One bot's way to people. It can be used before Telegram has been reached."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._chats = Pace(*CHAT_PACE)
        self._groups = Pace(*GROUP_PACE)
        self._overall = Pace(*OVERALL_PACE)
        self._line = asyncio.Lock()

    def render(self, answers: Iterable[Answer], words: Words) -> list[Outgoing]:
        """Return the messages that show ``answers``, in order, each within Telegram's limits."""
        return render(answers, words)

    async def send(self, chat: int, message: Outgoing, reply_to: int | None) -> Sent:
        """Send a message; wait and try again while it surely has not arrived.

        A message that may have arrived (the connection broke after it left) is not repeated.
        """
        pause, errors, html = FIRST_PAUSE, 0, True
        while True:
            await self._wait_for_turn(chat)
            try:
                sent = await self._send(chat, message, _reply(reply_to), html=html)
            except RetryAfter as flood:
                await asyncio.sleep(seconds_of(flood))
            except ChatMigrated as moved:
                chat, reply_to = moved.new_chat_id, None
            except Forbidden:
                logger.info("A person has blocked the bot or is gone: an answer is dropped")
                return Sent(None)
            except BadRequest as refused:
                if not html or "parse" not in refused.message.lower():
                    logger.error("Telegram refused a message: %s", refused.message)
                    return Sent(None)
                logger.error("Telegram refused our HTML: %s", refused.message)
                html = False
            except TelegramError as problem:
                if not _surely_not_sent(problem):
                    return Sent(None, unsure=True)
                if not isinstance(problem.__cause__, _NOT_SENT):
                    errors += 1
                    if errors > ERRORS_OF_TELEGRAM:
                        return Sent(None, unsure=True)
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_ERROR_PAUSE if errors else LONGEST_PAUSE)
            else:
                return Sent(sent.message_id)

    async def _send(
        self, chat: int, message: Outgoing, reply: ReplyParameters | None, *, html: bool
    ) -> Message:
        if message.sheet is not None:
            return await self._bot.send_document(
                chat,
                await asyncio.to_thread(pdf, message.sheet),
                filename=f"{message.sheet['words']['title']}.pdf",
                reply_parameters=reply,
            )
        return await self._bot.send_message(
            chat,
            message.html if html else message.plain,
            parse_mode=ParseMode.HTML if html else None,
            reply_markup=_markup(message.rows),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_parameters=reply,
        )

    async def acknowledge(self, query: str) -> None:
        """Tell Telegram that the press of a button was received."""
        try:
            await self._bot.answer_callback_query(query)
        except TelegramError:  # too old, or Telegram is away: the press is answered anyway
            logger.debug("A press could not be acknowledged")

    async def show_choice(self, pressed: Incoming, title: str | None) -> None:
        """Take the pressed keyboard away, or the button on a card, and show what was chosen.

        Args:
            pressed: The press.
            title: The button's title; None only takes the keyboard away.
        """
        rows: Rows = ()
        shown = pressed.shown or {}
        if title is not None and pressed.text.startswith(CARD):
            left = (
                tuple((name, data) for name, data in row if data != pressed.text)
                for row in shown.get("rows", ())
            )
            rows = tuple(row for row in left if row)
        text = f"{shown.get('text', '')}\n\n{choice_line(title)}" if title is not None else ""
        try:
            if shown and text and units(text) <= LONGEST_TEXT:
                await self._bot.edit_message_text(
                    text,
                    pressed.chat,
                    pressed.message,
                    entities=[_entity(one) for one in shown["entities"]],
                    reply_markup=_markup(rows),
                    link_preview_options=LinkPreviewOptions(is_disabled=True),
                )
            else:
                await self._bot.edit_message_reply_markup(
                    pressed.chat, pressed.message, reply_markup=_markup(rows)
                )
        except TelegramError as problem:  # old or deleted messages cannot be changed: no harm
            logger.debug("A pressed keyboard stays: %s", type(problem).__name__)

    def typing(self, chat: int) -> AbstractAsyncContextManager[None]:
        """Show «typing» until the block is left."""
        return self._typing(chat)

    @asynccontextmanager
    async def _typing(self, chat: int) -> AsyncIterator[None]:
        done = asyncio.Event()
        task = asyncio.ensure_future(self._keep_typing(chat, done))
        await asyncio.sleep(0)  # a turn may leave no other moment to begin
        try:
            yield
        finally:
            done.set()
            await asyncio.wait([task], timeout=TYPING_PATIENCE)
            task.cancel()

    async def _keep_typing(self, chat: int, done: asyncio.Event) -> None:
        while not done.is_set():
            try:
                await self._bot.send_chat_action(chat, ChatAction.TYPING)
            except TelegramError:
                return  # the answer itself will tell whether Telegram is away
            try:
                await asyncio.wait_for(done.wait(), TYPING_SECONDS)
            except asyncio.TimeoutError:
                continue

    async def _wait_for_turn(self, chat: int) -> None:
        """Wait for the chat's own pace first, so that nobody else waits for it."""
        await asyncio.sleep((self._chats if chat > 0 else self._groups).take(chat))
        async with self._line:  # one by one: who wakes up late must not leave with the next
            await asyncio.sleep(self._overall.take())


def seconds_of(flood: RetryAfter) -> float:
    """Return how long Telegram asks to wait; the library gives a number or a time span."""
    asked: Any = flood.retry_after
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)


def _surely_not_sent(problem: TelegramError) -> bool:
    """Return whether a message cannot have arrived: it never left, or Telegram said no."""
    cause = problem.__cause__
    if isinstance(cause, httpx.TransportError):
        return isinstance(cause, (*_NOT_SENT, httpx.UnsupportedProtocol))
    # Without such a cause there was an answer: an error of Telegram's servers, a refused token.
    return isinstance(problem, NetworkError) or cause is None


def _markup(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(title, callback_data=data) for title, data in row] for row in rows]
    )


def _reply(message: int | None) -> ReplyParameters | None:
    return None if message is None else ReplyParameters(message, allow_sending_without_reply=True)


def _entity(data: dict[str, Any]) -> MessageEntity:
    return MessageEntity(data["type"], data["offset"], data["length"], url=data.get("url"))
