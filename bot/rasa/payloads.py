"""What Rasa may read as an intent: payloads of our own buttons and commands, nothing typed.

Rasa takes any text that begins with ``/`` as an intent with entities, ``/restart`` included, and
a web client can post any payload. So what is no payload that a button of ours could carry is
read as typed text, without its slash: it changes nothing by itself.
"""

from __future__ import annotations

import json
import re
from typing import Any

from rasa.shared.core.domain import Domain

from bot.channels.messages import Said

LANGUAGES = frozenset({"fr", "ary", "ary-Latn"})
LONGEST = 1000  # characters; our own payloads stay below 200

# Rasa's own intents that wipe or rewind a conversation; none of our buttons sends them
_NOT_OURS = frozenset({"back", "session_start", "nlu_fallback"})
_PAYLOAD = re.compile(r"/([A-Za-z_]+)(\{.*\})?\Z", re.DOTALL)
# white space, invisible and direction characters may hide a slash from us but not from Rasa
_LEADING_SLASHES = re.compile(r"\A[\s/\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


def message_text(said: Said, domain: Domain | None) -> str:
    """Return the text that Rasa is to read.

    Args:
        said: What a person typed or pressed.
        domain: The bot's domain; without one, nothing is taken as a payload.
    """
    if said.is_payload and domain is not None and _could_be_ours(said.text, domain):
        return said.text
    return _LEADING_SLASHES.sub("", said.text)


def _could_be_ours(payload: str, domain: Domain) -> bool:
    found = _PAYLOAD.match(payload) if len(payload) <= LONGEST else None
    if not found or found[1] in _NOT_OURS or found[1] not in domain.intents:
        return False
    if not found[2]:
        return True
    try:
        entities = json.loads(found[2])
    except (ValueError, RecursionError):
        return False
    known = set(domain.entities)
    return all(
        name in known and all(_fits(name, one) for one in (v if isinstance(v, list) else [v]))
        for name, v in entities.items()
    )


def _fits(entity: str, value: Any) -> bool:
    """Return whether a value has the form that our components give this entity."""
    if entity in ("language", "language_choice"):
        return isinstance(value, str) and value in LANGUAGES
    if entity in ("hypothetical", "foreign", "remind", "share"):
        return isinstance(value, bool)
    if entity in ("fact", "ambiguous"):
        return isinstance(value, dict) and isinstance(value.get("id"), str)
    if entity == "paperwork":
        return isinstance(value, dict)
    return isinstance(value, str)
