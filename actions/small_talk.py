"""Small talk: greeting, thanks, help, and what does not fit."""

from __future__ import annotations

import os

from actions.action import TurnAction
from actions.asked import door
from actions.asking import back_to_question, go_on
from actions.following import explains, same_kind
from actions.knowledge import bullets, catalogue, wording
from actions.matters import answer_matter
from actions.places import HANDOFF, help_line, place_lines, province
from actions.profile import in_order, in_words, may_be_said, replaced_numbers, take_aside
from actions.turn import Button, Turn, button

UNCLEAR = 0.5
"""Below this confidence a message was not understood, rather than out of our field."""

GUESSES = 3

KEPT_DAYS = 180
"""How long a silent conversation is kept where the host does not say (``RETENTION_DAYS``)."""


def openings(turn: Turn) -> list[Button]:
    """Return the buttons a talk may start with."""
    return [
        button(turn.title("find"), "find_schemes"),
        button(turn.title("all_schemes"), "list_schemes"),
        button(turn.title("help"), "help"),
    ]


class ActionGreet(TurnAction):
    """Greet; who comes back is greeted by what was left open."""

    welcomes = False

    def take(self, turn: Turn) -> None:
        """Greet the person."""
        if turn.said_facts():
            go_on(turn)
            return
        if turn.opening:
            days = int(os.environ.get("RETENTION_DAYS") or KEPT_DAYS)
            kept = wording().quantity(days, "days", turn.language)
            turn.say("utter_first_greeting", openings(turn), kept=kept)
            return
        facts = in_order(may_be_said(turn))
        if not facts:
            turn.say("utter_greet", openings(turn))
            return
        left = [button(turn.title("results"), "find_schemes")]
        if turn.scheme in catalogue().schemes:
            name = turn.local(catalogue().schemes[str(turn.scheme)].name)
            left.append(button(name, "ask_steps", scheme=turn.scheme))
        turn.say("utter_welcome_back", left, facts=in_words(facts, turn.language))
        back_to_question(turn)


class ActionThank(TurnAction):
    """Answer thanks, and come back to the question that is open."""

    def take(self, turn: Turn) -> None:
        """Answer thanks."""
        turn.say("utter_thank")
        if turn.said_facts():
            go_on(turn)
        else:
            back_to_question(turn)


class ActionGoodbye(TurnAction):
    """Say goodbye."""

    welcomes = False

    def take(self, turn: Turn) -> None:
        """Say goodbye, and how to come back."""
        turn.say("utter_goodbye")


class ActionHelp(TurnAction):
    """What can you do, how does this work."""

    def take(self, turn: Turn) -> None:
        """Say what may be asked."""
        if answer_matter(turn) or explains(turn):
            return
        turn.tell(turn.title("help"), "utter_help", openings(turn)[:2])
        back_to_question(turn)


class ActionBotChallenge(TurnAction):
    """Are you a machine."""

    def take(self, turn: Turn) -> None:
        """Say honestly what this is."""
        if answer_matter(turn):
            return
        turn.say("utter_bot_challenge", [button(turn.title("human"), "human_handoff")])
        back_to_question(turn)


class ActionInsult(TurnAction):
    """An insult: keep calm, offer somebody to talk to."""

    def take(self, turn: Turn) -> None:
        """Answer an insult without insult."""
        turn.say("utter_insult", [button(turn.title("human"), "human_handoff")])


class ActionOutOfScope(TurnAction):
    """Anything else: guesses first, then a real contact; a clear foreign topic gets its door."""

    forgives_misses = False
    welcomes = False
    reads_facts = True

    def take(self, turn: Turn) -> None:
        """Answer what does not fit, never twice with the same sentence."""
        if danger := set(turn.entities("danger")):
            offices = [office for office in catalogue().offices if office.id in danger]
            turn.say("utter_danger", items=bullets(help_line(turn, o) for o in offices))
            turn.note(danger=True)
            return
        facts = {**turn.said_facts(), **replaced_numbers(turn)}
        take_aside(turn, facts)
        if answer_matter(turn) or same_kind(turn):
            return
        if answer := door(turn):
            turn.say("utter_door", answer=answer)
            return
        if facts:
            go_on(turn)
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
