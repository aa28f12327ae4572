"""Why, what would change it, where it comes from; comparing; and going on from the last answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from actions.answers import (
    ActionAskBenefit,
    ActionAskConditions,
    ActionAskDeadline,
    ActionAskDocuments,
    ActionAskPlace,
    ActionAskSteps,
    SchemeAnswer,
)
from actions.interview import answer_buttons, back_to_question, go_on, tell_what_if
from actions.knowledge import bullets, catalogue, joined, wording
from actions.profile import say_back, take_facts
from actions.results import (
    benefit_line,
    decider,
    mark_lines,
    show_results,
)
from actions.subject import schemes_of
from actions.turn import Turn, TurnAction, button
from actions.verdicts import explain_verdict

SOURCES = 3
"""At most so many sources in one answer."""

A_BARE_WHY = 2
"""A "why" of so few words is about the question that was just asked."""

ASPECTS: dict[str, type[SchemeAnswer]] = {
    "scheme": ActionAskBenefit,
    "benefit": ActionAskConditions,
    "conditions": ActionAskDocuments,
    "documents": ActionAskSteps,
    "steps": ActionAskPlace,
    "place": ActionAskDeadline,
    "deadline": ActionAskDocuments,
    "why": ActionAskSteps,
}
"""What "and then?" leads to after each kind of answer."""


class ActionAskWhy(SchemeAnswer):
    """Why (not) me, what would change it, why do you ask, where does this come from."""

    aspect = "why"

    def without_scheme(self, turn: Turn) -> bool:
        """Say why the pending question is asked, unless a scheme was named."""
        ours = any(turn.entities("about_our_question")) or len(turn.text.split()) <= A_BARE_WHY
        if turn.pending is None or turn.pending not in catalogue().facts or not ours:
            return super().without_scheme(turn)
        fact = catalogue().facts[turn.pending]
        turn.say("utter_why_ask", answer_buttons(turn, fact.id)[:-1], why=turn.local(fact.why))
        return True

    def take(self, turn: Turn) -> None:
        """Explain, and leave the pending question in the explanation itself."""
        if not turn.named("scheme") and self.without_scheme(turn):
            return
        super().take(turn)

    def answer(self, turn: Turn, scheme: Any) -> None:
        """Give the reasons that decide, what would change them, and their sources."""
        match = turn.match()
        verdict = match.verdict(scheme.id)
        if turn.profile:
            explain_verdict(turn, verdict)
        turn.say("utter_source", items=bullets(source_lines(turn, scheme, verdict)))
        turn.say(
            "utter_results_note",
            date=wording().date(match.on, turn.language),
            decider=decider(turn, scheme.id),
        )
        if scheme.open_questions:
            open_questions = [turn.local(item.text) for item in scheme.open_questions[:2]]
            turn.say("utter_open_questions", items=bullets(open_questions))


def source_lines(turn: Turn, scheme: Any, verdict: Any) -> list[str]:
    """Name the sources of the conditions, each with its publisher and date."""
    keys = [key for reason in verdict.reasons for key in _sources(reason)]
    lines = []
    for key in dict.fromkeys(keys or scheme.sources):
        source = scheme.sources[key]
        parts = [part for part in (source.title, source.publisher) if part]
        if source.date is not None and source.date.first is not None:
            parts.append(wording().date(source.date, turn.language))
        lines.append(" · ".join(parts))
    return lines[:SOURCES]


def _sources(reason: Any) -> Iterable[str]:
    yield from reason.source
    for part in reason.parts:
        yield from _sources(part)


class ActionCompareSchemes(TurnAction):
    """Two or more schemes side by side."""

    def take(self, turn: Turn) -> None:
        """Compare the schemes that were named, or the one in focus with the one named."""
        order = {v.scheme: place for place, v in enumerate(turn.match().verdicts)}
        named = turn.named("scheme") + [
            min(schemes, key=order.__getitem__)
            for name in turn.named("programme")
            if (schemes := schemes_of(name))
        ]
        if len(named) == 1 and turn.scheme and turn.scheme != named[0]:
            named.insert(0, turn.scheme)
        if len(named) < 2:
            best = [v.scheme for v in turn.match().verdicts if v.status != "closed"][:4]
            buttons = [
                button(turn.local(catalogue().schemes[s].name), "compare_schemes", scheme=s)
                for s in best
            ]
            if named:
                turn.remember(scheme=named[0])
            turn.say("utter_compare_which", buttons)
            return
        first, second = named[:2]
        turn.say(
            "utter_compare",
            [
                button(turn.local(catalogue().schemes[s].name), "ask_scheme", scheme=s)
                for s in (first, second)
            ],
            first=turn.local(catalogue().schemes[first].name),
            first_lines=bullets(_comparison(turn, first)),
            second=turn.local(catalogue().schemes[second].name),
            second_lines=bullets(_comparison(turn, second)),
        )
        turn.remember(scheme=first)
        back_to_question(turn)


def _comparison(turn: Turn, scheme_id: str) -> list[str]:
    match = turn.match()
    scheme = catalogue().schemes[scheme_id]
    verdict = match.verdict(scheme_id)
    applicants = joined(
        (turn.words(f"applicant_{kind}") for kind in scheme.applicant), turn.language
    )
    lines = [
        turn.words("for_whom", applicants=applicants),
        benefit_line(turn, match, scheme_id),
        wording().status(scheme, turn.language),
    ]
    marks = mark_lines(turn, verdict.reasons, 3)
    lines.append(joined((f"{m['mark']} {m['text']}" for m in marks), turn.language))
    if turn.profile:
        lines.append(
            turn.words("for_you", verdict=wording().verdict(verdict.outcome, turn.language))
        )
    return [line for line in lines if line]


class ActionFollowUp(TurnAction):
    """Continue the last answer: more results, the next aspect of the scheme, or a what-if."""

    def take(self, turn: Turn) -> None:
        """Go on from where the talk stands."""
        facts = turn.said_facts()
        if facts and turn.hypothetical:
            tell_what_if(turn, facts)
            back_to_question(turn)
            return
        if facts:
            say_back(turn, take_facts(turn, facts))
            go_on(turn)
            return
        aspect = turn.talk.get("aspect")
        if aspect == "results":
            show_results(turn, turn.match(), turn.talk.get("shown", 0))
            back_to_question(turn)
        elif aspect in ASPECTS and turn.scheme:
            ASPECTS[aspect]().take(turn)
        elif turn.profile:
            go_on(turn)
        else:
            turn.say("utter_help")
