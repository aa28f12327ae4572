"""``python -m bot parse``: how a turn would read each line of standard input, as JSON lines."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.messages import Said
from bot.rasa.payloads import message_text

logger = logging.getLogger(__name__)

NOTHING_FITS = "out_of_scope"
_NOT_OF_PEOPLE = frozenset({None, "back", "session_start", "nlu_fallback"})


def parse_lines(model: Path, expecting: str | None, lines: BinaryIO, out: BinaryIO) -> None:
    """Read lines of any bytes and write one JSON object for each, at once.

    Args:
        model: The trained model.
        expecting: The fact that was just asked for.
        lines: Where messages come from, one a line.
        out: Where JSON lines go.
    """
    agent = Agent.load(str(model))
    for raw in lines:
        text = raw.decode("utf-8", errors="replace").rstrip("\r\n")
        line = json.dumps(read(agent, text, expecting), ensure_ascii=False, default=str)
        out.write(line.encode("utf-8", errors="replace") + b"\n")
        out.flush()


def read(agent: Agent, text: str, expecting: str | None) -> dict[str, Any]:
    """Return what a turn would take from a typed message; never raises for a text."""
    assert agent.processor is not None
    assert agent.domain is not None
    tracker = DialogueStateTracker("parse", agent.domain.slots)
    tracker.update(SlotSet("pending", expecting))
    message = UserMessage(message_text(Said(text), agent.domain))
    try:
        parsed = asyncio.run(agent.processor.parse_message(message, tracker))
    except Exception:
        logger.exception("A message could not be read")
        parsed = {}
    intent = parsed.get("intent") or {}
    fits = intent.get("name") not in _NOT_OF_PEOPLE
    entities = parsed.get("entities") or []
    return {
        "text": text,
        "intent": intent["name"] if fits else NOTHING_FITS,
        "confidence": round(float(intent.get("confidence") or 0.0), 4),
        "language": next(iter(_values(entities, "language")), "fr"),
        "schemes": _values(entities, "scheme"),
        "programmes": _values(entities, "programme"),
        "institutions": _values(entities, "institution"),
        "facts": {fact["id"]: fact.get("value") for fact in _values(entities, "fact")},
        "hypothetical": any(_values(entities, "hypothetical")),
    }


def _values(entities: Iterable[dict[str, Any]], kind: str) -> list[Any]:
    """Return the values of one kind of entity, each once, in the order of the message."""
    kept: list[Any] = []
    for entity in entities:
        if entity.get("entity") == kind and entity.get("value") not in kept:
            kept.append(entity.get("value"))
    return kept
