"""What-ifs: what would change if other things were true; the profile stays as it is."""

from __future__ import annotations

from typing import Any

from actions.knowledge import bullets, catalogue, wording
from actions.profile import in_words, is_possible
from actions.results import suits
from actions.subject import meant_schemes
from actions.turn import Turn
from eligibility import Verdict

SHOWN = 4
"""So many schemes are named on each side of a what-if."""


def tell_what_if(turn: Turn, facts: dict[str, Any]) -> None:
    """Say what would open and what would close if these facts held.

    The scheme in question comes first, whether it changes or not.
    """
    supposed = {f: v for f, v in facts.items() if is_possible(f, v)}
    before = {v.scheme: v for v in turn.match().verdicts}
    after = turn.match(supposed)
    said = {f: v for f, v in supposed.items() if catalogue().facts[f].echo}
    words_of_facts = in_words(said or supposed, turn.language)
    meant = meant_schemes(turn)
    if not meant and turn.scheme in catalogue().schemes:
        meant = [str(turn.scheme)]
    for verdict in (v for v in after.verdicts if v.scheme in meant[:2]):
        changed = verdict.outcome != before[verdict.scheme].outcome
        turn.say(
            "utter_what_if_scheme" if changed else "utter_what_if_scheme_same",
            facts=words_of_facts,
            scheme=turn.local(catalogue().schemes[verdict.scheme].name),
            verdict=wording().verdict(verdict.outcome, turn.language),
        )
        _say_doubts(turn, verdict.scheme, said or supposed)
    others = [
        v for v in after.verdicts if suits(v) and v.scheme not in meant and after.is_wanted(v)
    ]
    opened = [v for v in others if _rank(v) < _rank(before[v.scheme]) and _rank(v) <= OPEN]
    closed = [
        v
        for v in others
        if _rank(before[v.scheme]) <= OPEN and v.outcome == "ineligible" and not _done(v, supposed)
    ]
    _list(turn, "utter_what_if_opens", opened, words_of_facts)
    _list(turn, "utter_what_if_closes", closed, words_of_facts)
    if not (opened or closed or meant):
        turn.say("utter_what_if_same", facts=words_of_facts)
    else:
        turn.say("utter_what_if_unchanged")


OPEN = 1
_RANKS = {"eligible": 0, "possible": OPEN, "undetermined": 2, "ineligible": 3}


def _rank(verdict: Verdict) -> int:
    return _RANKS[verdict.outcome]


def _say_doubts(turn: Turn, scheme: str, supposed: dict[str, Any]) -> None:
    """Say what our sources leave open about just what is supposed."""
    labels = [turn.local(catalogue().facts[fact].label).casefold() for fact in supposed]
    texts = (turn.local(item.text) for item in catalogue().schemes[scheme].open_questions)
    doubts = [text for text in texts if any(label in text.casefold() for label in labels)]
    if doubts:
        turn.say("utter_open_questions", items=bullets(doubts))


def _done(verdict: Verdict, supposed: dict[str, Any]) -> bool:
    """Whether a scheme is no more for the person only because what it serves for is done."""
    done = {fact for fact, value in supposed.items() if value is True}
    failing = [set(r.facts) for r in verdict.reasons if r.outcome == "fails"]
    return bool(failing) and all(facts <= done for facts in failing)


def _list(turn: Turn, response: str, verdicts: list[Verdict], facts: str) -> None:
    if verdicts:
        names = (turn.local(catalogue().schemes[v.scheme].name) for v in verdicts[:SHOWN])
        turn.say(response, facts=facts, items=bullets(names))
