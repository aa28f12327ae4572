"""The papers of a scheme, as far as they may concern the person."""

from __future__ import annotations

from typing import Any

from actions.knowledge import catalogue
from actions.turn import Button, Turn, button

PAPER_BUTTONS = 3
"""So many papers can be asked about with a button."""


def document_lines(turn: Turn, scheme: Any) -> list[str]:
    """Name the papers a person needs."""
    lines = []
    for item in turn.match().applicable(scheme.documents):
        name = turn.local(catalogue().documents[item.id].name)
        note = turn.local(item.note)
        lines.append(turn.words("noted", text=name, note=note) if note else name)
    return lines


def paper_buttons(turn: Turn, scheme: Any) -> list[Button]:
    """Return buttons for the papers that one must go and get."""
    papers = [catalogue().documents[i.id] for i in turn.match().applicable(scheme.documents)]
    return [
        button(turn.local(known.name), "ask_scheme", document=known.id)
        for known in papers
        if known.where
    ][:PAPER_BUTTONS]
