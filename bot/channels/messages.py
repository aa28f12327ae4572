"""What is said in a conversation: one rendering model for every channel (design, section 6)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.store.database import Transaction

MESSAGE_CHARACTERS = 2_000
"""The longest text that is read."""

_BREAKS = {"\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " "}
_DROPPED = frozenset(("Cc", "Cf", "Cs"))
"""Unicode categories without a place in a message: control, format (direction), surrogates."""


@dataclass(frozen=True)
class Button:
    """A quick reply: what is shown, and what is sent back when it is pressed."""

    title: str
    payload: str

    def to_json(self) -> dict[str, str]:
        """Return the form of the HTTP contract."""
        return {"title": self.title, "payload": self.payload}


@dataclass(frozen=True)
class Mark:
    """One condition on a card; ``mark`` is ✓ (holds), ✗ (fails) or ? (open)."""

    text: str
    mark: str


@dataclass(frozen=True)
class Card:
    """One scheme as a result: its name, a line of benefit and the conditions that matter."""

    scheme: str
    title: str
    line: str
    verdict: str
    conditions: tuple[Mark, ...] = ()
    buttons: tuple[Button, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the form of the HTTP contract."""
        return {
            "scheme": self.scheme,
            "title": self.title,
            "line": self.line,
            "verdict": self.verdict,
            "conditions": [{"text": c.text, "mark": c.mark} for c in self.conditions],
            "buttons": [b.to_json() for b in self.buttons],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Card:
        """Read what :meth:`to_json` wrote."""
        return cls(
            scheme=data["scheme"],
            title=data["title"],
            line=data["line"],
            verdict=data["verdict"],
            conditions=tuple(Mark(c["text"], c["mark"]) for c in data.get("conditions", ())),
            buttons=tuple(Button(b["title"], b["payload"]) for b in data.get("buttons", ())),
        )


@dataclass(frozen=True)
class Answer:
    """One message of the assistant, before a channel gives it an id and a time."""

    text: str = ""
    buttons: tuple[Button, ...] = ()
    cards: tuple[Card, ...] = ()
    sheet: Mapping[str, Any] | None = None
    """An orientation sheet (``bot/sheet``), handed over as a link or as a file."""


@dataclass(frozen=True)
class Turn:
    """What one turn brought: the answers, the language of the reply, and whether to forget."""

    answers: tuple[Answer, ...]
    language: str
    forget: bool = False

    @property
    def direction(self) -> str:
        """The writing direction of the reply: ``rtl`` for Darija in Arabic letters."""
        return "rtl" if self.language == "ary" else "ltr"


@dataclass(frozen=True)
class Said:
    """What a person sent: typed text, or the payload of one of our own buttons or commands.

    ``metadata`` may hold ``first`` (the first message of all), ``message`` (the channel's id of
    it), ``edited`` (it takes the place of the earlier text of ``message``) and ``forwarded``
    (somebody else wrote it).
    """

    text: str
    is_payload: bool = False
    metadata: dict[str, Any] = field(default_factory=dict)


def clean(text: str) -> str:
    """Return what a person wrote, without control and direction characters and outer blanks."""
    for written, meant in _BREAKS.items():
        text = text.replace(written, meant)
    kept = (c for c in text if c == "\n" or unicodedata.category(c) not in _DROPPED)
    return "".join(kept).strip()


class Assistant(Protocol):
    """The conversation, as a channel sees it. Turns of one person are taken one by one."""

    @property
    def ready(self) -> bool:
        """Whether a turn can be answered now."""

    async def take_turn(
        self, person: str, said: Said, channel: str, within: Transaction | None = None
    ) -> Turn:
        """Answer what ``person`` (an opaque, unguessable id) said; never raises for bad input.

        What is to be remembered of the turn is written when ``within`` is finished, together with
        what the channel writes there; without it, at once. A channel that passes ``within`` sees
        to it that one person's turns do not overlap.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: The database is away: nothing happened, try again.
        """

    async def forget(self, person: str, within: Transaction | None = None) -> None:
        """Erase everything kept about ``person``'s conversation, as `take_turn` writes."""

    async def drop_words(
        self, person: str, before: float, within: Transaction | None = None
    ) -> None:
        """Drop what ``person`` said and was told, and everything sensitive; the profile stays.

        Nothing happens where the last turn came after ``before`` (seconds since 1970).
        """

    async def known(self, person: str, within: Transaction | None = None) -> dict[str, Any]:
        """Return what is remembered of ``person`` beside the messages: language, profile, dossiers."""
