"""What a message asks beyond its intent: a matter, a topic outside our field, a name, a paper.

The words stand in ``asked.yml`` beside this module and in the catalogue.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yamlsource
from actions.knowledge import catalogue
from actions.turn import Turn
from language import Gazetteer, normalise, tokens
from language.skeleton import word_key

_WORDS = yamlsource.plain(Path(__file__).with_name("asked.yml"))
_MATTERS = Gazetteer(_WORDS["matters"], mistakes=False)
_POINTING = frozenset(word_key(normalise(str(word))) for word in _WORDS["pointing"])
_NAMED_BY = frozenset(word_key(normalise(str(word))) for word in _WORDS["named_by"])

_SHORTEST_NAME = 3  # letters
A_FEW_WORDS = 4
"""A question of so few words about a name alone asks the same as the one before it."""


def matters(turn: Turn) -> set[str]:
    """Return what the message asks for: combine, after, decides, source, show."""
    if turn.is_button:
        return {str(matter) for matter in turn.entities("matter")}
    return {found.id for found in _MATTERS.find(turn.text)}


@lru_cache(maxsize=1)
def _doors() -> tuple[Gazetteer, dict[str, Any]]:
    path = catalogue().path / "doors.yml"
    doors = yamlsource.plain(path) if path.is_file() else {}
    return Gazetteer({name: door["words"] for name, door in doors.items()}, mistakes=False), doors


def door(turn: Turn) -> str | None:
    """Return the answer in kind for a topic outside our field; None when it is none we know."""
    gazetteer, doors = _doors()
    found = gazetteer.find(turn.text)
    return turn.local(doors[found[0].id]["text"]) if found else None


@lru_cache(maxsize=1)
def _papers() -> Gazetteer:
    return Gazetteer(
        {known.id: [*known.name.values(), *known.aka] for known in catalogue().documents.values()},
        mistakes=False,
    )


def paper(turn: Turn) -> str | None:
    """Return the paper (an id of ``documents.yml``) that a button or the message names."""
    pressed = [v for v in turn.entities("document") if v in catalogue().documents]
    named = pressed or [found.id for found in _papers().find(turn.text)]
    return str(named[0]) if named else None


@lru_cache(maxsize=1)
def _labels() -> Gazetteer:
    facts = catalogue().facts.values()
    return Gazetteer({fact.id: list((fact.label or {}).values()) for fact in facts})


def named_facts(turn: Turn) -> list[str]:
    """Return the facts a message names by their labels ("my age"), or a button by its id."""
    pressed = [v for v in turn.entities("known") if v in catalogue().facts]
    return pressed or list(dict.fromkeys(found.id for found in _labels().find(turn.text)))


def is_bare_name(turn: Turn) -> bool:
    """Whether a message is hardly more than a name ("et Idmaj ?")."""
    names = turn.named("scheme") + turn.named("programme") + turn.named("institution")
    return len(names) == 1 and not turn.is_button and len(turn.text.split()) <= A_FEW_WORDS


def unknown_name(turn: Turn) -> str | None:
    """Return what a message names that we do not know; None when it names nothing."""
    if turn.is_button or any(turn.named(k) for k in ("scheme", "programme", "institution")):
        return None
    words = [t for t in tokens(turn.text) if t.kind in ("word", "number", "clitic")]
    after_kind = _after_kind(words)
    left = after_kind if after_kind else words if turn.intent == "ask_scheme" else []
    names = [
        t for t in left if t.key not in _POINTING or turn.text[t.start : t.end].istitle()
    ]  # "Plus" in a name is no "plus"
    if not any(
        t.kind == "word" and t.key not in _POINTING and len(t.text) >= _SHORTEST_NAME for t in names
    ):
        return None
    names = [t for t in names if t.start > 0 or t.key not in _POINTING]
    return turn.text[names[0].start : names[-1].end].strip()


def _after_kind(words: list[Any]) -> list[Any]:
    """Return the words after "programme" and the like."""
    for place, token in enumerate(words[:-1]):
        if token.key in _NAMED_BY and words[place + 1].key not in _POINTING:
            return words[place + 1 :]
    return []
