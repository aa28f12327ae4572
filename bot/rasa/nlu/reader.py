"""The Rasa component that reads language, names and facts, and settles the intent in context."""

from __future__ import annotations

import os
from dataclasses import asdict, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.in_context import in_context, is_question_at_the_end, said_by_another
from bot.rasa.nlu.classifier import KNOWN, LAST_CLAUSE
from bot.understanding import Understanding, Understood

ANSWERS = ("affirm", "deny", "dont_know", "cancel")
"""Intents that mean something only together with the question before."""

HOME = Path(__file__).resolve().parents[3]


@lru_cache(maxsize=1)
def understanding() -> Understanding:
    """Return the reader in force: over the catalogue at ``CATALOGUE``, made once."""
    return _edited.pop() if _edited else read_names()


def read_names() -> Understanding:
    """Make the reader anew, without putting it in force."""
    return Understanding(Path(os.environ.get("CATALOGUE") or HOME / "catalogue"))


def put_in_force(edited: Understanding) -> None:
    """Read by another reader from now on."""
    _edited[:] = [edited]
    understanding.cache_clear()


_edited: list[Understanding] = []


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ProfileReader(EntityExtractorMixin, GraphComponent):
    """Adds what was read as entities, and lets the pending question decide between intents."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ProfileReader:
        """Make the reader; it keeps nothing of its own."""
        return cls()

    # Rasa reads these annotations to hand over the tracker, so they are written its way.
    def process(
        self,
        messages: List[Message],
        tracker: DialogueStateTracker | None = None,
    ) -> List[Message]:
        """Read each message in the light of the conversation."""
        slot = tracker.get_slot if tracker else (lambda _: None)
        for message in messages:
            text = message.get(TEXT) or ""
            if text.startswith(INTENT_MESSAGE_PREFIX):
                continue
            metadata = message.get("metadata") or {}
            expecting = understanding().asked(slot("pending"))
            if metadata.get("edited") and tracker:
                expecting = pending_at(tracker, metadata.get("message"))
            understood = understanding().read(
                text,
                expecting,
                slot("language_choice") or slot("language") or "fr",
                chosen=slot("language_choice") is not None,
            )
            self._settle(message, understood, expecting)
            intent = (message.get(INTENT) or {}).get("name")
            if metadata.get("forwarded") and not understood.danger:
                understood, intent, confidence = said_by_another(understood)
                message.set(INTENT, {"name": intent, "confidence": confidence}, add_to_output=True)
            elif metadata.get("edited") and intent in ANSWERS and expecting not in understood.facts:
                # a yes put right later never answers the question of now
                intent = "inform"
                message.set(INTENT, {"name": intent, "confidence": 1.0}, add_to_output=True)
            understood = understanding().answered(understood, intent, expecting)
            asked_for = understood.chosen_language
            if asked_for and intent == "change_language":
                understood = replace(understood, language=asked_for)
            message.set(ENTITIES, entities(understood), add_to_output=True)
        return messages

    @staticmethod
    def _settle(message: Message, understood: Understood, expecting: str | None) -> None:
        intent = message.get(INTENT) or {}
        if not intent.get("name"):
            return
        said = (intent["name"], intent.get("confidence") or 0.0)
        last = message.get(LAST_CLAUSE) or {}
        if last and is_question_at_the_end(said[0], last["name"], last["confidence"], understood):
            said = (last["name"], last["confidence"])
        name, confidence = in_context(*said, understood, expecting)
        if name not in message.get(KNOWN, (name,)):
            return  # a model of other people's intents
        message.set(INTENT, {"name": name, "confidence": confidence}, add_to_output=True)


def pending_at(tracker: DialogueStateTracker, message: Any) -> str | None:
    """Return the fact that was asked for when a message came, by the channel's id of it."""
    pending = None
    for event in tracker.events:
        if isinstance(event, SlotSet) and event.key == "pending":
            pending = event.value
        elif isinstance(event, UserUttered) and (event.metadata or {}).get("message") == message:
            return pending
    return None


def entities(understood: Understood) -> list[dict[str, Any]]:
    """Return what was read as Rasa entities; one entity ``fact`` serves for every fact."""
    values: list[tuple[str, Any]] = [("language", understood.language)]
    if understood.foreign:
        values.append(("foreign", True))
    if understood.unreadable:
        values.append(("unreadable", True))
    if understood.chosen_language:
        values.append(("language_choice", understood.chosen_language))
    values += [("scheme", name) for name in understood.schemes]
    values += [("programme", name) for name in understood.programmes]
    values += [("institution", name) for name in understood.institutions]
    values += [("fact", {"id": fact, "value": v}) for fact, v in understood.facts.items()]
    values += [
        ("ambiguous", {"id": fact, "readings": readings})
        for fact, readings in understood.ambiguous.items()
    ]
    if understood.hypothetical:
        values.append(("hypothetical", True))
    values += [("instead", {"new": new, "old": old}) for new, old in understood.instead]
    values += [("danger", office) for office in understood.danger]
    if understood.about_our_question:
        values.append(("about_our_question", True))
    if understood.paperwork:
        values.append(("paperwork", asdict(understood.paperwork)))
    if understood.answer:
        values.append(("answer", understood.answer))
    return [
        {"entity": kind, "value": value, "extractor": "ProfileReader"} for kind, value in values
    ]
