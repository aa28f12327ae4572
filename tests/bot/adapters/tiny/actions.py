"""The tiny bot's actions: one of each way to answer."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

CARD = {
    "scheme": "idmaj",
    "title": "Idmaj",
    "line": "Un premier contrat",
    "verdict": "eligible",
    "conditions": [{"text": "diplôme", "mark": "✓"}],
    "buttons": [{"title": "Papiers", "payload": "/inform"}],
}


class Greet(Action):
    def name(self) -> str:
        return "action_tiny_greet"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Any]:
        buttons = [{"title": "Commencer", "payload": "/inform"}]
        dispatcher.utter_message(response="utter_tiny_greet", buttons=buttons)
        dispatcher.utter_message(json_message={"cards": [CARD]})
        dispatcher.utter_message(json_message={"cards": [{"title": "no scheme"}]})
        return []


class Count(Action):
    def name(self) -> str:
        return "action_tiny_count"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> list[Any]:
        count = (tracker.get_slot("count") or 0) + 1
        await asyncio.sleep(0.01)  # so that turns of one person could overtake each other
        dispatcher.utter_message(text=f"{count}")
        return [SlotSet("count", count)]


class Fail(Action):
    def name(self) -> str:
        return "action_tiny_fail"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Any]:
        dispatcher.utter_message(text="half an answer")
        raise ValueError("a bug")


class Forget(Action):
    def name(self) -> str:
        return "action_tiny_forget"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Any]:
        dispatcher.utter_message(text="C'est fait.", json_message={"forget": True})
        return []
