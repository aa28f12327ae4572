"""What a turn remembers and how it speaks, without a server."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.action import TurnAction
from actions.interview import ActionCancel
from actions.knowledge import isolated
from actions.person import ActionChangeLanguage, ActionDeleteData, ActionMyProfile
from actions.small_talk import ActionGreet, ActionHelp, ActionThank

DAY = 24 * 3600.0


def turn_of(
    action: TurnAction,
    text: str,
    intent: str,
    slots: dict[str, Any] | None = None,
    silence: float = 60.0,
    entities: list[dict[str, Any]] | None = None,
) -> tuple[list[str], dict[str, Any]]:
    """Take one turn; return the responses spoken and the slots after it."""
    events = [{"event": "user", "timestamp": 0.0}, {"event": "user", "timestamp": silence}]
    message = {
        "text": text,
        "intent": {"name": intent, "confidence": 1.0},
        "entities": entities or [],
    }
    known = {
        "language": "fr",
        "profile": {},
        "talk": {},
        "voice": "1",
        "address": "one",
        **(slots or {}),
    }
    tracker = Tracker("somebody", known, message, events, False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    changes = asyncio.run(action.run(dispatcher, tracker, {}))
    after = {**known, **{e["name"]: e["value"] for e in changes if e["event"] == "slot"}}
    return [str(m["response"]) for m in dispatcher.messages if m.get("response")], after


def test_who_comes_back_after_days_is_told_where_we_were() -> None:
    slots = {"profile": {"age": 27}, "scheme": "idmaj"}
    assert turn_of(ActionThank(), "merci", "thank", slots)[0] == ["utter_thank"]
    spoken, _ = turn_of(ActionThank(), "merci", "thank", slots, silence=3 * DAY)
    assert spoken == ["utter_back_to_scheme", "utter_thank"]
    spoken, _ = turn_of(ActionThank(), "merci", "thank", {"profile": {"age": 27}}, silence=3 * DAY)
    assert spoken == ["utter_back", "utter_thank"]
    assert turn_of(ActionThank(), "merci", "thank", silence=3 * DAY)[0] == ["utter_thank"]


def test_a_greeting_after_days_comes_back_to_the_open_question() -> None:
    slots = {"profile": {"age": 27}, "pending": "province"}
    spoken, _ = turn_of(ActionGreet(), "bonjour", "greet", slots, silence=3 * DAY)
    assert spoken == ["utter_welcome_back", "utter_ask_back"]


def test_the_variations_take_turns() -> None:
    voices = []
    slots: dict[str, Any] = {}
    for _ in range(4):
        _, slots = turn_of(ActionThank(), "merci", "thank", slots)
        voices.append(slots["voice"])
    assert voices == ["2", "3", "1", "2"]


@pytest.mark.parametrize(("members", "address"), [(7, "many"), (1, "one"), (None, "one")])
def test_a_group_is_addressed_as_several(members: int | None, address: str) -> None:
    profile = {} if members is None else {"members": {"value": members, "stated_on": "2026-11-01"}}
    _, slots = turn_of(ActionThank(), "merci", "thank", {"profile": profile})
    assert slots["address"] == address


def test_erasing_is_asked_and_the_question_lapses_with_the_next_turn() -> None:
    spoken, slots = turn_of(
        ActionDeleteData(), "oublie-moi", "delete_data", {"profile": {"age": 27}}
    )
    assert (spoken, slots["pending"]) == (["utter_forget_sure"], "forget")
    _, slots = turn_of(ActionThank(), "merci", "thank", slots)
    assert slots["pending"] is None


def test_naming_one_thing_forgets_only_that() -> None:
    slots = {"profile": {"age": 27, "province": "fes"}}
    spoken, after = turn_of(ActionDeleteData(), "supprime mon âge", "delete_data", slots)
    assert (spoken, after["profile"]) == (["utter_removed"], {"province": "fes"})
    spoken, after = turn_of(ActionDeleteData(), "supprime ma ville", "delete_data", after)
    assert after["profile"] == {}
    spoken, after = turn_of(ActionDeleteData(), "supprime ma ville", "delete_data", after)
    assert spoken == ["utter_not_noted"]


def test_sensitive_facts_are_shown_only_to_who_asks() -> None:
    slots = {"profile": {"age": 27, "disability": True}, "language": "fr"}
    dispatcher_lines, _ = turn_of(ActionMyProfile(), "que savez-vous", "my_profile", slots)
    assert dispatcher_lines == ["utter_profile"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("عيط ل 05 35 65 20 57، قبل", "عيط ل \u206605 35 65 20 57\u2069، قبل"),
        ("وكالة ANAPEC Fès (2026)", "وكالة \u2066ANAPEC Fès\u2069 (2026)"),
        ("من 18 حتى ل 35 عام، 20.000 درهم", "من 18 حتى ل 35 عام، 20.000 درهم"),
        ("anapec.org.", "\u2066anapec.org\u2069."),
    ],
)
def test_foreign_names_and_telephone_numbers_keep_their_direction(text: str, shown: str) -> None:
    assert isolated(text, "ary") == shown
    assert isolated(text, "fr") == text


@pytest.mark.parametrize("action", [ActionThank, ActionGreet, ActionChangeLanguage, ActionHelp])
def test_the_facts_of_a_message_are_taken_whatever_it_is_for(action: type[TurnAction]) -> None:
    said = [{"entity": "fact", "value": {"id": "age", "value": 40}}]
    spoken, slots = turn_of(action(), "merci, j'ai 40 ans", "thank", entities=said)
    assert slots["profile"]["age"]["value"] == 40
    assert "utter_noted" in spoken


def test_after_a_word_of_danger_thanks_get_only_warmth() -> None:
    slots = {"talk": {"danger": True}, "pending": "age"}
    spoken, slots = turn_of(ActionThank(), "merci", "thank", slots)
    assert (spoken, slots["pending"]) == (["utter_after_danger"], "age")


def test_stop_ends_reminders_unless_it_answers_a_question_of_facts() -> None:
    slots = {"reminders": True, "profile": {"age": 30}}
    assert turn_of(ActionCancel(), "stop", "cancel", slots)[0] == ["utter_remind_off"]
    asked = {**slots, "pending": "province"}
    assert turn_of(ActionCancel(), "stop", "cancel", asked)[0][0] == "utter_skipped"
    reminded = {**asked, "talk": {"aspect": "reminder"}}
    assert turn_of(ActionCancel(), "stop", "cancel", reminded)[0] == ["utter_remind_off"]


def test_not_knowing_loses_nothing_that_was_told() -> None:
    slots = {"profile": {"project_cost": 250000, "age": 30}, "pending": "project_cost"}
    _, slots = turn_of(ActionCancel(), "passe", "cancel", slots)
    assert slots["profile"]["project_cost"] == 250000
    assert slots["pending"] != "project_cost"
