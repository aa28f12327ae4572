"""Answers and wishes of the person: facts, corrections, yes and no, skipping, searching."""

from __future__ import annotations

from actions.action import TurnAction
from actions.asked import door, matters, schemes_in_words
from actions.asking import (
    ask,
    ask_next,
    ask_side,
    back_to_question,
    go_on,
    show_now,
    tell_minor,
)
from actions.dossier import about_dossier
from actions.explained import say_instead
from actions.following import explains, same_kind
from actions.knowledge import catalogue
from actions.matters import answer_matter
from actions.nearby import NEAR, ask_whether_there, fact_agreed_to, place_pointed_to
from actions.person import ActionDeleteData
from actions.places import PROVINCE, say_places
from actions.profile import (
    DECLINED,
    Taken,
    ask_about_contradiction,
    ask_about_sum,
    replaced_numbers,
    say_back,
    settle_contradiction,
    take_facts,
)
from actions.reminding import CONSENT, switch
from actions.results import show_results
from actions.subject import has_two_sides, meant_schemes
from actions.turn import FORGET, Turn
from actions.verdicts import explain_verdict
from actions.what_if import tell_what_if

TRIES = 2
"""After so many answers that were none, a question is left alone."""


class ActionTakeAnswer(TurnAction):
    """Facts, corrections, yes, no and "I don't know": take them and go on."""

    reads_facts = True

    def take(self, turn: Turn) -> None:
        """Take the answer."""
        if turn.pending == FORGET:
            self._forget_or_not(turn)
            return
        if "forget" in matters(turn):  # whatever was asked, "erase everything" is no answer to it
            ActionDeleteData().take(turn)
            return
        if place := place_pointed_to(turn):
            ask_whether_there(turn, place)
            return
        if turn.pending == CONSENT and turn.intent in ("affirm", "deny"):
            turn.remember(pending=None)
            switch(turn, turn.intent == "affirm", turn.dossiers)
            return
        if turn.pending == NEAR and turn.intent in ("affirm", "deny"):
            self._there_or_not(turn)
            return
        facts = {**turn.said_facts(), **replaced_numbers(turn)}
        if turn.hypothetical and facts:
            tell_what_if(turn, facts)
            back_to_question(turn)
            return
        if not facts and about_dossier(turn):
            return
        if not facts and (answer_matter(turn) or same_kind(turn)):
            return
        if turn.entities("ambiguous"):
            say_back(turn, take_facts(turn, facts))
            if ask_about_sum(turn):
                return
        if not facts and turn.intent == "dont_know" and turn.pending in catalogue().facts:
            skip(turn)
            return
        if "for_me" in matters(turn) and (named := schemes_in_words(turn)):
            wishes = set(catalogue().seeking_facts)
            say_back(turn, take_facts(turn, {f: v for f, v in facts.items() if f not in wishes}))
            tell_about(turn, named)
            return
        settled = settle_contradiction(turn, facts)
        taken = take_facts(turn, facts)
        say_back(turn, taken)
        if taken.something or settled:
            self._go_on_after(turn, taken)
        elif facts and not taken.refused:
            turn.say("utter_known_already")
            turn.remember(pending=None)
            go_on(turn)
        elif not facts and turn.intent == "inform" and (answer := door(turn)):
            turn.say("utter_door", answer=answer)
        elif turn.pending in catalogue().facts:
            self._ask_again(turn, taken)
        elif turn.profile:
            if turn.intent == "inform":
                turn.say("utter_nothing_new")
            go_on(turn)
        else:
            ask_next(turn, turn.match(), "utter_tell_me")

    def _there_or_not(self, turn: Turn) -> None:
        turn.remember(pending=None)
        if facts := fact_agreed_to(turn):
            say_back(turn, take_facts(turn, facts))
            go_on(turn)
        else:
            ask(turn, PROVINCE)

    def _go_on_after(self, turn: Turn, taken: Taken) -> None:
        turn.remember(pending=None)
        turn.note(tries=0)
        kinds = turn.talk.get("places_wanted")
        tell_minor(turn, taken)
        where = {**taken.new, **taken.corrected}.get(PROVINCE)
        if kinds and where is not None:
            turn.note(places_wanted=None)
        if kinds and where not in (None, DECLINED):
            say_places(turn, kinds)
        else:
            go_on(turn)

    def _ask_again(self, turn: Turn, taken: Taken) -> None:
        """Put the question again in other words; after some tries leave it alone."""
        fact, tries = str(turn.pending), turn.talk.get("tries", 0)
        if taken.refused:
            ask(turn, fact)
        elif tries < TRIES:
            turn.note(tries=tries + 1)
            ask(turn, fact, "utter_ask_again" if tries == 0 else "utter_ask_or_skip")
        else:
            skip(turn, "utter_left_alone")

    def _forget_or_not(self, turn: Turn) -> None:
        turn.remember(pending=None)
        if turn.intent == "affirm":
            turn.erase_everything()
            turn.say("utter_forgotten")
        else:
            turn.say("utter_not_forgotten")


def skip(turn: Turn, response: str = "utter_skipped") -> None:
    """Leave the question that is open, for good, and go on; what was told of it stays."""
    fact = str(turn.pending)
    if turn.talk.get("clash"):
        turn.note(rested=sorted({*turn.talk.get("rested", ()), fact}))
        response = "utter_clash_left"
    else:
        take_facts(turn, {fact: DECLINED})
    if fact == PROVINCE:
        turn.note(places_wanted=None)
    turn.note(tries=0, clash=None)
    turn.say(response)
    turn.remember(pending=None)
    go_on(turn)


class ActionCancel(TurnAction):
    """Leave or refuse this question: it is not asked again."""

    def take(self, turn: Turn) -> None:
        """Skip the pending question, or leave the topic."""
        if answer_matter(turn):
            return
        asked = turn.pending in catalogue().facts
        if turn.reminders and (not asked or turn.talk.get("aspect") == "reminder"):
            switch(turn, False, turn.dossiers)
            return
        if turn.pending is not None and turn.pending in catalogue().facts:
            skip(turn)
        else:
            turn.remember(pending=None, scheme=None)
            turn.say("utter_cancelled")


class ActionFindSchemes(TurnAction):
    """What could I get: take the facts of the message, then ask on or show what is known."""

    reads_facts = True

    def take(self, turn: Turn) -> None:
        """Search for what suits the person."""
        facts = turn.said_facts()
        if turn.hypothetical and facts:
            tell_what_if(turn, facts)
            back_to_question(turn)
            return
        if not facts and (
            about_dossier(turn) or answer_matter(turn) or same_kind(turn) or explains(turn)
        ):
            return
        taken = take_facts(turn, facts)
        say_back(turn, taken)
        tell_minor(turn, taken)
        if ask_about_sum(turn) or ask_about_contradiction(turn, turn.match()):
            return
        meant = meant_schemes(turn)
        if meant:
            tell_about(turn, meant)
        elif not turn.profile:
            ask_next(turn, turn.match(), "utter_tell_me")
        elif taken.something:
            go_on(turn)
        else:
            show_now(turn)


def tell_about(turn: Turn, meant: list[str]) -> None:
    """Say whether the schemes that were named suit the person; ask on where that is open."""
    if has_two_sides(turn, meant):
        turn.note(about=meant)
        turn.remember(scheme=meant[0])
        ask_side(turn)
        return
    match = turn.match()
    if len(meant) == 1 and match.verdict(meant[0]).outcome == "ineligible":
        turn.remember(scheme=meant[0])
        explain_verdict(turn, match.verdict(meant[0]))
        say_instead(turn, meant[0])
        ask_next(turn, match, "utter_ask_back")
        return
    show_results(turn, match, only=meant)
    fact = match.question_about(meant)
    if fact is not None:
        turn.note(about=meant)
        ask(turn, fact, "utter_ask_back")
