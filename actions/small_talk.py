"""Greeting, thanks, help, and what does not fit."""

from __future__ import annotations

from actions.interview import back_to_question
from actions.knowledge import bullets, catalogue
from actions.places import HANDOFF, help_line, place_lines, province
from actions.profile import in_words
from actions.turn import Button, Turn, TurnAction, button

UNCLEAR = 0.35
"""Below this confidence a message was not understood, rather than out of our field."""

GUESSES = 3


def openings(turn: Turn) -> list[Button]:
    """Return the buttons a talk may start with."""
    return [
        button(turn.title("find"), "find_schemes"),
        button(turn.title("all_schemes"), "list_schemes"),
        button(turn.title("help"), "help"),
    ]


class ActionGreet(TurnAction):
    """Greet; who comes back is greeted by what was left open."""

    def take(self, turn: Turn) -> None:
        """Greet the person."""
        from actions.person import known_facts

        if turn.opening:
            turn.say("utter_first_greeting", openings(turn))
            return
        facts = known_facts(turn)
        if facts:
            turn.say("utter_welcome_back", facts=in_words(facts, turn.language))
            back_to_question(turn)
        else:
            turn.say("utter_greet", openings(turn))


class ActionThank(TurnAction):
    """Answer thanks, and come back to the question that is open."""

    def take(self, turn: Turn) -> None:
        """Answer thanks."""
        turn.say("utter_thank")
        back_to_question(turn)


class ActionHelp(TurnAction):
    """What can you do, how does this work."""

    def take(self, turn: Turn) -> None:
        """Say what may be asked."""
        turn.say("utter_help", openings(turn)[:2])
        back_to_question(turn)


class ActionOutOfScope(TurnAction):
    """Anything else: guesses first, then a real contact; a clear foreign topic gets its door."""

    forgives_misses = False

    def take(self, turn: Turn) -> None:
        """Answer what does not fit, never twice with the same sentence."""
        if danger := set(turn.entities("danger")):
            offices = [office for office in catalogue().offices if office.id in danger]
            turn.say("utter_danger", items=bullets(help_line(turn, o) for o in offices))
            return
        misses = turn.talk.get("misses", 0)
        turn.note(misses=misses + 1)
        if turn.entities("foreign"):
            turn.say("utter_languages_spoken", openings(turn))
        elif turn.confidence >= UNCLEAR and not turn.entities("unreadable"):
            again = misses and turn.talk.get("missed") == "scope"
            turn.say(
                "utter_out_of_scope_again" if again else "utter_out_of_scope", openings(turn)[:2]
            )
            turn.note(missed="scope")
            return
        elif misses % 2 == 0:
            turn.say("utter_unclear", self._guesses(turn))
        else:
            lines = dict.fromkeys(place_lines(turn, HANDOFF[:2], province(turn)))
            turn.say("utter_unclear_again", items=bullets(list(lines)[:2]))
        turn.note(missed="unclear")
        back_to_question(turn)

    def _guesses(self, turn: Turn) -> list[Button]:
        offered = [name for name in turn.ranking if name in GUESSABLE][:GUESSES]
        buttons = [button(turn.title(f"guess_{name}"), name) for name in offered]
        known = {each["payload"] for each in buttons}
        others = (each for each in openings(turn) if each["payload"] not in known)
        return [*buttons, *others][:GUESSES]


GUESSABLE = (
    "find_schemes",
    "list_schemes",
    "ask_scheme",
    "ask_benefit",
    "ask_conditions",
    "ask_documents",
    "ask_steps",
    "ask_place",
    "ask_deadline",
    "my_profile",
    "human_handoff",
    "help",
)
"""The meanings that may be offered as a button."""
