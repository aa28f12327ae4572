"""What stays of a conversation once its words have been dropped."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from actions.knowledge import catalogue
from bot.privacy.retention import SENSITIVE, lasting

PASSING = frozenset({"talk", "scheme"})
"""Slots about the talk, not about the person."""


def what_lasts(tracker: DialogueStateTracker) -> list[Event]:
    """Return a new beginning of a talk: its slots, without words and without what is sensitive.

    The events carry the time of the last one, so that nothing seems to have happened since.
    """
    topics = {id: fact.topic for id, fact in catalogue().facts.items()}
    slots: dict[str, Any] = {
        name: slot.value
        for name, slot in tracker.slots.items()
        if name not in PASSING and slot.value != slot.initial_value
    }
    if isinstance(slots.get("profile"), dict):
        slots["profile"] = lasting(catalogue().adopt(slots["profile"]), topics)
    if topics.get(slots.get("pending") or "") == SENSITIVE:
        del slots["pending"]
    at = tracker.events[-1].timestamp
    return [
        ActionExecuted(ACTION_SESSION_START_NAME, timestamp=at),
        SessionStarted(timestamp=at),
        *(SlotSet(name, value, timestamp=at) for name, value in slots.items()),
        ActionExecuted(ACTION_LISTEN_NAME, timestamp=at),
    ]
