"""An action that takes one turn: what every turn has in common, whatever it answers."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.knowledge import catalogue
from actions.profile import take_aside
from actions.turn import FORGET, VOICES, Turn

EVENTS_PER_SESSION = 60
"""A turn's cost grows with the events since the session started, so a longer talk starts a new
session that carries its slots."""

CARRIED = (
    "language", "language_choice", "profile", "pending", "scheme", "talk", "dossiers",
    "reminders", "voice", "address"
)  # fmt: skip

AWAY = 6 * 3600
"""After so many seconds of silence a person has come back rather than gone on."""

HEARING = ("thank", "greet", "goodbye", "affirm", "deny", "dont_know", "cancel", "inform", "insult")
"""What somebody may say after a word of danger without asking for anything."""


class TurnAction(Action, ABC):
    """An action that takes one turn; the session's length is bounded here for all of them."""

    forgives_misses = True
    """Whether this turn shows that we understand each other again."""

    reads_facts = False
    """Whether the action takes the facts of the message itself; else they are taken for it."""

    welcomes = True
    """Whether somebody who comes back after a long silence is first told where we were."""

    def welcome(self, turn: Turn) -> None:
        """Tell somebody who comes back what was left open."""
        if turn.scheme in catalogue().schemes:
            name = turn.local(catalogue().schemes[str(turn.scheme)].name)
            turn.say("utter_back_to_scheme", scheme=name)
        elif turn.profile:
            turn.say("utter_back")

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
        if turn.silence > AWAY and self.welcomes and not turn.entities("reminder"):
            self.welcome(turn)
        asked_to_forget = turn.pending == FORGET
        before = turn.profile
        if turn.talk.get("danger") and _only_listens(turn):
            turn.say("utter_after_danger")
        else:
            if not self.reads_facts and not turn.is_button and not turn.hypothetical:
                take_aside(turn, turn.said_facts())
            self.take(turn)
        if turn.reminders and turn.profile != before:
            turn.watch()
        if asked_to_forget and turn.pending == FORGET:
            turn.remember(pending=None)  # a yes to something else must erase nothing
        turn.remember(
            voice=VOICES[(VOICES.index(turn.voice) + 1) % len(VOICES)],
            address="many" if turn.is_group else "one",
        )
        if self.forgives_misses and turn.talk.get("misses"):
            turn.note(misses=0)
        events = turn.events()
        if len(tracker.events) > EVENTS_PER_SESSION:
            kept = [SlotSet(name, getattr(turn, name, tracker.get_slot(name))) for name in CARRIED]
            return [SessionStarted(), *kept]
        return events


def _only_listens(turn: Turn) -> bool:
    """Whether somebody in danger just answers, so that the interview has to wait."""
    asks = turn.is_button or turn.said_facts() or turn.entities("paperwork")
    if turn.intent in HEARING and not asks:
        return True
    turn.note(danger=False)
    return False
