"""The interview: taking an answer, telling what is already certain, asking the next question."""

from __future__ import annotations

from typing import Any

import eligibility
from actions.knowledge import bullets, catalogue, wording
from actions.nearby import NEAR, ask_whether_there, fact_agreed_to, place_pointed_to
from actions.places import PROVINCE, say_places
from actions.profile import (
    DECLINED,
    ask_about_contradiction,
    ask_about_sum,
    in_words,
    is_possible,
    replaced_numbers,
    say_back,
    take_facts,
)
from actions.results import certain, change_words, near_change, show_results, suits
from actions.subject import meant_schemes
from actions.turn import Button, Turn, TurnAction, button

CHOICE_BUTTONS = 6
"""A choice shows its first values as buttons; a long menu helps nobody, free text always works."""

SCALE_BUTTONS = 8
"""A scale (levels of study) is shown whole up to this length."""

FEW = 4
"""Up to so many answers there is room for "I don't know" beside them."""

QUESTIONS_BEFORE_RESULTS = 4
"""After so many questions the results are shown, whatever could still be asked."""

SENSITIVE = "sensitive"
"""The topic of questions that are asked only while nothing else has helped."""

OURSELVES = 2
"""How often a question is put again after answers to the person's own; then it rests."""


def ask_next(turn: Turn, match: eligibility.Match, response: str = "utter_ask") -> bool:
    """Ask the next question that matters, first what is sought; False when none is left."""
    fact = next_fact(turn, match)
    if fact is None:
        turn.remember(pending=None)
        return False
    ask(turn, fact, response)
    return True


def next_fact(turn: Turn, match: eligibility.Match) -> str | None:
    """Return the fact to ask next: first what is sought; nothing sensitive once help is found."""
    unsaid = (wish for wish in catalogue().seeking_facts if wish not in turn.profile)
    fact = match.next_question and (next(unsaid, None) or match.next_wanted_question)
    if fact and catalogue().facts[fact].topic == SENSITIVE and sure_of(match):
        return None
    return fact


def sure_of(match: eligibility.Match) -> set[str]:
    """Return the schemes that are certain and give what the person seeks."""
    return {v.scheme for v in match.verdicts if certain(v) and suits(v) and match.is_wanted(v)}


def ask(turn: Turn, fact: str, response: str = "utter_ask", **values: Any) -> None:
    """Ask for one fact, with its values as buttons."""
    turn.remember(pending=fact)
    question = turn.local(catalogue().facts[fact].ask)
    turn.say(response, answer_buttons(turn, fact), question=question, **values)


def answer_buttons(turn: Turn, fact_id: str) -> list[Button]:
    """Return the buttons under a question: its values, then a way around it."""
    fact = catalogue().facts[fact_id]
    buttons: list[Button] = []
    most = SCALE_BUTTONS if fact.type == "ordered" else CHOICE_BUTTONS
    for value, choice in list(fact.choices.items())[:most]:
        said = [value] if fact.type == "set" else value
        buttons.append(
            button(turn.local(choice.label), "inform", fact={"id": fact_id, "value": said})
        )
    if len(buttons) <= FEW:
        buttons.append(button(turn.title("dont_know"), "dont_know"))
    buttons.append(button(turn.title("why_ask"), "ask_why"))
    return buttons


def tell_early(turn: Turn, match: eligibility.Match) -> None:
    """Name the schemes that have just become certain, once each."""
    announced = list(turn.talk.get("announced", ()))
    fresh = [v for v in match.verdicts if certain(v) and suits(v) and v.scheme not in announced]
    if not fresh:
        tell_near_miss(turn, match, announced)
        return
    schemes = catalogue().schemes
    lines = [
        turn.words(
            "scheme_and_verdict",
            scheme=turn.local(schemes[v.scheme].name),
            verdict=wording().verdict(v.outcome, turn.language),
        )
        for v in fresh[:3]
    ]
    turn.say("utter_early_more" if announced else "utter_early", items=bullets(lines))
    turn.note(announced=announced + [v.scheme for v in fresh])


def tell_near_miss(turn: Turn, match: eligibility.Match, announced: list[str]) -> None:
    """Name one scheme for which little is missing, once."""
    for verdict in match.verdicts:
        known = turn.profile and match.is_wanted(verdict) and verdict.holding
        change = near_change(turn, verdict) if known and verdict.scheme not in announced else None
        if change:
            name = turn.local(catalogue().schemes[verdict.scheme].name)
            turn.say("utter_little_missing", scheme=name, change=change_words(turn, change))
            turn.note(announced=[*announced, verdict.scheme])
            return


def go_on(turn: Turn) -> None:
    """Continue after an answer: the next question, or the results when there is none left.

    Nothing is shown twice: when all is said and nothing is new, that is what is said.
    """
    match = turn.match()
    if ask_about_contradiction(turn, match):
        return
    about = turn.talk.get("about")
    if about:
        fact = match.question_about(about)
        if fact is not None:
            ask(turn, fact)
            return
        turn.note(about=None)
        show_results(turn, match, only=about)
        ask_next(turn, match, "utter_ask_back")
        return
    asked = turn.talk.get("asked", 0)
    fresh = bool(sure_of(match) - set(turn.talk.get("carded", ())))
    last = next_fact(turn, match) is None or asked >= QUESTIONS_BEFORE_RESULTS
    if last and not fresh and turn.talk.get("carded"):
        turn.note(asked=0)
        if not ask_next(turn, match):
            turn.say("utter_no_more", result_buttons(turn))
    elif last:
        turn.note(asked=0)
        show_results(turn, match)
        ask_next(turn, match, "utter_ask_back")
    else:
        tell_early(turn, match)
        turn.note(asked=asked + 1)
        ask_next(turn, match)


def result_buttons(turn: Turn) -> list[Button]:
    """Return what one may do when all has been said."""
    return [
        button(turn.title("results"), "find_schemes"),
        button(turn.title("sheet"), "get_sheet"),
        button(turn.title("human"), "human_handoff"),
    ]


def back_to_question(turn: Turn) -> None:
    """After a question of the person's own, come back to ours where it was, but do not nag."""
    if not turn.pending or turn.pending not in catalogue().facts:
        return
    put = turn.talk.get("put_again", 0) if turn.talk.get("put") == turn.pending else 0
    if put < OURSELVES:
        ask(turn, turn.pending, "utter_ask_back")
        turn.note(put=turn.pending, put_again=put + 1)


class ActionTakeAnswer(TurnAction):
    """Facts, corrections, yes, no and "I don't know": take them and go on."""

    def take(self, turn: Turn) -> None:
        """Take the answer."""
        if turn.pending == "forget":
            self._forget_or_not(turn)
            return
        if place := place_pointed_to(turn):
            ask_whether_there(turn, place)
            return
        if turn.pending == NEAR and turn.intent in ("affirm", "deny"):
            self._there_or_not(turn)
            return
        facts = {**turn.said_facts(), **replaced_numbers(turn)}
        if turn.hypothetical and facts:
            tell_what_if(turn, facts)
            back_to_question(turn)
            return
        if ask_about_sum(turn):
            say_back(turn, take_facts(turn, facts))
            return
        if not facts and turn.intent == "dont_know" and turn.pending in catalogue().facts:
            facts = {str(turn.pending): DECLINED}
            turn.say("utter_skipped")
        taken = take_facts(turn, facts)
        if turn.intent != "dont_know":
            say_back(turn, taken)
        if taken.something:
            turn.remember(pending=None)
            kinds = turn.talk.get("places_wanted")
            if kinds and PROVINCE in taken.new:
                turn.note(places_wanted=None)
                say_places(turn, kinds)
            else:
                go_on(turn)
        elif turn.pending and not taken.refused:
            ask(turn, turn.pending, "utter_ask_again")
        elif turn.pending:
            ask(turn, turn.pending)
        elif turn.profile:
            if not taken.refused and turn.intent == "inform":
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

    def _forget_or_not(self, turn: Turn) -> None:
        turn.remember(pending=None)
        if turn.intent == "affirm":
            turn.erase_everything()
            turn.say("utter_forgotten")
        else:
            turn.say("utter_not_forgotten")


class ActionCancel(TurnAction):
    """Leave or refuse this question: it is not asked again."""

    def take(self, turn: Turn) -> None:
        """Skip the pending question, or leave the topic."""
        if turn.pending is not None and turn.pending in catalogue().facts:
            take_facts(turn, {turn.pending: DECLINED})
            turn.say("utter_skipped")
            turn.remember(pending=None)
            go_on(turn)
        else:
            turn.remember(pending=None, scheme=None)
            turn.say("utter_cancelled")


class ActionFindSchemes(TurnAction):
    """What could I get: take the facts of the message, then ask on or show what is known."""

    def take(self, turn: Turn) -> None:
        """Search for what suits the person."""
        facts = turn.said_facts()
        if turn.hypothetical and facts:
            tell_what_if(turn, facts)
            back_to_question(turn)
            return
        must_ask = ask_about_sum(turn)
        taken = take_facts(turn, facts)
        say_back(turn, taken)
        if must_ask:
            return
        match = turn.match()
        meant = meant_schemes(turn)
        if not turn.profile:
            ask_next(turn, match, "utter_tell_me")
        elif meant and not ask_about_contradiction(turn, match):
            show_results(turn, match, only=meant)
            fact = match.question_about(meant)
            if fact is not None:
                turn.note(about=meant)
                ask(turn, fact, "utter_ask_back")
        elif taken.something:
            go_on(turn)
        elif ask_about_contradiction(turn, match):
            return
        else:
            show_results(turn, match)
            turn.note(asked=0)
            ask_next(turn, match, "utter_ask_back")


def tell_what_if(turn: Turn, facts: dict[str, Any]) -> None:
    """Say what would change if these facts held; the profile stays as it is."""
    supposed = {f: v for f, v in facts.items() if is_possible(f, v)}
    before = {v.scheme: v.outcome for v in turn.match().verdicts}
    after = turn.match(supposed)
    meant = [*meant_schemes(turn), *filter(None, [turn.scheme])]
    changed = [v for v in after.verdicts if suits(v) and v.outcome != before[v.scheme]]
    shown = sorted(
        (v for v in after.verdicts if v in changed or v.scheme in meant),
        key=lambda v: v.scheme not in meant,
    )
    words_of_facts = in_words(supposed, turn.language)
    if not changed:
        turn.say("utter_what_if_same", facts=words_of_facts)
        return
    lines = [
        turn.words(
            "scheme_and_verdict",
            scheme=turn.local(catalogue().schemes[v.scheme].name),
            verdict=wording().verdict(v.outcome, turn.language),
        )
        for v in shown[:5]
    ]
    turn.say("utter_what_if", facts=words_of_facts, items=bullets(lines))
