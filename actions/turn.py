"""What one turn knows and may do: the person's words, the profile, and ways to answer."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

import eligibility
from actions.knowledge import SENSITIVE, catalogue, group_question, isolated, words

Button = dict[str, str]

VOICES = ("1", "2", "3")
"""The variations of a conversational line take turns, so that none is said twice running."""

REMEMBERED_ANSWERS = 12
"""So many long answers are remembered, so that none is given again in full unless insisted on."""

FORGET = "forget"
"""What is pending while we ask whether everything is to be erased."""


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
        dossiers = slot("dossiers")
        mine = dossiers if isinstance(dossiers, dict) else {}
        self.dossiers: dict[str, Any] = {renamed.scheme(id): kept for id, kept in mine.items()}
        self.reminders: bool | None = slot("reminders")
        self.voice: str = slot("voice") or VOICES[0]
        self.address: str = slot("address") or "one"
        self.opening = bool((message.get("metadata") or {}).get("first"))
        self.silence = _silence(tracker.events)
        self.has_asked = False
        """Whether this turn has already put a question: a second one would be too many."""

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

    @property
    def is_button(self) -> bool:
        """Whether a button was pressed rather than something typed."""
        return self.text.startswith("/")

    @property
    def is_group(self) -> bool:
        """Whether several people speak: they are addressed in the plural."""
        members = _stated(self.profile.get("members"))
        return isinstance(members, (int, float)) and members > 1

    # --- answering ---

    def say(self, response: str, buttons: Sequence[Button] = (), /, **values: Any) -> None:
        """Speak a response of ``domain.yml``, with its places filled in."""
        filled = {name: isolated(str(value), self.language) for name, value in values.items()}
        self._dispatcher.utter_message(response=response, buttons=list(buttons), **filled)

    def tell(
        self, topic: str, response: str, buttons: Sequence[Button] = (), /, **values: Any
    ) -> None:
        """Give a long answer in full, or, where it was just given, say so shortly.

        Args:
            topic: What the answer is about, in words.
            response: The response that holds the answer.
            buttons: What may be asked next.
            values: What fills its places.
        """
        if self.is_news(response, values):
            self.say(response, buttons, **values)
        else:
            self.say("utter_told_already", buttons, about=topic)

    def is_news(self, *content: Any) -> bool:
        """Whether something was not told before; who asks for it once more gets it again."""
        digest = zlib.crc32(repr((content, self.language)).encode())
        told = list(self.talk.get("told", ()))
        news = digest not in told
        if news:
            told.append(digest)
        else:
            told.remove(digest)
        self.note(told=told[-REMEMBERED_ANSWERS:])
        return news

    def show(self, cards: Sequence[dict[str, Any]]) -> None:
        """Show schemes as cards."""
        shown = [_in_own_direction(card, self.language) for card in cards]
        self._dispatcher.utter_message(json_message={"cards": shown})

    def hand_over(self, sheet: dict[str, Any]) -> None:
        """Give the channel an orientation sheet to hand over in its own way (link, file)."""
        self._dispatcher.utter_message(json_message={"sheet": sheet})

    def keep(self, **kept: Any) -> None:
        """Have something kept beside the talk: reminders, an outcome, a sheet behind a code.

        See ``bot/store/keepsakes.py``; where actions run alone, nobody keeps it.
        """
        self._dispatcher.utter_message(json_message={"keep": kept})

    def watch(self) -> None:
        """Have the person told of changes that concern them; nothing sensitive is kept for that."""
        topics = {fact.id: fact.topic for fact in catalogue().facts.values()}
        kept = {f: v for f, v in self.profile.items() if topics.get(f, SENSITIVE) != SENSITIVE}
        self.keep(watch=kept)

    def erase_everything(self) -> None:
        """Ask the channel to forget this person once the turn is over."""
        self._dispatcher.utter_message(json_message={"forget": True})

    def words(self, key: str, **values: Any) -> str:
        """Return one of the short lines of ``wording.yml`` in the person's language."""
        return words("talk", key, self.language, **values)

    def question(self, fact: str) -> str:
        """Return the question for a fact; a group is asked as several people."""
        asked = group_question(fact, self.language) if self.is_group else None
        return asked or self.local(catalogue().facts[fact].ask)

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


def _in_own_direction(card: dict[str, Any], language: str) -> dict[str, Any]:
    conditions = [{**c, "text": isolated(c["text"], language)} for c in card["conditions"]]
    texts = {key: isolated(card[key], language) for key in ("title", "line")}
    return {**card, **texts, "conditions": conditions}


def _stated(entry: Any) -> Any:
    return entry["value"] if isinstance(entry, Mapping) and "value" in entry else entry


def _silence(events: Sequence[Any]) -> float:
    """Return the seconds between the last two messages of a person; 0 where there is no earlier."""
    times = [e.get("timestamp") or 0.0 for e in events if e.get("event") == "user"]
    return float(times[-1] - times[-2]) if len(times) > 1 else 0.0
