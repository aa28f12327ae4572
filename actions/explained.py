"""What is this: a scheme, a programme, an institution or a paper, from the catalogue's texts."""

from __future__ import annotations

from typing import Any

from actions.answers import SchemeAnswer
from actions.asked import door, paper
from actions.asking import ask_next
from actions.following import same_kind
from actions.knowledge import bullets, catalogue, wording
from actions.matters import applicants, together
from actions.papers import explain_paper
from actions.results import benefit_line, scheme_buttons, suits
from actions.subject import schemes_of
from actions.turn import Button, Turn, button
from actions.verdicts import explain_verdict

INSTEAD = 2
"""So many other schemes are named where one is not for the person."""

SCHEMES = 4
"""So many schemes of an institution are offered as buttons."""


class ActionAskScheme(SchemeAnswer):
    """What is this scheme, programme, institution or paper."""

    aspect = "scheme"
    two_sided = True

    def take(self, turn: Turn) -> None:
        """Explain; a bare name after another question asks that question again."""
        if not same_kind(turn):
            super().take(turn)

    def without_scheme(self, turn: Turn) -> bool:
        """Explain the programmes, institutions or the paper that were named."""
        if turn.named("institution") and not turn.is_button and (answer := door(turn)):
            turn.say(
                "utter_door", answer=answer
            )  # something of that institution's that we do not do
            return True
        for programme in turn.named("programme"):
            explain_programme(turn, programme)
        for institution in turn.named("institution"):
            explain_institution(turn, institution)
        if turn.named("programme") or turn.named("institution"):
            return True
        if document := paper(turn):
            explain_paper(turn, document)
            return True
        if not turn.is_button and (answer := door(turn)):
            turn.say("utter_door", answer=answer)
            return True
        return False

    def answer(self, turn: Turn, scheme: Any) -> None:
        """Say what it gives, to whom, whether it is open; first of all if it is not for them."""
        match = turn.match()
        verdict = match.verdict(scheme.id)
        name = turn.local(scheme.name)
        if turn.profile and verdict.outcome == "ineligible":
            explain_verdict(turn, verdict)
            say_instead(turn, scheme.id)
            if turn.pending not in catalogue().facts:
                ask_next(turn, match, "utter_ask_back")
            return
        gives = match.benefits(scheme.id)
        turn.tell(
            name,
            "utter_scheme",
            [
                button(turn.title("conditions"), "ask_conditions", scheme=scheme.id),
                *scheme_buttons(turn, scheme.id),
            ],
            name=name,
            institution=turn.local(catalogue().institutions[scheme.institution].name),
            about=bullets(turn.local(item.text) for item in gives[:3] if item.text),
            applicants=applicants(turn, scheme),
            status=wording().status(scheme, turn.language),
        )
        if turn.profile:
            word = wording().verdict(verdict.outcome, turn.language)
            turn.say("utter_for_you", verdict=word)


def say_instead(turn: Turn, scheme: str) -> None:
    """Name what remains open to the person where one scheme is not, each with what it gives."""
    match = turn.match()
    others = [
        v
        for v in match.verdicts
        if v.scheme != scheme and v.outcome != "ineligible" and suits(v) and match.is_wanted(v)
    ]
    # what is sure, then what people have beside this scheme
    others.sort(key=lambda v: (v.outcome != "eligible", together(scheme, v.scheme) != "combines"))
    others = others[:INSTEAD]
    about = button(turn.title("what_is_it"), "ask_benefit", scheme=scheme)
    if not others:
        turn.say("utter_nothing_instead", [about])
        return
    names = {v.scheme: turn.local(catalogue().schemes[v.scheme].name) for v in others}
    lines = [
        turn.words("label_and_value", label=names[id], value=benefit_line(turn, match, id))
        for id in names
    ]
    buttons = [button(name, "ask_scheme", scheme=id) for id, name in names.items()]
    turn.say("utter_instead", [*buttons, about], items=bullets(lines))


def explain_programme(turn: Turn, programme_id: str) -> None:
    """Explain an umbrella with its parts, or one that no person applies to with what one can do."""
    programme = catalogue().programmes[programme_id]
    name = turn.local(programme.name)
    turn.note(aspect="programme", programme=programme_id)
    if programme.kind == "explained":
        turn.tell(
            name,
            "utter_explained",
            name=name,
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
    turn.tell(
        name,
        "utter_programme",
        buttons,
        name=name,
        about=turn.local(programme.about),
        parts=bullets(parts),
    )
    schemes = schemes_of(programme_id)
    turn.remember(scheme=schemes[0] if len(schemes) == 1 else None)


def explain_institution(turn: Turn, institution_id: str) -> None:
    """Say what an institution does for a person, and how to reach it."""
    institution = catalogue().institutions[institution_id]
    name = turn.local(institution.name)
    turn.note(aspect="institution")
    turn.tell(
        name,
        "utter_institution",
        _institution_buttons(turn, institution_id),
        name=name,
        about=turn.local(institution.about),
        reach=turn.local(institution.reach) if institution.reach else "",
    )


def _institution_buttons(turn: Turn, institution_id: str) -> list[Button]:
    schemes = [s for s in catalogue().schemes.values() if s.institution == institution_id]
    buttons = [
        button(turn.local(s.name), "ask_scheme", scheme=s.id)
        for s in schemes
        if s.status not in ("closed", "suspended")
    ]
    return [
        *buttons[:SCHEMES],
        button(turn.title("where"), "ask_place", institution=institution_id),
    ]
