"""One turn without Rasa: a tracker with slots, and a dispatcher that keeps what was said."""

from __future__ import annotations

from typing import Any

from actions.action import TurnAction
from actions.turn import Turn


class Talk:
    """Both sides of a turn.

    Args:
        entities: What was read in the message, by kind.
        slots: What is known before the turn.
    """

    def __init__(self, entities: dict[str, Any] | None = None, **slots: Any) -> None:
        self.events: list[dict[str, Any]] = []
        self.said: list[dict[str, Any]] = []
        self.slots: dict[str, Any] = {"language": "fr", "profile": {}, **slots}
        self.get_slot = self.slots.get
        read = (entities or {}).items()
        self.latest_message: dict[str, Any] = {
            "text": "…",
            "intent": {"name": "dossier", "confidence": 1.0},
            "entities": [{"entity": kind, "value": value} for kind, value in read],
        }

    def utter_message(self, **message: Any) -> None:
        """Keep a message."""
        self.said.append(message)

    def take(self, action: TurnAction) -> Talk:
        """Take the turn; what it remembers is in ``slots`` afterwards."""
        itself: Any = self
        turn = Turn(itself, itself)
        action.take(turn)
        for event in turn.events():
            self.slots[event["name"]] = event["value"]
        return self

    def responses(self) -> list[str]:
        """Return the names of the lines that were said."""
        return [message["response"] for message in self.said if "response" in message]

    def said_in(self, response: str) -> dict[str, Any]:
        """Return the message in which a line was said."""
        return next(message for message in self.said if message.get("response") == response)

    def kept(self) -> list[dict[str, Any]]:
        """Return what the turn asks to be kept."""
        custom = (message.get("json_message") or {} for message in self.said)
        return [one["keep"] for one in custom if "keep" in one]
