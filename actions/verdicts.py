"""Why a scheme suits somebody or not, in words."""

from __future__ import annotations

from actions.knowledge import catalogue, joined, wording
from actions.results import MARKS, change_words, deciding
from actions.turn import Turn
from eligibility import Reason, Verdict
from eligibility.window import Window

WHO_ONE_IS = "person"
"""The topic of the facts nobody can change."""


def explain_verdict(turn: Turn, verdict: Verdict) -> None:
    """Say why a scheme suits or not, what would change it, and until when that holds."""
    name = turn.local(catalogue().schemes[verdict.scheme].name)
    wanted, response = {
        "ineligible": ("fails", "utter_why_not"),
        "undetermined": ("unknown", "utter_why_open"),
        "possible": ("margin", "utter_why_possible"),
        "eligible": ("holds", "utter_why_yes"),
    }[verdict.outcome]
    lines = []
    for reason in deciding(verdict.reasons):
        if reason.outcome != wanted:
            continue
        note = turn.local(reason.note) if wanted in ("fails", "margin") else ""
        text = wording().condition(reason, turn.language)
        line = turn.words("noted", text=text, note=note) if note and note != text else text
        lines.append(f"{MARKS[reason.outcome]} {line}")
    turn.say(response, scheme=name, items="\n".join(dict.fromkeys(lines)))
    if verdict.outcome == "ineligible":
        if verdict.changes:
            changes = [change_words(turn, change) for change in verdict.changes[:3]]
            turn.say("utter_change", items=turn.words("or").join(changes))
        elif all(_given(reason) for reason in verdict.reasons if reason.outcome == "fails"):
            turn.say("utter_no_change")
    elif words_of_window := window_words(turn, verdict.window):
        turn.say("utter_window", window=words_of_window)


def _given(reason: Reason) -> bool:
    """Whether a condition is about what somebody is (age…), not about what they do."""
    facts = catalogue().facts
    return all(facts[fact].topic == WHO_ONE_IS for fact in reason.facts)


def window_words(turn: Turn, window: Window | None) -> str:
    """Say between which days a verdict holds; empty where no date bounds it."""
    if window is None:
        return ""
    parts = [
        turn.words(key, date=wording().date(day, turn.language))
        for key, day in (("window_from", window.first), ("window_until", window.last))
        if day is not None
    ]
    return joined(parts, turn.language)
