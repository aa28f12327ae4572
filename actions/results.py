"""Showing schemes: cards of what suits, what nearly does, and the whole list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import eligibility
from actions.knowledge import bullets, catalogue, wording
from actions.turn import Button, Turn, TurnAction, button
from eligibility import Reason, Verdict

CARDS = 3
LINES = 5
MARKS = {"holds": "✓", "fails": "✗", "margin": "?", "unknown": "?"}
_IMPORTANCE = {"fails": 0, "unknown": 1, "margin": 2, "holds": 3}
_GREATNESS = {"fails": 0, "unknown": 1, "margin": 2, "holds": 3}


def certain(verdict: Verdict) -> bool:
    """Whether learning more can no longer turn this verdict into a no."""
    return verdict.outcome in ("eligible", "possible")


def suits(verdict: Verdict) -> bool:
    """Whether the scheme may be recommended at all: a closed one never is."""
    return verdict.status not in ("closed", "suspended")


def nearly(verdict: Verdict) -> bool:
    """Whether only one changeable thing is missing."""
    return (
        verdict.outcome == "ineligible"
        and suits(verdict)
        and any(len(change) == 1 for change in verdict.changes)
    )


def ranked(match: eligibility.Match) -> list[Verdict]:
    """Return the verdicts worth showing, best first: what holds, the near misses, what is open."""
    verdicts = [v for v in match.verdicts if suits(v)]
    return (
        [v for v in verdicts if certain(v)]
        + [v for v in verdicts if nearly(v)]
        + [v for v in verdicts if v.outcome == "undetermined"]
    )


def deciding(reasons: Iterable[Reason]) -> list[Reason]:
    """Flatten groups to the conditions that decide.

    Where the person and the employer have different rules, only the side that fits best is shown.
    """
    flat: list[Reason] = []
    sides = [r for r in reasons if r.rule.applicant]
    best = max(sides, key=lambda r: _GREATNESS[r.outcome], default=None)
    for reason in reasons:
        if reason.rule.applicant:
            if reason is best:
                flat += deciding(reason.parts)
        elif reason.parts and not reason.note:
            parts = deciding(reason.parts)
            alike = [part for part in parts if part.outcome == reason.outcome]
            flat += (alike or parts)[:1] if reason.outcome in ("holds", "margin") else parts
        else:
            flat.append(reason)
    return flat


def mark_lines(turn: Turn, reasons: Iterable[Reason], most: int = LINES) -> list[dict[str, str]]:
    """Return the conditions that matter as texts with ✓, ✗ or ?, the deciding ones first."""
    lines: dict[str, str] = {}
    for reason in sorted(deciding(list(reasons)), key=lambda r: _IMPORTANCE[r.outcome]):
        lines.setdefault(wording().condition(reason, turn.language), MARKS[reason.outcome])
    return [{"text": text, "mark": mark} for text, mark in list(lines.items())[:most] if text]


def benefit_line(turn: Turn, match: eligibility.Match, scheme_id: str) -> str:
    """Return the first benefit that may apply, as one line."""
    for item in match.applicable(catalogue().schemes[scheme_id].gives):
        if item.text:
            return turn.local(item.text)
    return ""


def scheme_buttons(turn: Turn, scheme: str) -> list[Button]:
    """Return the questions one may ask of a scheme."""
    return [
        button(turn.title("papers"), "ask_documents", scheme=scheme),
        button(turn.title("steps"), "ask_steps", scheme=scheme),
        button(turn.title("where"), "ask_place", scheme=scheme),
        button(turn.title("source"), "ask_why", scheme=scheme),
    ]


def card(turn: Turn, match: eligibility.Match, verdict: Verdict) -> dict[str, Any]:
    """Return one scheme as a card."""
    scheme = catalogue().schemes[verdict.scheme]
    return {
        "scheme": verdict.scheme,
        "title": turn.local(scheme.name),
        "line": benefit_line(turn, match, verdict.scheme),
        "verdict": verdict.outcome,
        "conditions": mark_lines(turn, verdict.reasons),
        "buttons": scheme_buttons(turn, verdict.scheme),
    }


def show_results(turn: Turn, match: eligibility.Match, start: int = 0) -> None:
    """Show up to three cards from ``start`` on, and what they are worth."""
    verdicts = ranked(match)
    shown = verdicts[start : start + CARDS]
    if not shown:
        turn.say("utter_no_more" if start else "utter_no_result", _help_buttons(turn))
        return
    if start:
        turn.say("utter_more_results")
    elif certain(shown[0]) or shown[0].outcome == "undetermined":
        turn.say("utter_results")
    else:
        turn.say("utter_near_results")
    turn.show([card(turn, match, verdict) for verdict in shown])
    for verdict in shown:
        if nearly(verdict):
            change = next(c for c in verdict.changes if len(c) == 1)
            turn.say(
                "utter_one_thing_missing",
                scheme=turn.local(catalogue().schemes[verdict.scheme].name),
                change=change_words(turn, change),
            )
    buttons = []
    if len(verdicts) > start + CARDS:
        buttons.append(button(turn.title("more"), "follow_up"))
    turn.say(
        "utter_results_note",
        buttons,
        date=wording().date(match.on, turn.language),
        decider=decider(turn, shown[0].scheme),
    )
    announced = {*turn.talk.get("announced", ()), *(v.scheme for v in shown)}
    turn.note(announced=sorted(announced), aspect="results", shown=start + CARDS)
    turn.remember(scheme=shown[0].scheme)


def change_words(turn: Turn, change: Mapping[str, Any]) -> str:
    """Say a change ("register at ANAPEC") by the words of the facts it sets."""
    return turn.words("and").join(
        wording().value(fact, value, turn.language) for fact, value in change.items()
    )


def decider(turn: Turn, scheme_id: str) -> str:
    """Name who decides about a scheme."""
    scheme = catalogue().schemes[scheme_id]
    for known in (catalogue().office_kinds, catalogue().institutions):
        if scheme.decided_by in known:
            return turn.local(known[scheme.decided_by].name)
    return turn.local(catalogue().institutions[scheme.institution].name)


def _help_buttons(turn: Turn) -> list[Button]:
    return [
        button(turn.title("human"), "human_handoff"),
        button(turn.title("all_schemes"), "list_schemes"),
    ]


class ActionListSchemes(TurnAction):
    """What exists in general: every scheme by name, closed ones marked so."""

    def take(self, turn: Turn) -> None:
        """List the schemes."""
        lines, buttons = [], []
        for scheme in catalogue().schemes.values():
            status = wording().status(scheme, turn.language)
            name = turn.local(scheme.name)
            lines.append(turn.words("scheme_and_verdict", scheme=name, verdict=status))
            buttons.append(button(name, "ask_scheme", scheme=scheme.id))
        turn.say("utter_list_schemes", buttons[:CHOICES_OF_SCHEMES], items=bullets(lines))
        turn.note(aspect="list")


CHOICES_OF_SCHEMES = 6
"""How many schemes are offered as buttons when one must be chosen."""
