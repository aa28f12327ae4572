"""What Telegram refuses in a message, and how it counts."""

from __future__ import annotations

import re
from typing import Any

TAGS = {"b": "bold", "i": "italic", "u": "underline", "s": "strikethrough", "code": "code"}
ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"'}

_HTML = re.compile(r"<(/?)([a-z]*)([^<>]*)>|(&[a-z]+;)|(<)|([^<&]+|&)")


class Refused(Exception):
    """An answer other than «ok»."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units, as Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def buttons(message: dict[str, Any]) -> list[tuple[str, str]]:
    """Return titles and data of a message's keyboard, row by row."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [(button["text"], button["callback_data"]) for row in rows for button in row]


def content_of(given: dict[str, Any]) -> dict[str, Any]:
    raw = given.get("text", "")
    if len(raw.encode()) > 32_768:
        raise Refused(400, "Bad Request: message is too long")
    entities = given.get("entities", [])
    text = raw
    if given.get("parse_mode") == "HTML":
        text, entities = parse_html(raw)
    if not text.strip():
        raise Refused(400, "Bad Request: message text is empty")
    if units(text) > 4096:
        raise Refused(400, "Bad Request: message is too long")
    content: dict[str, Any] = {"text": text.strip()}
    if entities:
        content["entities"] = entities
    markup = markup_of(given)
    if markup:
        content["reply_markup"] = markup
    return content


def markup_of(given: dict[str, Any]) -> dict[str, Any]:
    markup: dict[str, Any] = given.get("reply_markup") or {}
    rows = markup.get("inline_keyboard", [])
    if any(len(row) > 8 for row in rows) or sum(map(len, rows)) > 100:
        raise Refused(400, "Bad Request: reply markup is too long")
    for row in rows:
        for button in row:
            if not button["text"].strip():
                raise Refused(400, "Bad Request: inline keyboard button text is empty")
            if not 1 <= len(button["callback_data"].encode()) <= 64:
                raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
    return markup if rows else {}


def parse_html(raw: str) -> tuple[str, list[dict[str, Any]]]:
    """Return text and entities of Telegram's HTML, or refuse it as Telegram does."""
    text, open_tags, entities = "", [], []
    for closes, tag, rest, entity, stray, plain in _HTML.findall(raw):
        if stray or (not entity and not plain and (tag not in TAGS or rest)):
            raise Refused(400, f"Bad Request: can't parse entities: unsupported tag «{tag}»")
        if entity:
            text += ENTITIES.get(entity, entity)
        elif plain:
            text += plain
        elif not closes:
            open_tags.append((tag, units(text)))
        elif not open_tags or open_tags[-1][0] != tag:
            raise Refused(400, f"Bad Request: can't parse entities: unexpected end tag «{tag}»")
        else:
            start = open_tags.pop()[1]
            found = {"type": TAGS[tag], "offset": start, "length": units(text) - start}
            entities.append(found)
    if open_tags:
        raise Refused(400, "Bad Request: can't parse entities: can't find end tag")
    return text, entities
