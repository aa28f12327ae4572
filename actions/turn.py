"""What one turn knows and may do: the person's words, the profile, and ways to answer."""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

import eligibility
from actions.knowledge import catalogue, words

Button = dict[str, str]

EVENTS_PER_SESSION = 60
"""A turn's cost grows with the events since the session started, so a longer talk starts a new
session that carries its slots."""

CARRIED = ("language", "language_choice", "profile", "pending", "scheme", "talk")


def button(title: str, intent: str, **entities: Any) -> Button:
    """Return a quick reply that means ``intent`` with these entities."""
    payload = f"/{intent}"
    if entities:
        payload += json.dumps(entities, ensure_ascii=False, sort_keys=True, default=str)
    return {"title": title, "payload": payload}


class Turn:
    """One message of a person, with the state of the talk before it."""

    def __init__(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        self._dispatcher = dispatcher
        self._slots: dict[str, Any] = {}
        message = tracker.latest_message or {}
        self.text: str = message.get("text") or ""
        self.intent: str = (message.get("intent") or {}).get("name") or ""
        self.confidence: float = (message.get("intent") or {}).get("confidence") or 0.0
        self.ranking: list[str] = [
            entry["name"] for entry in message.get("intent_ranking") or () if entry.get("name")
        ]
        self._entities = [e for e in message.get("entities") or () if isinstance(e, dict)]
        slot = tracker.get_slot
        self.language: str = slot("language") or "fr"
        profile = slot("profile")
        known = catalogue().adopt(profile) if isinstance(profile, dict) else {}
        self.profile: dict[str, Any] = known
        renamed = catalogue().renamed
        self.pending: str | None = slot("pending") and renamed.fact(slot("pending"))
        self.scheme: str | None = slot("scheme") and renamed.scheme(slot("scheme"))
        talk = slot("talk")
        self.talk: dict[str, Any] = dict(talk) if isinstance(talk, dict) else {}
        self.opening = bool(((tracker.latest_message or {}).get("metadata") or {}).get("first"))

    # --- what was said ---

    def entities(self, kind: str) -> list[Any]:
        """Return the values of all entities of a kind, in the order of the message."""
        return [e.get("value") for e in self._entities if e.get("entity") == kind]

    def named(self, kind: str) -> list[str]:
        """Return the known ids of a kind (scheme, programme, institution) that were named."""
        known: Any = getattr(catalogue(), f"{kind}s")
        said = [v for v in self.entities(kind) if isinstance(v, str)]
        if kind == "scheme":  # a button may be older than the catalogue
            said = [catalogue().renamed.scheme(v) for v in said]
        found = [v for v in said if v in known]
        return list(dict.fromkeys(found))

    def said_facts(self) -> dict[str, Any]:
        """Return the facts of the message as they were read; unknown fact ids are left out."""
        facts: dict[str, Any] = {}
        for value in self.entities("fact"):
            if not isinstance(value, dict) or not isinstance(value.get("id"), str):
                continue
            fact = catalogue().renamed.fact(value["id"])
            if fact in catalogue().facts:
                facts[fact] = value.get("value")
        return facts

    @property
    def hypothetical(self) -> bool:
        """Whether the message is a what-if."""
        return any(value is True for value in self.entities("hypothetical"))

    # --- answering ---

    def say(self, response: str, buttons: Sequence[Button] = (), **values: Any) -> None:
        """Speak a response of ``domain.yml``, with its places filled in."""
        self._dispatcher.utter_message(response=response, buttons=list(buttons), **values)

    def show(self, cards: Sequence[dict[str, Any]]) -> None:
        """Show schemes as cards."""
        self._dispatcher.utter_message(json_message={"cards": list(cards)})

    def erase_everything(self) -> None:
        """Ask the channel to forget this person once the turn is over."""
        self._dispatcher.utter_message(json_message={"forget": True})

    def words(self, key: str, **values: Any) -> str:
        """Return one of the short lines of ``wording.yml`` in the person's language."""
        return words("talk", key, self.language, **values)

    def title(self, key: str) -> str:
        """Return a button's title."""
        return words("buttons", key, self.language)

    def local(self, texts: Any) -> str:
        """Return a text of the catalogue in the person's language."""
        return eligibility.text(texts, self.language)

    # --- remembering ---

    def remember(self, **slots: Any) -> None:
        """Keep slots for the next turn."""
        for name, value in slots.items():
            setattr(self, name, value)
            self._slots[name] = value

    def note(self, **marks: Any) -> None:
        """Keep marks of the talk (what has been announced, the last aspect, misses…)."""
        self.remember(talk={**self.talk, **marks})

    def events(self) -> list[EventType]:
        """Return the slot changes of this turn."""
        return [SlotSet(name, value) for name, value in self._slots.items()]

    def match(self, extra: dict[str, Any] | None = None) -> eligibility.Match:
        """Match the profile, with ``extra`` facts supposed for a what-if."""
        return catalogue().match({**self.profile, **(extra or {})})


class TurnAction(Action, ABC):
    """An action that takes one turn; the session's length is bounded here for all of them."""

    forgives_misses = True
    """Whether this turn shows that we understand each other again."""

    def name(self) -> str:
        """Return the name in ``domain.yml``: ``action_take_answer`` for ``ActionTakeAnswer``."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()

    @abstractmethod
    def take(self, turn: Turn) -> None:
        """Answer the turn."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Take the turn and return what changes for the next one."""
        turn = Turn(dispatcher, tracker)
        self.take(turn)
        if self.forgives_misses and turn.talk.get("misses"):
            turn.note(misses=0)
        events = turn.events()
        if len(tracker.events) > EVENTS_PER_SESSION:
            kept = [SlotSet(name, getattr(turn, name, tracker.get_slot(name))) for name in CARRIED]
            return [SessionStarted(), *kept]
        return events
