"""Answers about one scheme, word for word from the catalogue: what it gives, to whom, how, where."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from actions.action import TurnAction
from actions.asked import paper, unknown_name
from actions.asking import ask_side, back_to_question, go_on
from actions.knowledge import bullets, catalogue, joined, numbered, wording
from actions.matters import answer_matter
from actions.papers import document_lines, explain_paper, paper_buttons, tells_of_file
from actions.profile import take_aside
from actions.results import MARKS, deciding, show_results, source_button, suits
from actions.subject import ask_which, has_two_sides, meant_schemes, subject
from actions.turn import Button, Turn, button
from actions.what_if import tell_what_if

ANSWERS: dict[str, type[SchemeAnswer]] = {}
"""Every kind of answer about a scheme, by its aspect."""


class SchemeAnswer(TurnAction):
    """A question about one scheme: find it, answer, and come back to the interview."""

    reads_facts = True

    aspect = ""
    """What the answer is about, so that "and then?" continues from here."""

    compares = False
    """Whether a programme of several schemes is answered with all of them."""

    warns = False
    """Whether somebody whom the scheme is not for is told so first."""

    of_papers = False
    """Whether it is about a paper where one is named, and no scheme: how to get it, where."""

    two_sided = False
    """Whether the answer differs for somebody who looks for work and somebody who hires."""

    def __init_subclass__(cls) -> None:
        """Make the answer known by what it is about."""
        super().__init_subclass__()
        ANSWERS[cls.aspect] = cls

    def take(self, turn: Turn) -> None:
        """Answer about the scheme in question."""
        facts = turn.said_facts()
        if turn.hypothetical and facts:
            subject(turn)
            tell_what_if(turn, facts)
            back_to_question(turn)
            return
        if facts:
            take_aside(turn, facts)
        if self.aspect != "dossier" and tells_of_file(turn):
            ANSWERS["dossier"]().take(turn)
            return
        if answer_matter(turn):
            return
        if self.of_papers and not meant_schemes(turn) and (document := paper(turn)):
            explain_paper(turn, document)
            back_to_question(turn)
            return
        if not turn.named("scheme") and self.without_scheme(turn):
            back_to_question(turn)
            return
        if name := unknown_name(turn):
            say_unknown(turn, name)
            return
        scheme = subject(turn)
        if scheme is not None:
            self.about(turn, scheme)
        elif facts and self.aspect == "scheme":
            go_on(turn)  # "what is there for somebody like me?"
        else:
            ask_which(turn)

    def about(self, turn: Turn, scheme: str) -> None:
        """Answer about a scheme, then come back to what was being asked."""
        turn.note(aspect=self.aspect)
        known = catalogue().schemes[scheme]
        if not suits(turn.match().verdict(scheme)) and turn.is_news("closed", scheme):
            status = wording().status(known, turn.language)
            turn.say("utter_closed", scheme=turn.local(known.name), status=status)
        if self.warns:
            self.warn(turn, known)
        self.answer(turn, known)
        if self.two_sided and has_two_sides(turn, [scheme]):
            turn.note(about=[scheme])
            ask_side(turn)
        else:
            back_to_question(turn)

    def warn(self, turn: Turn, scheme: Any) -> None:
        """Say first, once, where nothing the person does would make the scheme theirs (age…)."""
        verdict = turn.match().verdict(scheme.id) if turn.profile else None
        if verdict is None or verdict.outcome != "ineligible" or verdict.changes:
            return
        failing = (r for r in deciding(verdict.reasons) if r.outcome == "fails")
        lines = dict.fromkeys(wording().condition(r, turn.language) for r in failing)
        if lines and turn.is_news("not for you", scheme.id):
            why = joined(list(lines)[:2], turn.language)
            turn.say("utter_not_yours", scheme=turn.local(scheme.name), why=why)

    def without_scheme(self, turn: Turn) -> bool:
        """Answer about a programme of several schemes that was named instead of a scheme."""
        several = meant_schemes(turn)
        if not self.compares or len(several) < 2:
            return False
        if turn.profile:
            show_results(turn, turn.match(), only=several)
        else:
            ask_which(turn, several)
        return True

    @abstractmethod
    def answer(self, turn: Turn, scheme: Any) -> None:
        """Answer about this scheme."""


def say_unknown(turn: Turn, name: str) -> None:
    """Say that we know nothing of this name, rather than explain something else."""
    buttons = [
        button(turn.title("all_schemes"), "list_schemes"),
        button(turn.title("human"), "human_handoff"),
    ]
    turn.say("utter_unknown_name", buttons, name=name)


class ActionAskBenefit(SchemeAnswer):
    """How much, what does it give."""

    aspect = "benefit"
    compares = True
    two_sided = True

    def answer(self, turn: Turn, scheme: Any) -> None:
        """List what it gives."""
        gives = turn.match().benefits(scheme.id)
        name = turn.local(scheme.name)
        turn.tell(
            name,
            "utter_benefit",
            [
                button(turn.title("conditions"), "ask_conditions", scheme=scheme.id),
                source_button(turn, scheme.id),
            ],
            scheme=name,
            items=bullets(turn.local(item.text) for item in gives if item.text),
        )


class ActionAskConditions(SchemeAnswer):
    """Who can have it, with what is known of the person marked."""

    aspect = "conditions"
    compares = True
    two_sided = True

    def answer(self, turn: Turn, scheme: Any) -> None:
        """List the conditions, each with its mark when something is known of the person."""
        verdict = turn.match().verdict(scheme.id)
        lines = []
        for reason in deciding(verdict.reasons):
            text = wording().condition(reason, turn.language)
            mark = MARKS[reason.outcome] if turn.profile else "•"
            note = turn.local(reason.note) if reason.outcome in ("fails", "margin") else ""
            line = turn.words("noted", text=text, note=note) if note and turn.profile else text
            lines.append(f"{mark} {line}")
        name = turn.local(scheme.name)
        turn.tell(
            name,
            "utter_conditions",
            [
                button(turn.title("why"), "ask_why", scheme=scheme.id),
                button(turn.title("papers"), "ask_documents", scheme=scheme.id),
            ],
            scheme=name,
            items="\n".join(dict.fromkeys(lines)),
        )


class ActionAskDocuments(SchemeAnswer):
    """Which papers."""

    aspect = "documents"
    of_papers = True
    warns = True
    two_sided = True

    def answer(self, turn: Turn, scheme: Any) -> None:
        """List the papers that may apply to the person."""
        lines = document_lines(turn, scheme)
        name = turn.local(scheme.name)
        buttons = [*paper_buttons(turn, scheme), *_next_steps(turn, scheme)]
        if lines:
            turn.tell(name, "utter_documents", buttons, scheme=name, items=bullets(lines))
        else:
            turn.say("utter_documents_unknown", _next_steps(turn, scheme), scheme=name)


class ActionAskSteps(SchemeAnswer):
    """How to apply, what comes first."""

    aspect = "steps"
    of_papers = True
    warns = True
    two_sided = True

    def answer(self, turn: Turn, scheme: Any) -> None:
        """List the steps in order."""
        steps = [turn.local(step.text) for step in turn.match().applicable(scheme.steps)]
        name = turn.local(scheme.name)
        buttons = [
            button(turn.title("papers"), "ask_documents", scheme=scheme.id),
            button(turn.title("where"), "ask_place", scheme=scheme.id),
        ]
        if steps:
            turn.tell(name, "utter_steps", buttons, scheme=name, items=numbered(steps))
        else:
            turn.say("utter_steps_unknown", buttons, scheme=name)


def _next_steps(turn: Turn, scheme: Any) -> list[Button]:
    return [
        button(turn.title("steps"), "ask_steps", scheme=scheme.id),
        button(turn.title("where"), "ask_place", scheme=scheme.id),
    ]
