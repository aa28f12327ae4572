"""Which scheme a question is about: the one named, the one in focus, or the only one that fits."""

from __future__ import annotations

from collections.abc import Sequence

from actions.knowledge import catalogue
from actions.results import certain, ranked, suits
from actions.turn import Turn, button

CHOICES = 4
"""How many schemes are offered as buttons when one must be chosen."""


def subject(turn: Turn) -> str | None:
    """Return the scheme the question is about, and keep it in focus; None when it is not clear.

    A programme stands for its only scheme; where it has several, the one that suits the person
    best is meant.
    """
    named = meant_schemes(turn)
    if len(named) > 1 and not turn.named("scheme"):
        order = {v.scheme: place for place, v in enumerate(turn.match().verdicts)}
        named.sort(key=order.__getitem__)
    if named:
        turn.remember(scheme=named[0])
        return named[0]
    if turn.scheme in catalogue().schemes:
        return turn.scheme
    if turn.profile:
        fitting = [v.scheme for v in ranked(turn, turn.match()) if certain(v)]
        if len(fitting) == 1:
            turn.remember(scheme=fitting[0])
            return fitting[0]
    return None


def meant_schemes(turn: Turn) -> list[str]:
    """Return the schemes that were named, and those of the programmes that were."""
    parts = [part for name in turn.named("programme") for part in schemes_of(name)]
    return list(dict.fromkeys(turn.named("scheme") + parts))


def schemes_of(programme: str) -> list[str]:
    """Return the schemes under a programme, through the programmes it contains."""
    schemes: list[str] = []
    for part in catalogue().programmes[programme].parts:
        if part in catalogue().schemes:
            schemes.append(part)
        elif part in catalogue().programmes:
            schemes += schemes_of(part)
    return list(dict.fromkeys(schemes))


def has_two_sides(turn: Turn, schemes: Sequence[str]) -> bool:
    """Whether it is open if the person looks for work or hires, and a scheme is for either."""
    both = any(
        {"person", "employer"} <= set(catalogue().schemes[scheme].applicant) for scheme in schemes
    )
    return both and not any(fact in turn.profile for fact in _TELLING)


_TELLING = ("seeking", "legal_form", "situation", "hires_planned", "unemployed_months", "stage")
"""Facts that tell on which side of a work contract somebody stands."""


def ask_which(turn: Turn, among: Sequence[str] = ()) -> None:
    """Ask which scheme is meant, with the likeliest as buttons for the same question."""
    match = turn.match()
    shown = [s for s in turn.talk.get("shown_schemes", ()) if s in catalogue().schemes]
    likely = among or shown or [v.scheme for v in match.verdicts if suits(v) and match.is_wanted(v)]
    buttons = [
        button(turn.local(catalogue().schemes[scheme].name), turn.intent, scheme=scheme)
        for scheme in likely[:CHOICES]
    ]
    turn.say("utter_which_scheme", buttons)
