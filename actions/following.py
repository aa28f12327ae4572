"""Going on from the last answer: more of it, the next thing, or the same about another scheme."""

from __future__ import annotations

from actions.action import TurnAction
from actions.answers import ANSWERS, SchemeAnswer
from actions.asked import is_bare_name, matters, only_number
from actions.asking import back_to_question, go_on, tell_minor
from actions.dossier import about_dossier
from actions.matters import answer_matter
from actions.profile import say_back, take_facts
from actions.results import show_results
from actions.subject import meant_schemes, subject
from actions.turn import Turn
from actions.what_if import tell_what_if

EXPLAINED = ("scheme", "programme", "institution", "results")
"""After an explanation, or results, a bare name asks for one more."""

NEXT = {
    "scheme": "benefit",
    "benefit": "conditions",
    "conditions": "documents",
    "documents": "steps",
    "steps": "place",
    "place": "deadline",
    "deadline": "documents",
    "why": "steps",
    "after": "steps",
    "decides": "steps",
    "combine": "steps",
}
"""What "and then?" leads to after each kind of answer."""


def same_kind(turn: Turn) -> bool:
    """Answer a bare name ("et Idmaj ?") as the question before it; False where there is none."""
    aspect = turn.talk.get("aspect")
    if not is_bare_name(turn):
        return False
    if aspect in EXPLAINED:
        SchemeAnswer.take(ANSWERS["scheme"](), turn)
        return True
    if turn.named("institution"):
        if aspect == "place":
            SchemeAnswer.take(ANSWERS["place"](), turn)
        return aspect == "place"
    if aspect not in ANSWERS:
        return False
    scheme = subject(turn)
    if scheme is not None:
        ANSWERS[aspect]().about(turn, scheme)
    return scheme is not None


def explains(turn: Turn) -> bool:
    """Explain an institution, or a programme without schemes, that was named; else False."""
    named = turn.named("institution") or turn.named("programme")
    if not named or meant_schemes(turn):
        return False
    SchemeAnswer.take(ANSWERS["scheme"](), turn)
    return True


class ActionFollowUp(TurnAction):
    """Continue the last answer: more results, the next aspect of the scheme, or a what-if."""

    reads_facts = True

    def take(self, turn: Turn) -> None:
        """Go on from where the talk stands."""
        facts = turn.said_facts()
        if facts and turn.hypothetical:
            tell_what_if(turn, facts)
            back_to_question(turn)
            return
        if facts:
            taken = take_facts(turn, facts)
            say_back(turn, taken)
            tell_minor(turn, taken)
            go_on(turn)
            return
        if about_dossier(turn):
            return
        if "if_we_were" in matters(turn) and (members := only_number(turn)) is not None:
            tell_what_if(turn, {"members": members})
            back_to_question(turn)
            return
        if answer_matter(turn) or same_kind(turn):
            return
        if explains(turn):
            return
        aspect = turn.talk.get("aspect")
        if aspect == "results":
            show_results(turn, turn.match(), turn.talk.get("shown", 0))
            back_to_question(turn)
        elif aspect in NEXT and subject(turn):
            ANSWERS[NEXT[aspect]]().about(turn, str(turn.scheme))
        elif turn.profile:
            go_on(turn)
        else:
            turn.say("utter_help")
