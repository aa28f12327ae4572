"""Reads Telegram's updates: what a person sent, and whether it is meant for us."""

from __future__ import annotations

import re
from typing import Any

from telegram import CallbackQuery, Message, MessageEntity, Update, User
from telegram.constants import ChatType

from bot.channels.talk_model import Incoming

KINDS = {
    "voice": "voice",
    "audio": "voice",
    "video_note": "voice",
    "photo": "photo",
    "animation": "video",
    "video": "video",
    "document": "document",
    "sticker": "sticker",
    "dice": "sticker",
    "contact": "contact",
    "location": "location",
}
"""What is not text: attributes of a message (the first that is set counts) -> texts of ours.

Any other attachment is ``other``.
"""

GROUPS = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})

_COMMAND = re.compile(r"/([A-Za-z0-9_]+)(?:@([A-Za-z0-9_]+))?(?=\s|\Z)")


def read_update(update: Update, bot: User) -> Incoming | None:
    """Return what ``update`` brings, or None where nothing is to be answered.

    Not answered are channels, other bots, service messages, and what is said in a group to
    others than ``bot``.
    """
    if update.callback_query is not None:
        return _read_press(update.update_id, update.callback_query)
    message = update.message or update.edited_message
    if message is None:
        return None
    if message.migrate_to_chat_id:
        new = str(message.migrate_to_chat_id)
        return Incoming(update.update_id, message.chat.id, 0, "moved", new)
    person = message.from_user
    if person is None or person.is_bot or message.is_automatic_forward:
        return None
    kind, text = _content(message, edited=update.edited_message is not None)
    if message.chat.type in GROUPS:
        spoken = _spoken_to(message, text, bot)
        kind, text = (kind, spoken) if spoken is not None else (None, "")
    elif message.chat.type != ChatType.PRIVATE:
        return None
    if kind is None:
        return None
    return Incoming(
        update=update.update_id,
        chat=message.chat.id,
        user=_user(message, person),
        kind=kind,
        text=text,
        message=message.message_id,
        locale=person.language_code or "",
        edited=update.edited_message is not None,
        forwarded=_by_another(message, person),
        position=_position(message),
        album=message.media_group_id or "",
    )


def _content(message: Message, edited: bool) -> tuple[str | None, str]:
    if message.text is not None:
        return "text", message.text
    kind = next((ours for name, ours in KINDS.items() if getattr(message, name)), None)
    if kind is None and message.effective_attachment:
        kind = "other"
    caption = message.caption or ""
    if edited:  # a live location moves on by edits; only words can be corrected
        return ("text", caption) if caption else (None, "")
    return kind, caption


def _by_another(message: Message, person: User) -> bool:
    """Return whether the words are somebody else's, or may be: the author can be hidden."""
    origin = message.forward_origin
    return origin is not None and getattr(origin, "sender_user", None) != person


def _position(message: Message) -> tuple[float, float] | None:
    place = message.location
    return (place.latitude, place.longitude) if place else None


def _user(message: Message, person: User) -> int:
    return 0 if message.chat.type == ChatType.PRIVATE else person.id


def _spoken_to(message: Message, text: str, bot: User) -> str | None:
    """Return what is said to ``bot`` in a group, without its name; None if nothing is."""
    name = (bot.username or "").lower()
    command = _COMMAND.match(text)
    if command:
        to = (command[2] or "").lower()
        return text if to in ("", name) else None
    replied = message.reply_to_message
    spoken_to = (
        replied is not None and replied.from_user is not None and replied.from_user.id == bot.id
    )
    for mention in _mentions(message):
        if mention.lower() == f"@{name}":
            spoken_to = True
            text = text.replace(mention, " ")
    return text.strip() if spoken_to else None


def _mentions(message: Message) -> list[str]:
    if message.text:
        return list(message.parse_entities([MessageEntity.MENTION]).values())
    if message.caption:
        return list(message.parse_caption_entities([MessageEntity.MENTION]).values())
    return []


def _read_press(update: int, query: CallbackQuery) -> Incoming | None:
    message = query.message
    if message is None or query.data is None:
        return None
    shown: dict[str, Any] | None = None
    if isinstance(message, Message) and message.text:
        shown = {
            "text": message.text,
            "entities": [entity.to_dict() for entity in message.entities],
            "rows": _rows(message),
        }
    return Incoming(
        update=update,
        chat=message.chat.id,
        user=0 if message.chat.type == ChatType.PRIVATE else query.from_user.id,
        kind="press",
        text=query.data,
        message=message.message_id,
        locale=query.from_user.language_code or "",
        query=query.id,
        shown=shown,
    )


def _rows(message: Message) -> list[list[tuple[str, str]]]:
    if message.reply_markup is None:
        return []
    return [
        [(button.text, str(button.callback_data)) for button in row]
        for row in message.reply_markup.inline_keyboard
    ]
