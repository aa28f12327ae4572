"""Answers about one scheme, programme or institution, word for word from the catalogue."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from typing import Any

from actions.interview import back_to_question, tell_what_if
from actions.knowledge import bullets, catalogue, joined, numbered, wording
from actions.nearby import place_pointed_to, say_places_near
from actions.places import province, say_places
from actions.profile import say_back, take_facts
from actions.results import MARKS, deciding, scheme_buttons, show_results
from actions.subject import ask_which, meant_schemes, schemes_of, subject
from actions.turn import Button, Turn, TurnAction, button
from actions.verdicts import explain_verdict


class SchemeAnswer(TurnAction):
    """A question about one scheme: find it, answer, and come back to the interview."""

    aspect = ""
    """What the answer is about, so that "and then?" continues from here."""

    compares = False
    """Whether a programme of several schemes is answered with all of them."""

    def take(self, turn: Turn) -> None:
        """Answer about the scheme in question."""
        facts = turn.said_facts()
        if turn.hypothetical and facts:
            subject(turn)
            tell_what_if(turn, facts)
            back_to_question(turn)
            return
        if facts:
            say_back(turn, take_facts(turn, facts))
        if not turn.named("scheme") and self.without_scheme(turn):
            back_to_question(turn)
            return
        scheme = subject(turn)
        if scheme is None:
            ask_which(turn)
            return
        turn.note(aspect=self.aspect)
        pending = turn.pending
        self.answer(turn, catalogue().schemes[scheme])
        if turn.pending == pending:  # else the answer ends in a question of its own
            back_to_question(turn)

    def without_scheme(self, turn: Turn) -> bool:
        """Answer about a programme or institution that was named instead of a scheme."""
        for programme in turn.named("programme"):
            if catalogue().programmes[programme].kind == "explained":
                explain_programme(turn, programme)
                return True
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


class ActionAskScheme(SchemeAnswer):
    """What is this scheme, programme or institution."""

    aspect = "scheme"

    def without_scheme(self, turn: Turn) -> bool:
        """Explain the programmes and institutions that were named."""
        for programme in turn.named("programme"):
            explain_programme(turn, programme)
        for institution in turn.named("institution"):
            explain_institution(turn, institution)
        return bool(turn.named("programme") or turn.named("institution"))

    def answer(self, turn: Turn, scheme: Any) -> None:
        """Say what it gives, to whom, and whether it is open."""
        gives = turn.match().benefits(scheme.id)
        applicants = (turn.words(f"applicant_{kind}") for kind in scheme.applicant)
        turn.say(
            "utter_scheme",
            [
                button(turn.title("conditions"), "ask_conditions", scheme=scheme.id),
                *scheme_buttons(turn, scheme.id),
            ],
            name=turn.local(scheme.name),
            institution=turn.local(catalogue().institutions[scheme.institution].name),
            about=bullets(turn.local(item.text) for item in gives[:3] if item.text),
            applicants=joined(applicants, turn.language),
            status=wording().status(scheme, turn.language),
        )
        verdict = turn.match().verdict(scheme.id)
        if turn.profile and verdict.outcome == "ineligible":
            explain_verdict(turn, verdict)


class ActionAskBenefit(SchemeAnswer):
    """How much, what does it give."""

    aspect = "benefit"
    compares = True

    def answer(self, turn: Turn, scheme: Any) -> None:
        """List what it gives."""
        gives = turn.match().benefits(scheme.id)
        turn.say(
            "utter_benefit",
            [button(turn.title("source"), "ask_why", scheme=scheme.id)],
            scheme=turn.local(scheme.name),
            items=bullets(turn.local(item.text) for item in gives if item.text),
        )


class ActionAskConditions(SchemeAnswer):
    """Who can have it, with what is known of the person marked."""

    aspect = "conditions"
    compares = True

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
        turn.say(
            "utter_conditions",
            [
                button(turn.title("why"), "ask_why", scheme=scheme.id),
                button(turn.title("papers"), "ask_documents", scheme=scheme.id),
            ],
            scheme=turn.local(scheme.name),
            items="\n".join(dict.fromkeys(lines)),
        )


class ActionAskDocuments(SchemeAnswer):
    """Which papers."""

    aspect = "documents"

    def answer(self, turn: Turn, scheme: Any) -> None:
        """List the papers that may apply to the person."""
        lines = document_lines(turn, scheme)
        name = turn.local(scheme.name)
        if lines:
            turn.say(
                "utter_documents", _next_steps(turn, scheme), scheme=name, items=bullets(lines)
            )
        else:
            turn.say("utter_documents_unknown", _next_steps(turn, scheme), scheme=name)


class ActionAskSteps(SchemeAnswer):
    """How to apply, what comes first."""

    aspect = "steps"

    def answer(self, turn: Turn, scheme: Any) -> None:
        """List the steps in order."""
        steps = [turn.local(step.text) for step in turn.match().applicable(scheme.steps)]
        name = turn.local(scheme.name)
        buttons = [
            button(turn.title("papers"), "ask_documents", scheme=scheme.id),
            button(turn.title("where"), "ask_place", scheme=scheme.id),
        ]
        if steps:
            turn.say("utter_steps", buttons, scheme=name, items=numbered(steps))
        else:
            turn.say("utter_steps_unknown", buttons, scheme=name)


class ActionAskDeadline(SchemeAnswer):
    """Until when, is it open, how long does it take."""

    aspect = "deadline"

    def answer(self, turn: Turn, scheme: Any) -> None:
        """Say whether it takes applications, and what is known of dates."""
        lines = [turn.local(scheme.deadline)] if scheme.deadline else []
        lines += calls(turn, scheme)
        turn.say(
            "utter_deadline",
            [button(turn.title("where"), "ask_place", scheme=scheme.id)],
            scheme=turn.local(scheme.name),
            status=wording().status(scheme, turn.language),
            items="\n".join(lines),
        )


class ActionAskPlace(SchemeAnswer):
    """Where, which office, which address."""

    aspect = "place"

    def take(self, turn: Turn) -> None:
        """Answer about the scheme in question, or give what is near a position."""
        if place := place_pointed_to(turn):
            say_places_near(turn, place)
        else:
            super().take(turn)

    def without_scheme(self, turn: Turn) -> bool:
        """Give the offices of an institution that was named."""
        if super().without_scheme(turn):
            return True
        institutions = turn.named("institution")
        if not institutions or turn.named("programme"):
            return False
        for name in institutions:
            say_places(turn, catalogue().institutions[name].offices or (name,))
        return True

    def answer(self, turn: Turn, scheme: Any) -> None:
        """Give the offices for this scheme in the person's province."""
        say_places(turn, scheme.where or (scheme.institution,))


class ActionDossier(SchemeAnswer):
    """Their own application: what to check, and who knows its state."""

    aspect = "dossier"

    def answer(self, turn: Turn, scheme: Any) -> None:
        """Give the list to check the file by, and what comes after it is granted."""
        lines = document_lines(turn, scheme)
        name = turn.local(scheme.name)
        if lines:
            turn.say("utter_dossier", scheme=name, items=bullets(lines))
        else:
            turn.say("utter_documents_unknown", scheme=name)
        later = [turn.local(item.text) for item in turn.match().applicable(scheme.follow_up)]
        if later:
            turn.say("utter_follow_up_support", items=bullets(later))
        say_places(turn, scheme.where or (scheme.institution,))


def calls(turn: Turn, scheme: Any) -> list[str]:
    """Name the dated local calls that are open or still to come, the person's province first."""
    today = turn.match().on
    dated = [e for e in scheme.local if e.opens and e.closes and e.closes >= today]
    where = province(turn)
    lines = []
    for edition in sorted(dated, key=lambda e: (where not in e.provinces, e.closes)):
        places = (turn.local(catalogue().places[place].name) for place in edition.within)
        lines.append(
            turn.words(
                "local_call",
                places=joined(places, turn.language),
                opens=wording().date(edition.opens, turn.language),
                closes=wording().date(edition.closes, turn.language),
            )
        )
    return lines


def document_lines(turn: Turn, scheme: Any) -> list[str]:
    """Name the papers a person needs, each with where to get it."""
    lines = []
    for item in turn.match().applicable(scheme.documents):
        name = turn.local(catalogue().documents[item.id].name)
        note = turn.local(item.note)
        lines.append(turn.words("noted", text=name, note=note) if note else name)
    return lines


def explain_programme(turn: Turn, programme_id: str) -> None:
    """Explain an umbrella with its parts, or one that no person applies to with what one can do."""
    programme = catalogue().programmes[programme_id]
    if programme.kind == "explained":
        turn.say(
            "utter_explained",
            name=turn.local(programme.name),
            about=turn.local(programme.about),
            can_do=turn.local(programme.can_do),
        )
        return
    parts, buttons = [], []
    for part in programme.parts:
        known = catalogue().schemes.get(part) or catalogue().programmes[part]
        parts.append(turn.local(known.name))
        kind = "scheme" if part in catalogue().schemes else "programme"
        buttons.append(button(turn.local(known.name), "ask_scheme", **{kind: part}))
    turn.say(
        "utter_programme",
        buttons,
        name=turn.local(programme.name),
        about=turn.local(programme.about),
        parts=bullets(parts),
    )
    if schemes := schemes_of(programme_id):
        turn.remember(scheme=schemes[0] if len(schemes) == 1 else None)


def explain_institution(turn: Turn, institution_id: str) -> None:
    """Say what an institution does for a person, and how to reach it."""
    institution = catalogue().institutions[institution_id]
    turn.say(
        "utter_institution",
        _institution_buttons(turn, institution_id),
        name=turn.local(institution.name),
        about=turn.local(institution.about),
        reach=turn.local(institution.reach) if institution.reach else "",
    )


def _institution_buttons(turn: Turn, institution_id: str) -> list[Button]:
    schemes: Iterable[Any] = (
        s for s in catalogue().schemes.values() if s.institution == institution_id
    )
    buttons = [button(turn.local(s.name), "ask_scheme", scheme=s.id) for s in schemes]
    return [*buttons[:4], button(turn.title("where"), "ask_place", institution=institution_id)]


def _next_steps(turn: Turn, scheme: Any) -> list[Button]:
    return [
        button(turn.title("steps"), "ask_steps", scheme=scheme.id),
        button(turn.title("where"), "ask_place", scheme=scheme.id),
    ]
