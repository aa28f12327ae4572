"""Answers as Telegram shows them: escaped HTML in pieces that fit, buttons as inline keyboards."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from html import escape
from typing import Any

from bot.channels.messages import Answer, Button, Card

LONGEST_TEXT = 4096
"""UTF-16 units of a message after its tags are taken away."""

ROOM_FOR_CHOICE = 96
"""Units left free in a message, for the choice that is added when a button is pressed."""

MOST_BUTTONS = 100
"""Buttons in one keyboard."""

COLUMNS = ((10, 3), (18, 2))
"""On a phone: so many characters at most in a title allow so many buttons beside each other."""

QUESTION, CARD = "q", "c"
"""How the data of a button begins: under a question one answer ends it, on a card none does."""

LEFT_TO_RIGHT, RIGHT_TO_LEFT = "\u200e", "\u200f"

_SENTENCE_END = re.compile(r"[.!?؟…:;؛،,]\s")


@dataclass(frozen=True)
class Outgoing:
    """One message to send.

    Attributes:
        html: Its text in Telegram's HTML.
        plain: The same without tags, should Telegram refuse the HTML.
        rows: Its keyboard: rows of (title, callback data).
    """

    html: str
    plain: str
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()

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
        return cls(data["html"], data["plain"], rows)


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
class _Line:
    text: str
    tag: str = ""

    @property
    def html(self) -> str:
        escaped = escape(self.text, quote=False)
        return f"<{self.tag}>{escaped}</{self.tag}>" if self.tag and self.text else escaped


def render(answers: Iterable[Answer], words: Words) -> list[Outgoing]:
    """Return the messages that show ``answers``, in order, each within Telegram's limits."""
    messages: list[Outgoing] = []
    for answer in answers:
        under = _keyboard(answer.buttons, QUESTION)
        text = answer.text
        if under and not answer.cards and not text.strip():
            text = words.choose
        messages += _pieces(_lines(text), () if answer.cards else under, words)
        for number, card in enumerate(answer.cards, start=1):
            rows = _keyboard(card.buttons, CARD)
            # What may be asked about all cards stands under the last one, where the eye is.
            rows += under if number == len(answer.cards) else ()
            messages += _pieces(_card_lines(card, words), rows[:MOST_BUTTONS], words)
    return messages


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


def units(text: str) -> int:
    """Return the length of ``text`` as Telegram counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def choice_line(title: str) -> str:
    """Return the line that shows, under a message, which of its buttons was pressed."""
    if _first_strong(title) == "R":
        return f"{RIGHT_TO_LEFT}← {title}"
    return f"{LEFT_TO_RIGHT}→ {title}"


def _key(payload: str) -> str:
    return sha256(payload.encode("utf-8")).hexdigest()[:32]


def _keyboard(buttons: Sequence[Button], kind: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    shown = [(b.title.strip(), kind + _key(b.payload)) for b in buttons if b.title.strip()]
    shown = shown[:MOST_BUTTONS]
    longest = max((len(title) for title, _ in shown), default=0)
    columns = next((many for fits, many in COLUMNS if longest <= fits), 1)
    return tuple(tuple(shown[i : i + columns]) for i in range(0, len(shown), columns))


def _lines(text: str) -> list[_Line]:
    return [_Line(line) for line in text.strip().split("\n")] if text.strip() else []


def _card_lines(card: Card, words: Words) -> list[_Line]:
    verdict = words.verdicts.get(card.verdict, "")
    parts = [_Line(" ".join(card.title.split()), "b"), _Line(verdict, "i"), *_lines(card.line)]
    parts += [_Line(" ".join(f"{c.mark} {c.text}".split())) for c in card.conditions]
    return [part for part in parts if part.text]


def _pieces(
    lines: list[_Line], rows: tuple[tuple[tuple[str, str], ...], ...], words: Words
) -> Iterator[Outgoing]:
    """Yield ``lines`` as messages that fit; the keyboard stands under the last."""
    room = LONGEST_TEXT - ROOM_FOR_CHOICE
    piece: list[_Line] = []
    pieces: list[list[_Line]] = [piece]
    used = 0
    for line in lines:
        for text in _cut(line.text, room - 1):  # a direction mark may be added
            part = _Line(_directed(text, words.language), line.tag)
            needed = units(part.text) + 1
            if used + needed > room:
                piece = []
                pieces.append(piece)
                used = 0
            piece.append(part)
            used += needed
    filled = [piece for piece in pieces if any(line.text.strip() for line in piece)]
    for number, piece in enumerate(filled, start=1):
        html = "\n".join(line.html for line in piece).strip()
        plain = "\n".join(line.text for line in piece).strip()
        yield Outgoing(html, plain, rows if number == len(filled) else ())


def _cut(text: str, most: int) -> Iterator[str]:
    """Yield ``text`` in parts of at most ``most`` units, at sentences or at least at words."""
    while units(text) > most:
        end = most  # characters; each is one or two units
        while units(text[:end]) > most:
            end -= max(1, (units(text[:end]) - most) // 2)
        head = text[:end]
        sentence = [found.end() for found in _SENTENCE_END.finditer(head)]
        word = head.rfind(" ") + 1
        if sentence and sentence[-1] > end // 2:
            end = sentence[-1]
        elif word > end // 2:
            end = word
        else:
            while end > 1 and unicodedata.combining(text[end]):
                end -= 1
        yield text[:end].rstrip()
        text = text[end:].lstrip()
    yield text


def _directed(line: str, language: str) -> str:
    """Return ``line`` so that it runs in the direction of its language.

    Telegram takes a line's direction from its first letter: a Darija line that begins with
    «ANAPEC» would otherwise run from left to right.
    """
    first = _first_strong(line)
    if language == "ary":
        if first == "L" and any(_is_right_to_left(c) for c in line):
            return RIGHT_TO_LEFT + line
    elif first == "R" and any(unicodedata.bidirectional(c) == "L" for c in line):
        return LEFT_TO_RIGHT + line
    return line


def _first_strong(text: str) -> str:
    for character in text:
        if _is_right_to_left(character):
            return "R"
        if unicodedata.bidirectional(character) == "L":
            return "L"
    return ""


def _is_right_to_left(character: str) -> bool:
    return unicodedata.bidirectional(character) in ("R", "AL")
