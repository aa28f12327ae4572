"""Comparing: two schemes line by line where they differ; programmes and institutions in a word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.action import TurnAction
from actions.answers import ANSWERS, SchemeAnswer
from actions.asked import matters
from actions.asking import back_to_question
from actions.following import explains, same_kind
from actions.interview import ActionFindSchemes
from actions.knowledge import catalogue, joined, wording
from actions.matters import TOGETHER, answer_matter, applicants, together
from actions.profile import known_facts, take_aside
from actions.results import benefit_line, decider, mark_lines, suits
from actions.subject import schemes_of
from actions.turn import Turn, button

CONDITIONS = 3
"""So many conditions of each scheme are set side by side."""

CHOICES = 4


class ActionCompareSchemes(TurnAction):
    """Two schemes, programmes or institutions side by side."""

    reads_facts = True

    def take(self, turn: Turn) -> None:
        """Compare what was named, or the scheme in focus with the one named."""
        schemes, umbrellas = _named(turn)
        two = len(schemes) + len(umbrellas) >= 2
        facts = turn.said_facts()
        if facts and not two and "combine" not in matters(turn):
            ActionFindSchemes().take(turn)
            return
        take_aside(turn, facts)
        if "combine" in matters(turn) and answer_matter(turn):
            return
        if len(schemes) == 1 and not two and not {"compare"} & matters(turn):
            SchemeAnswer.take(ANSWERS["scheme"](), turn)
            return
        if same_kind(turn):
            return
        if len(schemes) + len(umbrellas) == 1 and turn.scheme in catalogue().schemes:
            schemes = list(dict.fromkeys([str(turn.scheme), *schemes]))
        if umbrellas and len(schemes) + len(umbrellas) >= 2:
            self._in_a_word(turn, [*umbrellas, *(("scheme", s) for s in schemes)][:2])
        elif len(schemes) >= 2:
            compare(turn, schemes[0], schemes[1])
        elif umbrellas and explains(turn):
            return
        else:
            self._ask_which(turn, schemes)
            return
        back_to_question(turn)

    def _in_a_word(self, turn: Turn, things: list[tuple[str, str]]) -> None:
        """Say of each what it is, for things that have no conditions to set side by side."""
        names, lines = [], []
        for kind, id in things:
            known = getattr(catalogue(), f"{kind}s")[id]
            names.append(turn.local(known.name))
            about = known.about or (known.gives[0].text if kind == "scheme" else None)
            lines.append(turn.words("compare_thing", name=names[-1], about=turn.local(about)))
        buttons = [
            button(name, "ask_scheme", **{kind: id})
            for name, (kind, id) in zip(names, things, strict=True)
        ]
        turn.tell(
            turn.words("and").join(names), "utter_compare_things", buttons, items="\n".join(lines)
        )

    def _ask_which(self, turn: Turn, named: list[str]) -> None:
        best = [v.scheme for v in turn.match().verdicts if suits(v) and v.scheme not in named]
        buttons = [
            button(turn.local(catalogue().schemes[s].name), "compare_schemes", scheme=s)
            for s in best[:CHOICES]
        ]
        if named:
            turn.remember(scheme=named[0])
        turn.say("utter_compare_which", buttons)


def _named(turn: Turn) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the schemes that were named, and the umbrellas and institutions, as (kind, id)."""
    schemes = turn.named("scheme")
    umbrellas = [("institution", name) for name in turn.named("institution")]
    for name in turn.named("programme"):
        parts = schemes_of(name)
        if len(parts) == 1:
            schemes.append(parts[0])
        else:
            umbrellas.append(("programme", name))
    return list(dict.fromkeys(schemes)), umbrellas


def compare(turn: Turn, first: str, second: str) -> None:
    """Set two schemes side by side, only the lines where they differ."""
    names = [_short(turn.local(catalogue().schemes[s].name)) for s in (first, second)]
    sides = [_lines(turn, scheme) for scheme in (first, second)]
    blocks = [
        turn.words(
            "compare_line",
            what=turn.words(f"compare_{key}"),
            first=names[0], one=sides[0][key],
            second=names[1], other=sides[1][key],
        )
        for key in sides[0]
        if sides[0][key] != sides[1][key] and (sides[0][key] or sides[1][key])
    ]  # fmt: skip
    buttons = [
        button(turn.local(catalogue().schemes[s].name), "ask_scheme", scheme=s)
        for s in (first, second)
    ]
    about = turn.words("and").join(names)
    turn.tell(
        about, "utter_compare", buttons, first=names[0], second=names[1], items="\n".join(blocks)
    )
    verdict = together(first, second)
    if verdict != "open":
        turn.say(TOGETHER[verdict], first=names[0], second=names[1])
    turn.remember(scheme=first)
    turn.note(aspect="compare", compared=[first, second])


def _lines(turn: Turn, scheme_id: str) -> dict[str, str]:
    """Return what can be compared of a scheme, by what it is about."""
    match = turn.match()
    scheme = catalogue().schemes[scheme_id]
    verdict = match.verdict(scheme_id)
    marks = mark_lines(turn, verdict.reasons, CONDITIONS)
    theirs = _is_employers(turn, scheme)
    marked = turn.profile and not theirs
    conditions = (f"{m['mark']} {m['text']}" if marked else m["text"] for m in marks)
    word = turn.words("employers") if theirs else wording().verdict(verdict.outcome, turn.language)
    return {
        "whom": applicants(turn, scheme),
        "gives": benefit_line(turn, match, scheme_id),
        "conditions": joined(conditions, turn.language),
        "status": wording().status(scheme, turn.language),
        "decider": decider(turn, scheme_id),
        "you": word if turn.profile else "",
    }


def _is_employers(turn: Turn, scheme: Any) -> bool:
    """Whether it is the employer who applies, and the person looks for work."""
    wishes = known_facts(turn).get(catalogue().seeking_facts[0])
    sought = wishes.get("only", ()) if isinstance(wishes, Mapping) else ()
    return set(scheme.applicant) == {"employer"} and "job" in sought and "hiring" not in sought


def _short(name: str) -> str:
    return name.split(" (")[0]
