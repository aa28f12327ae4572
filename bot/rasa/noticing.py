"""What a conversation shows of its last turn, for statistics (see :mod:`bot.noticed`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.noticed import Noticed
from bot.rasa.in_process import APOLOGY

NOT_ANSWERED = "action_out_of_scope"
UNCLEAR = "utter_unclear"


def notice(tracker: DialogueStateTracker, channel: str, seconds: float = 0.0) -> Noticed:
    """Return what may be counted of the last turn of a conversation."""
    turn, earlier = _parted(tracker.events)
    said = [event for event in earlier if isinstance(event, UserUttered)]
    message = tracker.latest_message
    intent = message.intent_name if message and message.intent_name else "none"
    known = {name for event in said for name in _values(event.entities, "scheme")}
    named = _values(message.entities if message else (), "scheme")
    fallback = any(isinstance(e, ActionExecuted) and e.action_name == NOT_ANSWERED for e in turn)
    uttered = {e.metadata.get("utter_action") or "" for e in turn if isinstance(e, BotUttered)}
    return Noticed(
        channel=channel,
        seconds=seconds,
        intent=intent,
        is_new=all(event.intent_name != intent for event in said),
        language=tracker.get_slot("language") or "fr",
        unclear=_why(message, uttered) if fallback else None,
        guess=_guess(message) if fallback else None,
        failed=APOLOGY in uttered,
        schemes=tuple(name for name in dict.fromkeys(named) if name not in known),
        before=_profile(earlier),
        after=tracker.get_slot("profile") or {},
    )


def _parted(events: Iterable[Event]) -> tuple[list[Event], list[Event]]:
    """Return the events since the last message, and those before it."""
    every = list(events)
    starts = [at for at, event in enumerate(every) if isinstance(event, UserUttered)]
    start = starts[-1] if starts else 0
    return every[start:], every[:start]


def _profile(events: list[Event]) -> dict[str, Any]:
    for event in reversed(events):
        if isinstance(event, SlotSet) and event.key == "profile":
            return event.value or {}
    return {}


def _why(message: UserUttered, uttered: set[str]) -> str | None:
    """Return why a message was not answered; None where it was answered by a warning."""
    kinds = {entity.get("entity") for entity in message.entities}
    if "danger" in kinds:
        return None
    for kind in ("foreign", "unreadable"):
        if kind in kinds:
            return kind
    unclear = any(name.startswith(UNCLEAR) for name in uttered)
    return "unclear" if unclear else "out_of_scope"


def _guess(message: UserUttered) -> str | None:
    ranking = (message.parse_data or {}).get("intent_ranking") or ()
    return next((one["name"] for one in ranking if one.get("name")), None)


def _values(entities: Iterable[dict[str, Any]], kind: str) -> list[str]:
    values = (entity.get("value") for entity in entities if entity.get("entity") == kind)
    return [value for value in values if isinstance(value, str)]
