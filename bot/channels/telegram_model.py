"""What passes between Telegram and our talks, without any type of Telegram's library."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from bot.channels.telegram_render import Outgoing


@dataclass(frozen=True)
class Incoming:
    """What came from Telegram, as little of it as the answer needs.

    Attributes:
        update: Telegram's id of the update.
        chat: The chat's id.
        user: The person's id in a group; 0 in a private chat.
        kind: ``text``, ``press``, ``moved``, or what is not text (a key of ``telegram.yml``).
        text: The text, the caption, or the data of the button; of ``moved``, the new chat's id.
        message: The id of the message, or of the one under which a button was pressed.
        locale: The language of the person's Telegram, if it is known.
        edited: Whether it takes the place of an earlier message.
        query: The id by which a press is acknowledged.
        shown: The pressed message, for showing the choice: ``text``, ``entities``, ``rows``.
    """

    update: int
    chat: int
    user: int
    kind: str
    text: str = ""
    message: int = 0
    locale: str = ""
    edited: bool = False
    query: str = ""
    shown: dict[str, Any] | None = None


@dataclass(frozen=True)
class Sent:
    """What became of a message: its id if it arrived, and whether it may have arrived."""

    message: int | None
    unsure: bool = False


class Wire(Protocol):
    """What talks need of Telegram. Nothing here raises when Telegram is away or refuses."""

    async def send(self, chat: int, message: Outgoing, reply_to: int | None) -> Sent:
        """Send a message, waiting and trying again for as long as that can help."""

    async def acknowledge(self, query: str) -> None:
        """Tell Telegram that the press of a button was received."""

    async def show_choice(self, pressed: Incoming, title: str | None) -> None:
        """Take the pressed keyboard away, or the button on a card, and show what was chosen."""

    def typing(self, chat: int) -> AbstractAsyncContextManager[None]:
        """Show that an answer is being thought of."""
