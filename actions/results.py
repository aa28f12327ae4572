"""Showing schemes: cards of what suits, what nearly does, and the whole list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import eligibility
from actions.knowledge import bullets, catalogue, joined, step_words, wording
from actions.turn import Button, Turn, button
from eligibility import Reason, Verdict

CARDS = 3
LINES = 5
LITTLE = 2
"""A scheme is a near miss when so few changes make it eligible."""
MARKS = {"holds": "✓", "fails": "✗", "margin": "?", "unknown": "?"}
_OUTCOMES = {"fails": 0, "unknown": 1, "margin": 2, "holds": 3}


def certain(verdict: Verdict) -> bool:
    """Whether learning more can no longer turn this verdict into a no."""
    return verdict.outcome in ("eligible", "possible")


def suits(verdict: Verdict) -> bool:
    """Whether the scheme may be recommended at all: a closed one never is."""
    return verdict.status not in ("closed", "suspended")


def near_change(turn: Turn, verdict: Verdict) -> Mapping[str, Any] | None:
    """Return the little that is missing for a scheme to be eligible; None when it is more."""
    if verdict.outcome != "ineligible" or not suits(verdict):
        return None
    for change in verdict.changes:
        changed = turn.match(dict(change)) if len(change) <= LITTLE else None
        if changed and changed.verdict(verdict.scheme).outcome == "eligible":
            return change
    return None


def ranked(turn: Turn, match: eligibility.Match) -> list[Verdict]:
    """Return the verdicts worth showing, best first: what holds, the near misses, what is open."""
    verdicts = [v for v in match.verdicts if suits(v)]
    wanted = [v for v in verdicts if match.is_wanted(v)]
    return (
        [v for v in verdicts if certain(v)]
        + [v for v in wanted if near_change(turn, v)]
        + [v for v in wanted if v.outcome == "undetermined"]
    )


def deciding(reasons: Iterable[Reason]) -> list[Reason]:
    """Return the conditions to show.

    Where the person and the employer have different rules, only the side that fits best counts.
    """
    shown: list[Reason] = []
    sides = [r for r in reasons if r.rule.applicant]
    best = max(sides, key=lambda r: _OUTCOMES[r.outcome], default=None)
    for reason in reasons:
        if reason is best:
            shown += reason.parts
        elif not reason.rule.applicant:
            shown.append(reason)
    return shown


def mark_lines(turn: Turn, reasons: Iterable[Reason], most: int = LINES) -> list[dict[str, str]]:
    """Return the conditions that matter as texts with ✓, ✗ or ?, the deciding ones first."""
    lines: dict[str, str] = {}
    for reason in sorted(deciding(list(reasons)), key=lambda r: _OUTCOMES[r.outcome]):
        lines.setdefault(wording().condition(reason, turn.language), MARKS[reason.outcome])
    return [{"text": text, "mark": mark} for text, mark in list(lines.items())[:most] if text]


def benefit_line(turn: Turn, match: eligibility.Match, scheme_id: str) -> str:
    """Return the first benefit that may apply, as one line."""
    for item in match.benefits(scheme_id):
        if item.text:
            return turn.local(item.text)
    return ""


def scheme_buttons(turn: Turn, scheme: str) -> list[Button]:
    """Return the questions one may ask of a scheme."""
    return [
        button(turn.title("papers"), "ask_documents", scheme=scheme),
        button(turn.title("steps"), "ask_steps", scheme=scheme),
        button(turn.title("where"), "ask_place", scheme=scheme),
        source_button(turn, scheme),
    ]


def source_button(turn: Turn, scheme: str) -> Button:
    """Return the button that asks where a scheme's rules are written."""
    return button(turn.title("source"), "ask_why", scheme=scheme, matter="source")


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


def show_results(
    turn: Turn, match: eligibility.Match, start: int = 0, only: Collection[str] = ()
) -> None:
    """Show up to three cards from ``start`` on, and what they are worth.

    Args:
        turn: The turn to answer.
        match: The person's match.
        start: How many have been shown before.
        only: Schemes that were asked for by name; the others stay out.
    """
    verdicts = [v for v in ranked(turn, match) if not only or v.scheme in only]
    shown = _worth_a_page(verdicts[start : start + CARDS])
    if not shown:
        turn.say("utter_no_more" if start else "utter_no_result", _help_buttons(turn))
        return
    cards = [card(turn, match, verdict) for verdict in shown]
    end = start + len(shown)
    more = [button(turn.title("more"), "follow_up")] if len(verdicts) > end else []
    turn.note(aspect="results", shown=end, shown_schemes=[v.scheme for v in shown])
    if not turn.is_news(cards):
        names = (turn.local(catalogue().schemes[v.scheme].name) for v in shown)
        turn.say("utter_same_results", [*more, *_again_buttons(turn, shown)], items=bullets(names))
        return
    if start:
        turn.say("utter_more_results")
    elif certain(shown[0]) or shown[0].outcome == "undetermined":
        turn.say("utter_results")
    else:
        turn.say("utter_near_results")
    turn.show(cards)
    announced = set(turn.talk.get("announced", ()))
    for verdict in shown:
        change = near_change(turn, verdict)
        if change and verdict.scheme not in announced:
            turn.say(
                "utter_little_missing",
                scheme=turn.local(catalogue().schemes[verdict.scheme].name),
                change=change_words(turn, change),
            )
    buttons = [*more, button(turn.title("sheet"), "get_sheet")]
    turn.say(
        "utter_results_note",
        buttons,
        date=wording().date(match.on, turn.language),
        decider=joined(dict.fromkeys(decider(turn, v.scheme) for v in shown), turn.language),
    )
    announced |= {v.scheme for v in shown}
    carded = {*turn.talk.get("carded", ()), *(v.scheme for v in verdicts if certain(v))}
    turn.note(
        announced=sorted(announced),
        carded=sorted(carded),
    )
    turn.remember(scheme=shown[0].scheme)


def _worth_a_page(verdicts: list[Verdict]) -> list[Verdict]:
    """Leave out, beside what holds, the schemes of which more is open than known."""
    if not verdicts or verdicts[0].outcome == "undetermined":
        return verdicts
    return [v for v in verdicts if v.outcome != "undetermined" or v.holding >= v.open]


def change_words(turn: Turn, change: Mapping[str, Any]) -> str:
    """Say a change as what to do ("register at ANAPEC"), else by the words of what becomes true."""
    return turn.words("and").join(
        step_words(fact, value, turn.language) or wording().value(fact, value, turn.language)
        for fact, value in change.items()
    )


def decider(turn: Turn, scheme_id: str) -> str:
    """Name who decides about a scheme."""
    scheme = catalogue().schemes[scheme_id]
    for known in (catalogue().office_kinds, catalogue().institutions):
        if scheme.decided_by is not None and scheme.decided_by in known:
            return turn.local(known[scheme.decided_by].name)
    return turn.local(catalogue().institutions[scheme.institution].name)


def _help_buttons(turn: Turn) -> list[Button]:
    return [
        button(turn.title("human"), "human_handoff"),
        button(turn.title("all_schemes"), "list_schemes"),
    ]


def _again_buttons(turn: Turn, verdicts: Iterable[Verdict]) -> list[Button]:
    """Return what may still be asked of schemes that were shown before."""
    names = [
        button(turn.local(catalogue().schemes[v.scheme].name), "ask_steps", scheme=v.scheme)
        for v in verdicts
    ]
    return [*names, button(turn.title("sheet"), "get_sheet")]
