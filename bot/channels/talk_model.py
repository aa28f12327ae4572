"""What passes between a chat service and our talks, without any type of the service's library.

A service such as Telegram or WhatsApp needs, beside its own way of receiving, a reader that
makes an :class:`Incoming` of what it delivers and a :class:`Wire`; the rest is shared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any, Protocol

from bot.channels.messages import Answer, Button

REMINDER = "reminder"
"""The kind of what we say to ourselves: its text is a payload, and nobody sent it."""

QUESTION, CARD = "q", "c"
"""How the data of a button begins: under a question one answer ends it, on a card none does."""

Rows = tuple[tuple[tuple[str, str], ...], ...]
"""A keyboard: rows of (title, data)."""


@dataclass(frozen=True)
class Incoming:
    """What a person sent, as little of it as the answer needs.

    Attributes:
        update: The service's id of this delivery.
        chat: The chat's id.
        user: The person's id in a group; 0 in a private chat.
        kind: ``text``, ``press``, ``moved``, or what is not text (a key of ``talk_texts.yml``).
        text: The text, the caption, or the data of the button; of ``moved``, the new chat's id.
        message: The id of the message, or of the one under which a button was pressed.
        locale: The language of the person's telephone, if it is known.
        edited: Whether it takes the place of an earlier message.
        forwarded: Whether somebody else wrote it.
        position: Latitude and longitude in degrees, where a place was sent.
        album: What messages have in common that were sent as one.
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
    forwarded: bool = False
    position: Sequence[float] | None = None
    album: str = ""
    query: str = ""
    shown: dict[str, Any] | None = None


@dataclass(frozen=True)
class Outgoing:
    """One message to send.

    Attributes:
        html: Its text with tags, where the service shows them.
        plain: The same without tags.
        rows: Its keyboard.
        sheet: An orientation sheet to hand over as a file; there is no text then.
    """

    html: str
    plain: str
    rows: Rows = ()
    sheet: Mapping[str, Any] | None = None

    @property
    def is_question(self) -> bool:
        """Whether its buttons answer a question."""
        return any(data.startswith(QUESTION) for row in self.rows for _, data in row)

    def to_json(self) -> dict[str, Any]:
        """Return a form for :meth:`from_json`."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Outgoing:
        """Read what :meth:`to_json` wrote."""
        rows = tuple(tuple((title, key) for title, key in row) for row in data["rows"])
        return cls(data["html"], data["plain"], rows, data.get("sheet"))


@dataclass(frozen=True)
class Words:
    """What rendering says itself, in one language.

    Attributes:
        language: ``fr``, ``ary`` or ``ary-Latn``.
        choose: Stands above buttons that came without a text.
        verdicts: The words for the verdicts on cards.
    """

    language: str
    choose: str
    verdicts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sent:
    """What became of a message: its id if it arrived, and whether it may have arrived."""

    message: int | None
    unsure: bool = False


class Wire(Protocol):
    """What talks need of a service. Nothing here raises when it is away or refuses."""

    def render(self, answers: Iterable[Answer], words: Words) -> list[Outgoing]:
        """Return the messages that show ``answers``, in order, each within the limits."""

    async def send(self, chat: int, message: Outgoing, reply_to: int | None) -> Sent:
        """Send a message, waiting and trying again for as long as that can help."""

    async def acknowledge(self, query: str) -> None:
        """Tell the service that the press of a button was received."""

    async def show_choice(self, pressed: Incoming, title: str | None) -> None:
        """Take the pressed keyboard away, or the button on a card, and show what was chosen."""

    def typing(self, chat: int) -> AbstractAsyncContextManager[None]:
        """Show that an answer is being thought of."""


def button_data(button: Button, kind: str) -> str:
    """Return what a button carries: short, whatever its payload, and the same after a restart."""
    return kind + _key(button.payload)


def offered(answers: Iterable[Answer]) -> dict[str, tuple[str, str]]:
    """Return what stands behind the buttons of ``answers``: key -> payload and title."""
    buttons: list[Button] = []
    for answer in answers:
        buttons += answer.buttons
        for card in answer.cards:
            buttons += card.buttons
    return {_key(button.payload): (button.payload, button.title) for button in buttons}


def key_of(data: str) -> str:
    """Return the key in the data of a pressed button."""
    return data[1:]


def _key(payload: str) -> str:
    return sha256(payload.encode("utf-8")).hexdigest()[:32]
