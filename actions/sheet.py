"""The orientation sheet: on a page or two, what to gather, where to go, and by which rules."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from actions.action import TurnAction
from actions.asked import matters
from actions.asking import ask_next
from actions.knowledge import SENSITIVE, catalogue, joined, wording, words
from actions.matters import answer_matter, source_lines
from actions.places import office_entries, province
from actions.profile import DECLINED, stated
from actions.results import (
    MARKS,
    benefit_line,
    certain,
    decider,
    deciding,
    near_change,
    ranked,
    suits,
)
from actions.turn import Turn, button
from actions.when_where import calls
from eligibility import Match, Reason, Verdict

SCHEMES = 3
"""A sheet of more schemes than this is not read."""

CODE_LETTERS, CODE_LENGTH = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ", 8

HEADINGS = [
    "title",
    "made",
    "told",
    "schemes",
    "conditions",
    "papers",
    "papers_unknown",
    "steps",
    "where",
    "deadline",
    "decides",
    "sources",
    "cost",
    "delay",
    "notice",
    "marks",
]


class ActionGetSheet(TurnAction):
    """A sheet to keep, print and show: what was said, what suits, papers, steps and offices."""

    def take(self, turn: Turn) -> None:
        """Make the sheet of the best matches, or go on asking where nothing is certain yet."""
        if "show" in matters(turn) and answer_matter(turn):
            return
        match = turn.match()
        verdicts = worth_a_sheet(turn, match)
        if not verdicts:
            turn.say("utter_sheet_empty")
            ask_next(turn, match, "utter_tell_me")
            return
        if any(turn.entities("share")):
            code = new_code()
            turn.keep(share={"code": code, "sheet": sheet(turn, match, verdicts)})
            turn.say("utter_share_code", code=f"{code[:4]}-{code[4:]}")
            return
        names = [turn.local(catalogue().schemes[v.scheme].name) for v in verdicts]
        buttons = [
            button(turn.title("papers"), "ask_documents", scheme=verdicts[0].scheme),
            button(turn.title("where"), "ask_place", scheme=verdicts[0].scheme),
            button(turn.title("share"), "get_sheet", share=True),
        ]
        turn.say("utter_sheet", buttons, schemes=joined(names, turn.language))
        turn.hand_over(sheet(turn, match, verdicts))


def new_code() -> str:
    """Return a code that is easily read out: 40 bits, without letters that look alike."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def worth_a_sheet(turn: Turn, match: Match) -> list[Verdict]:
    """Return the verdicts that a sheet is about: the scheme in focus first, then the best."""
    if not turn.profile:
        return []
    fit = [v for v in ranked(turn, match) if certain(v) or near_change(turn, v)]
    in_focus = [
        v
        for v in match.verdicts
        if v.scheme == turn.scheme and suits(v) and v.outcome != "ineligible"
    ]
    return list({v.scheme: v for v in [*in_focus, *fit]}.values())[:SCHEMES]


def sheet(turn: Turn, match: Match, verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """Return a sheet as plain data, every text in the person's language.

    Returns:
        ``words`` (headings), ``language``, ``dir``, ``date``, ``facts`` (``label``, ``value``),
        ``schemes`` (``name``, ``verdict``, ``line``, ``conditions``, ``papers``, ``steps``,
        ``deadlines``, ``decides``, ``sources``) and ``offices``.
    """
    told = _deciding_facts(verdicts)
    kinds: dict[str, None] = {}
    for verdict in verdicts:
        scheme = catalogue().schemes[verdict.scheme]
        kinds |= dict.fromkeys(scheme.where or (scheme.institution,))
    return {
        "language": turn.language,
        "dir": "rtl" if turn.language == "ary" else "ltr",
        "words": {key: words("sheet", key, turn.language) for key in HEADINGS},
        "date": wording().date(match.on, turn.language),
        "facts": [
            {
                "label": turn.local(catalogue().facts[fact].label),
                "value": wording().value(fact, stated(value), turn.language),
            }
            for fact, value in turn.profile.items()
            if fact in told and stated(value) != DECLINED
        ],
        "schemes": [_scheme(turn, match, verdict) for verdict in verdicts],
        "offices": office_entries(turn, kinds, province(turn)),
    }


def _scheme(turn: Turn, match: Match, verdict: Verdict) -> dict[str, Any]:
    scheme = catalogue().schemes[verdict.scheme]
    deadline = [turn.local(scheme.deadline)] if scheme.deadline else []
    return {
        "name": turn.local(scheme.name),
        "verdict": wording().verdict(verdict.outcome, turn.language),
        "line": benefit_line(turn, match, verdict.scheme),
        "conditions": _conditions(turn, verdict.reasons),
        "papers": [_paper(turn, item) for item in match.applicable(scheme.documents)],
        "steps": [turn.local(step.text) for step in match.applicable(scheme.steps)],
        "deadlines": [wording().status(scheme, turn.language), *deadline, *calls(turn, scheme)],
        "decides": decider(turn, scheme.id),
        "sources": source_lines(turn, scheme, verdict),
    }


def _conditions(turn: Turn, reasons: Iterable[Reason]) -> list[dict[str, str]]:
    """Return every condition with its mark; those on sensitive facts stay off paper."""
    lines = {
        wording().condition(reason, turn.language): MARKS[reason.outcome]
        for reason in deciding(list(reasons))
        if not any(catalogue().facts[fact].topic == SENSITIVE for fact in reason.facts)
    }
    return [{"text": text, "mark": mark} for text, mark in lines.items() if text]


def _paper(turn: Turn, item: Any) -> dict[str, str]:
    """Return a paper with what is known of getting it; unknown parts are empty."""
    known = catalogue().documents[item.id]
    parts = {"note": item.note, "where": known.where, "cost": known.cost, "delay": known.delay}
    found = {key: turn.local(texts) if texts else "" for key, texts in parts.items()}
    return {"name": turn.local(known.name), **found}


def _deciding_facts(verdicts: Iterable[Verdict]) -> set[str]:
    """Return the facts that these verdicts rest on, but for sensitive ones."""
    used = {fact for verdict in verdicts for reason in verdict.reasons for fact in reason.facts}
    return {fact for fact in used | {"province"} if catalogue().facts[fact].topic != SENSITIVE}
