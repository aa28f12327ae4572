"""Papers: those of a scheme, what one of them is, and what is told of those of an application."""

from __future__ import annotations

from typing import Any

from actions.asked import matters
from actions.knowledge import catalogue
from actions.turn import Button, Turn, button

PAPER_BUTTONS = 3
"""So many papers can be asked about with a button."""


def document_lines(turn: Turn, scheme: Any) -> list[str]:
    """Name the papers a person needs."""
    return list(named_papers(turn, scheme).values())


def named_papers(turn: Turn, scheme: Any) -> dict[str, str]:
    """Return the papers a person needs by id: each with its name, and when it is needed."""
    papers = {}
    for item in turn.match().applicable(scheme.documents):
        name = turn.local(catalogue().documents[item.id].name)
        note = turn.local(item.note)
        papers[item.id] = turn.words("noted", text=name, note=note) if note else name
    return papers


def paper_buttons(turn: Turn, scheme: Any) -> list[Button]:
    """Return buttons for the papers that one must go and get."""
    papers = [catalogue().documents[i.id] for i in turn.match().applicable(scheme.documents)]
    return [
        button(turn.local(known.name), "ask_scheme", document=known.id)
        for known in papers
        if known.where
    ][:PAPER_BUTTONS]


def explain_paper(turn: Turn, document_id: str) -> None:
    """Say what a paper is, where to get it, what it costs and how long it takes."""
    known = catalogue().documents[document_id]
    lines = [turn.local(known.about)] if known.about else []
    for key in ("where", "cost", "delay"):
        if text := turn.local(getattr(known, key)):
            lines.append(turn.words(f"paper_{key}", text=text))
    name = turn.local(known.name)
    turn.tell(name, "utter_paper", name=name, items="\n".join(lines))


def tells_of_file(turn: Turn) -> bool:
    """Whether a message tells of the person's own application, or asks what is missing in it.

    A paper that is only named, or asked about, tells nothing.
    """
    if turn.is_button:
        return False
    if turn.dossiers and "file_left" in matters(turn):
        return True
    told = (each for each in turn.entities("paperwork") if isinstance(each, dict))
    claims = any(each.get(key) for each in told for key in ("claimed", "everything", "progress"))
    return claims and (bool(turn.dossiers) or not turn.said_facts())
