"""Which scheme a question is about: the one named, the one in focus, or the only one that fits."""

from __future__ import annotations

from collections.abc import Sequence

from actions.knowledge import catalogue
from actions.results import CHOICES_OF_SCHEMES, certain, ranked
from actions.turn import Turn, button


def subject(turn: Turn) -> str | None:
    """Return the scheme the question is about, and keep it in focus; None when it is not clear.

    A programme stands for its only scheme; where it has several, the one that suits the person
    best is meant.
    """
    named = meant_schemes(turn)
    if len(named) > 1:
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
    """Return the schemes that were named, or those of the programmes that were."""
    return turn.named("scheme") or [
        part for name in turn.named("programme") for part in schemes_of(name)
    ]


def schemes_of(programme: str) -> list[str]:
    """Return the schemes under a programme, through the programmes it contains."""
    schemes: list[str] = []
    for part in catalogue().programmes[programme].parts:
        if part in catalogue().schemes:
            schemes.append(part)
        elif part in catalogue().programmes:
            schemes += schemes_of(part)
    return list(dict.fromkeys(schemes))


def ask_which(turn: Turn, among: Sequence[str] = ()) -> None:
    """Ask which scheme is meant, with the likeliest as buttons for the same question."""
    likely = among or [v.scheme for v in turn.match().verdicts if v.status != "closed"]
    buttons = [
        button(turn.local(catalogue().schemes[scheme].name), turn.intent, scheme=scheme)
        for scheme in likely[:CHOICES_OF_SCHEMES]
    ]
    turn.say("utter_which_scheme", buttons)
