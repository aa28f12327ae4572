"""The interview: telling what is already certain, asking the next question, or showing results."""

from __future__ import annotations

from collections.abc import Mapping

import eligibility
from actions.knowledge import bullets, catalogue, wording
from actions.profile import (
    DECLINED,
    SENSITIVE,
    Taken,
    ask_about_contradiction,
    known_facts,
    stated,
)
from actions.results import certain, change_words, near_change, show_results, suits
from actions.turn import Button, Turn, button

CHOICE_BUTTONS = 6
"""A choice shows its first values as buttons; a long menu helps nobody, free text always works."""

SCALE_BUTTONS = 8
"""A scale (levels of study) is shown whole up to this length."""

FEW = 4
"""Up to so many answers there is room for "I don't know" beside them."""

QUESTIONS_BEFORE_RESULTS = 4
"""After so many questions the results are shown, whatever could still be asked."""

NEARLY_DONE = 2
"""How many questions are left is told once there are so few."""

OURSELVES = 2
"""How often a question is put again after answers to the person's own; then it rests."""

WORK = {"job", "training"}
"""Who seeks only these is not asked about a project before the rest."""

PROJECT = ("project", "business")
"""The topics of facts about a project."""

GROWN_UP = 18

SIDES = ("job", "hiring")
"""What the two sides of a work contract seek."""


def ask_next(turn: Turn, match: eligibility.Match, response: str = "utter_ask") -> bool:
    """Ask the next question that matters, first what is sought; False when none is left."""
    fact = next_fact(turn, match)
    if fact is None:
        turn.remember(pending=None)
        return False
    left = questions_left(turn, match)
    if response == "utter_ask" and left <= NEARLY_DONE:
        response = "utter_ask_last" if left == 1 else "utter_ask_few"
    ask(turn, fact, response)
    return True


def next_fact(turn: Turn, match: eligibility.Match) -> str | None:
    """Return the fact to ask next: first what is sought; nothing sensitive once help is found."""
    rested = turn.talk.get("rested", ())
    if rested:
        match = turn.match(dict.fromkeys(rested, DECLINED))
    unsaid = (wish for wish in catalogue().seeking_facts if wish not in turn.profile)
    fact = match.next_question and (
        next(unsaid, None) or _about_work(turn, match) or match.next_wanted_question
    )
    if fact and catalogue().facts[fact].topic == SENSITIVE and sure_of(match):
        return None
    return fact


def _about_work(turn: Turn, match: eligibility.Match) -> str | None:
    """Return the next question that says nothing of a project; only for who seeks only work."""
    if not _seeks_only_work(turn):
        return None
    project = (f.id for f in catalogue().facts.values() if f.topic in PROJECT)
    later = {fact: DECLINED for fact in project if fact not in turn.profile}
    return turn.match(later).next_wanted_question


def _seeks_only_work(turn: Turn) -> bool:
    wishes = stated(turn.profile.get(catalogue().seeking_facts[0]))
    sought = set(wishes.get("only", ())) if isinstance(wishes, Mapping) else set()
    return bool(sought) and sought <= WORK


def questions_left(turn: Turn, match: eligibility.Match) -> int:
    """Return at most how many questions can still change something for what is sought."""
    open_verdicts = (v for v in match.verdicts if v.outcome == "undetermined" and suits(v))
    missing = {fact for v in open_verdicts if match.is_wanted(v) for fact in v.missing}
    return len({f for f in missing if stated(turn.profile.get(f)) != DECLINED})


def sure_of(match: eligibility.Match) -> set[str]:
    """Return the schemes that are certain and give what the person seeks."""
    return {v.scheme for v in match.verdicts if certain(v) and suits(v) and match.is_wanted(v)}


def ask(turn: Turn, fact: str, response: str = "utter_ask") -> None:
    """Ask for one fact, with its values as buttons; a sensitive one with a word why."""
    turn.remember(pending=fact)
    turn.has_asked = True
    question = turn.question(fact)
    if response == "utter_ask_back":
        question = _inside_a_sentence(question)
    if catalogue().facts[fact].topic == SENSITIVE:
        why = turn.local(catalogue().facts[fact].why)
        buttons = [*answer_buttons(turn, fact)[:-1], button(turn.title("skip"), "cancel")]
        turn.say("utter_ask_sensitive", buttons, question=question, why=why)
    elif response == "utter_ask_few":
        left = wording().quantity(NEARLY_DONE, "questions", turn.language)
        turn.say(response, answer_buttons(turn, fact), question=question, left=left)
    else:
        turn.say(response, answer_buttons(turn, fact), question=question)


def _inside_a_sentence(question: str) -> str:
    """Write a question small after a colon, but for a name in capitals."""
    return question if question[1:2].isupper() else question[:1].lower() + question[1:]


def answer_buttons(turn: Turn, fact_id: str) -> list[Button]:
    """Return the buttons under a question: its values, then a way around it."""
    fact = catalogue().facts[fact_id]
    most = SCALE_BUTTONS if fact.type == "ordered" else CHOICE_BUTTONS
    buttons = [value_button(turn, fact_id, value) for value in list(fact.choices)[:most]]
    if len(buttons) <= FEW:
        buttons.append(button(turn.title("dont_know"), "dont_know"))
    buttons.append(button(turn.title("why_ask"), "ask_why"))
    return buttons


def value_button(turn: Turn, fact_id: str, value: object) -> Button:
    """Return the button that answers with one value of a fact."""
    fact = catalogue().facts[fact_id]
    said = [value] if fact.type == "set" else value
    label = turn.local(fact.choices[value].label)
    return button(label, "inform", fact={"id": fact_id, "value": said})


def ask_side(turn: Turn) -> None:
    """Ask who applies: somebody who looks for work, or somebody who hires."""
    wish = catalogue().seeking_facts[0]
    turn.remember(pending=wish)
    turn.has_asked = True
    turn.say("utter_ask_side", [value_button(turn, wish, side) for side in SIDES])


def tell_early(turn: Turn, match: eligibility.Match) -> None:
    """Name the schemes that have just become certain, once each."""
    announced = list(turn.talk.get("announced", ()))
    fresh = [
        v
        for v in match.verdicts
        if v.outcome == "eligible" and suits(v) and match.is_wanted(v) and v.scheme not in announced
    ]
    if not fresh:
        tell_near_miss(turn, match, announced)
        return
    names = [turn.local(catalogue().schemes[v.scheme].name) for v in fresh[:3]]
    turn.say("utter_early_more" if announced else "utter_early", items=bullets(names))
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


def tell_minor(turn: Turn, taken: Taken) -> None:
    """Tell somebody under age honestly that most doors open at eighteen."""
    age = known_facts(turn).get("age")
    if not isinstance(age, (int, float)) or age >= GROWN_UP:
        return
    told = {**taken.new, **taken.corrected}
    wishes = told.get(catalogue().seeking_facts[0]) or {}
    if "age" in told:
        turn.say("utter_minor")
    elif set(wishes.get("only", ())) - WORK:
        turn.say("utter_minor_waits")


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
    last = (
        next_fact(turn, match) is None
        or asked >= QUESTIONS_BEFORE_RESULTS
        or (_seeks_only_work(turn) and not turn.talk.get("shown") and not _about_work(turn, match))
    )
    if last and not fresh and turn.talk.get("carded"):
        turn.note(asked=0)
        if not ask_next(turn, match):
            turn.say("utter_no_more", result_buttons(turn))
    elif last:
        show_now(turn)
    else:
        tell_early(turn, match)
        ask_next(turn, match)
        if turn.pending != turn.talk.get("asked_last"):  # a correction costs no question
            turn.note(asked=asked + 1, asked_last=turn.pending)


def show_now(turn: Turn) -> None:
    """Show what is known so far, and leave the next question open below it."""
    match = turn.match()
    turn.note(asked=0, about=None)
    show_results(turn, match)
    ask_next(turn, match, "utter_ask_back")


def result_buttons(turn: Turn) -> list[Button]:
    """Return what one may do when all has been said."""
    return [
        button(turn.title("results"), "find_schemes"),
        button(turn.title("sheet"), "get_sheet"),
        button(turn.title("human"), "human_handoff"),
    ]


def back_to_question(turn: Turn) -> None:
    """After a question of the person's own, come back to ours where it was, but do not nag."""
    if turn.has_asked or turn.pending not in catalogue().facts:
        return
    put = turn.talk.get("put_again", 0) if turn.talk.get("put") == turn.pending else 0
    if put < OURSELVES:
        ask(turn, str(turn.pending), "utter_ask_back")
        turn.note(put=turn.pending, put_again=put + 1)
