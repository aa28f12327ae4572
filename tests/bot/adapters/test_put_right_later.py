"""Messages that were edited or forwarded: read in the light of their own moment."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.core.events import Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message

from bot.rasa.nlu.reader import ProfileReader


def told(*events: Event) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("p", list(events))


ASKED_AGE_THEN_FORGET = told(
    SlotSet("pending", "age"),
    UserUttered("27", metadata={"message": 5}),
    SlotSet("pending", "forget"),
)


def read(text: str, intent: str, **metadata: Any) -> tuple[str, dict[str, Any]]:
    data = {"text": text, "intent": {"name": intent, "confidence": 0.9}, "metadata": metadata}
    reader = ProfileReader.create({}, None, None, None)  # type: ignore[arg-type]
    [message] = reader.process([Message(data=data)], ASKED_AGE_THEN_FORGET)
    facts = [e["value"] for e in message.get("entities") if e["entity"] == "fact"]
    return message.get("intent")["name"], {fact["id"]: fact["value"] for fact in facts}


def test_an_edited_answer_answers_the_question_it_was_given_to() -> None:
    assert read("37", "inform", edited=True, message=5) == ("inform", {"age": 37})


@pytest.mark.parametrize("text, intent", [("oui", "affirm"), ("non", "deny")])
def test_an_edited_yes_never_answers_the_question_of_now(text: str, intent: str) -> None:
    assert read(text, intent) == (intent, {})
    assert read(text, intent, edited=True, message=5) == ("inform", {})
    assert read(text, intent, edited=True, message=99) == ("inform", {})


def test_what_somebody_else_wrote_is_no_fact_of_this_person() -> None:
    assert read("j'ai 50 ans", "inform", forwarded=True) == ("out_of_scope", {})
    assert read("Tahfiz : j'ai 50 ans", "inform", forwarded=True) == ("ask_scheme", {})
