"""What a person's message means to the assistant, and what we have to say to it ourselves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from bot.channels.messages import MESSAGE_CHARACTERS, Said, clean
from bot.channels.signposts import Signposts
from bot.channels.talk_model import QUESTION, REMINDER, Incoming, Wire, key_of
from bot.channels.talk_words import Texts
from bot.store import Database
from bot.store.telegram_talks import Talk, TelegramStore

ANSWERS = frozenset({"/affirm", "/deny", "/dont_know"})
"""Payloads that mean something only as an answer to the question they stand under."""

START = "/greet"


@dataclass(frozen=True)
class Read:
    """What was read.

    Attributes:
        said: What the assistant is told, in order; nothing where we answer alone.
        notice: The name of a text of ours to begin with.
    """

    said: tuple[Said, ...] = ()
    notice: str | None = None


class Reader:
    """Reads messages, commands, links, positions and presses of buttons."""

    def __init__(
        self,
        database: Database,
        store: TelegramStore,
        wire: Wire,
        texts: Texts,
        signposts: Signposts,
    ) -> None:
        self._database = database
        self._store = store
        self._wire = wire
        self._texts = texts
        self._signposts = signposts

    async def read(self, incoming: Incoming, talk: Talk) -> Read:
        """Read what came in a talk; a pressed keyboard is shown as such."""
        if incoming.kind == "press":
            return await self._press(incoming, talk)
        if incoming.kind == REMINDER:
            return Read((Said(incoming.text, is_payload=True),))
        text = clean(incoming.text)
        if len(text) > MESSAGE_CHARACTERS:
            return Read(notice="too_long")
        if incoming.position is not None:
            return self._position(incoming, talk)
        if not text and incoming.album and talk.pressed == press_of(incoming):
            return Read()  # what is to say about an album was said about its first picture
        notice = "forwarded" if incoming.forwarded else None
        if incoming.kind != "text":
            notice = incoming.kind
        if not text:
            return Read(notice=notice or "empty")
        if text.startswith("/") and not incoming.forwarded:
            command, _, rest = text[1:].partition(" ")
            payload = self._texts.payload(command.split("@")[0])
            if payload is not None:
                return Read(self._command(payload, rest, incoming, talk), notice)
        return Read((Said(text, metadata=_metadata(incoming)),), notice)

    def _command(self, payload: str, rest: str, incoming: Incoming, talk: Talk) -> tuple[Said, ...]:
        link = self._signposts.link(rest.strip()) if payload == START else None
        first = talk.language is None
        said = []
        if first or link is None:
            said.append(_payload(payload, incoming, talk, **({"first": True} if first else {})))
        if link is not None:
            said.append(_payload(link, incoming, talk))
        return tuple(said)

    def _position(self, incoming: Incoming, talk: Talk) -> Read:
        latitude, longitude = incoming.position or (0, 0)
        payload = self._signposts.position(latitude, longitude)
        if payload is None:
            return Read(notice="far_away")
        return Read((_payload(payload, incoming, talk),))

    async def _press(self, incoming: Incoming, talk: Talk) -> Read:
        if talk.pressed == press_of(incoming):
            return Read()  # a double press
        offer = await self._database.run(self._store.offer, talk, key_of(incoming.text))
        if offer is None:
            await self._wire.show_choice(incoming, None)
            return Read(notice="old_button")
        payload, title = offer
        passed = talk.question is not None and incoming.message < talk.question
        spent = (talk.pressed or "").split(":")[0] == str(incoming.message)
        if payload in ANSWERS and (passed or (spent and incoming.text.startswith(QUESTION))):
            await self._wire.show_choice(incoming, None)
            return Read(notice="old_question")
        await self._wire.show_choice(incoming, title)
        return Read((Said(payload, is_payload=True),))


def press_of(incoming: Incoming) -> str | None:
    """Return what tells a press, or an album, from the next one; None for anything else."""
    if incoming.kind == "press":
        return f"{incoming.message}:{incoming.text}"[:64]
    return f"album:{incoming.album}"[:64] if incoming.album else None


def _payload(payload: str, incoming: Incoming, talk: Talk, **metadata: Any) -> Said:
    """Return what a payload says; before the first words the telephone's language counts."""
    if talk.language is None and incoming.locale.startswith("ar"):
        intent, brace, entities = payload.partition("{")
        known = json.loads(brace + entities) if entities else {}
        payload = intent + json.dumps({**known, "language": "ary"})
    return Said(payload, is_payload=True, metadata=metadata)


def _metadata(incoming: Incoming) -> dict[str, Any]:
    """Return what the assistant needs to know of a text beside its words."""
    marks = {"edited": incoming.edited, "forwarded": incoming.forwarded}
    return {"message": incoming.message} | {name: True for name, holds in marks.items() if holds}
