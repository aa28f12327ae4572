"""Answers as Telegram shows them: escaped HTML in pieces that fit, buttons as inline keyboards."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from bot.channels.messages import Answer, Button, Card
from bot.channels.talk_model import CARD, QUESTION, Outgoing, Rows, Words, button_data

LONGEST_TEXT = 4096
"""UTF-16 units of a message after its tags are taken away."""

ROOM_FOR_CHOICE = 96
"""Units left free in a message, for the choice that is added when a button is pressed."""

MOST_BUTTONS = 100
"""Buttons in one keyboard; half for a card, half for what is asked about all of them."""

COLUMNS = ((10, 3), (18, 2))
"""On a phone: so many characters at most in a title allow so many buttons beside each other."""

LEFT_TO_RIGHT, RIGHT_TO_LEFT = "\u200e", "\u200f"
ISOLATE, END = "\u2066", "\u2069"

_NUMBER_GROUPS = re.compile(r"\u2066[^\u2069]*\u2069|\+?\d+(?:[ /.-]+\d+)+")
"""A telephone number or a sum: groups of digits; or what is isolated already."""

_ENDS = (re.compile(r"[.!?؟…]\s"), re.compile(r"[:;؛،,]\s"), re.compile(r"\s"))
"""Where a long text is best cut: after a sentence, else after a part of one, else after a word."""


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
        if answer.sheet is not None:
            messages.append(Outgoing("", "", sheet=answer.sheet))
        under = _keyboard(answer.buttons, QUESTION)
        text = answer.text
        if under and not answer.cards and not text.strip():
            text = words.choose
        messages += _pieces(_lines(text, words), () if answer.cards else under, words)
        for number, card in enumerate(answer.cards, start=1):
            rows = _keyboard(card.buttons, CARD)
            # What may be asked about all cards stands under the last one, where the eye is.
            rows += under if number == len(answer.cards) else ()
            messages += _pieces(_card_lines(card, words), rows, words)
    return messages


def units(text: str) -> int:
    """Return the length of ``text`` as Telegram counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def choice_line(title: str) -> str:
    """Return the line that shows, under a message, which of its buttons was pressed."""
    if _first_strong(title) == "R":
        return f"{RIGHT_TO_LEFT}← {title}"
    return f"{LEFT_TO_RIGHT}→ {title}"


def _keyboard(buttons: Sequence[Button], kind: str) -> Rows:
    shown = [(b.title.strip(), button_data(b, kind)) for b in buttons if b.title.strip()]
    shown = shown[: MOST_BUTTONS // 2]
    longest = max((len(title) for title, _ in shown), default=0)
    columns = next((many for fits, many in COLUMNS if longest <= fits), 1)
    return tuple(tuple(shown[i : i + columns]) for i in range(0, len(shown), columns))


def _lines(text: str, words: Words) -> list[_Line]:
    if words.language == "ary":
        text = _NUMBER_GROUPS.sub(_isolated, text)
    return [_Line(line) for line in text.strip().split("\n")] if text.strip() else []


def _isolated(found: re.Match[str]) -> str:
    """Keep the groups of a number in order: from right to left they would change places."""
    return found[0] if found[0].startswith(ISOLATE) else f"{ISOLATE}{found[0]}{END}"


def _card_lines(card: Card, words: Words) -> list[_Line]:
    title = _lines(" ".join(card.title.split()), words)
    marks = "\n".join(" ".join(f"{c.mark} {c.text}".split()) for c in card.conditions)
    parts = [_Line(line.text, "b") for line in title]
    parts += [_Line(words.verdicts.get(card.verdict, ""), "i")]
    parts += [*_lines(card.line, words), *_lines(marks, words)]
    return [part for part in parts if part.text]


def _pieces(lines: list[_Line], rows: Rows, words: Words) -> Iterator[Outgoing]:
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
    """Yield ``text`` in parts of at most ``most`` units, cut where it hurts least."""
    while units(text) > most:
        end = most  # characters; each is one or two units
        while units(text[:end]) > most:
            end -= max(1, (units(text[:end]) - most) // 2)
        for border in _ENDS:
            last = max((found.end() for found in border.finditer(text, 0, end)), default=0)
            if last > end // 2:
                end = last
                break
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
