"""What a message asks beyond its intent: a matter, a topic outside our field, a name, a paper.

The words stand in ``asked.yml`` beside this module and in the catalogue.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yamlsource
from actions.knowledge import catalogue
from actions.turn import Turn
from eligibility import Catalogue
from language import Gazetteer, normalise, tokens
from language.numbers import find_numbers
from language.scan import scan
from language.skeleton import word_key

_WORDS = yamlsource.plain(Path(__file__).with_name("asked.yml"))
_MATTERS = Gazetteer(_WORDS["matters"], mistakes=False)
_POINTING = frozenset(word_key(normalise(str(word))) for word in _WORDS["pointing"])
_JOINING = frozenset(normalise(str(word)) for word in _WORDS["joining"])
_NAMED_BY = frozenset(word_key(normalise(str(word))) for word in _WORDS["named_by"])

_SHORTEST_NAME = 3  # letters
_LONGEST_NAME = 4  # words
_EITHER = re.compile(f" (?:{'|'.join(map(re.escape, map(str, _WORDS['either'])))}) ")
_GLUED_AND = tuple(map(str, _WORDS["glued_and"]))
A_FEW_WORDS = 4
"""A question of so few words about a name alone asks the same as the one before it."""


def matters(turn: Turn) -> set[str]:
    """Return what the message asks for: combine, after, decides, source, forget, show."""
    if turn.is_button:
        return {str(matter) for matter in turn.entities("matter")}
    return {found.id for found in _MATTERS.find(turn.text)}


@lru_cache(maxsize=1)
def _doors(known: Catalogue) -> tuple[Gazetteer, dict[str, Any]]:
    path = known.path / "doors.yml"
    doors = yamlsource.plain(path) if path.is_file() else {}
    return Gazetteer({name: door["words"] for name, door in doors.items()}, mistakes=False), doors


def door(turn: Turn) -> str | None:
    """Return the answer in kind for a topic outside our field; None when it is none we know."""
    gazetteer, doors = _doors(catalogue())
    found = gazetteer.find(turn.text)
    return turn.local(doors[found[0].id]["text"]) if found else None


def paper(turn: Turn) -> str | None:
    """Return the paper (an id of ``documents.yml``) that a button or the message names."""
    pressed = [v for v in turn.entities("document") if v in catalogue().documents]
    told = [v for v in turn.entities("paperwork") if isinstance(v, dict)]
    named = pressed or [p for v in told for key in ("have", "lack") for p in v.get(key) or ()]
    return next((str(p) for p in named if p in catalogue().documents), None)


def only_number(turn: Turn) -> float | None:
    """Return the one number of a message; None where it has none or several."""
    numbers = find_numbers(scan(turn.text))
    return numbers[0].value if len(numbers) == 1 else None


@lru_cache(maxsize=1)
def _schemes(known: Catalogue) -> Gazetteer:
    return Gazetteer(
        {scheme.id: [*scheme.name.values(), *scheme.aka] for scheme in known.schemes.values()},
        mistakes=False,
    )


def schemes_in_words(turn: Turn) -> list[str]:
    """Return the schemes whose names stand in a message, though it was read as a wish."""
    return (
        []
        if turn.is_button
        else list(dict.fromkeys(f.id for f in _schemes(catalogue()).find(turn.text)))
    )


@lru_cache(maxsize=1)
def _labels(known: Catalogue) -> Gazetteer:
    return Gazetteer({fact.id: _said_of(fact) for fact in known.facts.values()})


def _said_of(fact: Any) -> list[str]:
    """Return the label of a fact in every language; of "town or province" each part too."""
    labels = list((fact.label or {}).values())
    parts = [part for label in labels for part in _EITHER.split(label)]
    return list(dict.fromkeys(labels + parts))


def named_facts(turn: Turn) -> list[str]:
    """Return the facts a message names by their labels ("my age"), or a button by its id."""
    pressed = [v for v in turn.entities("known") if v in catalogue().facts]
    return pressed or list(
        dict.fromkeys(found.id for found in _labels(catalogue()).find(turn.text))
    )


def is_bare_name(turn: Turn) -> bool:
    """Whether a message is hardly more than a name ("et Idmaj ?")."""
    names = turn.named("scheme") + turn.named("programme") + turn.named("institution")
    words = [t.text for t in tokens(turn.text) if t.kind != "punct"]
    joined = 1 < len(words) <= A_FEW_WORDS and words[0] in _JOINING
    alone = len(words) == 1 or joined
    glued = len(turn.text.split()) <= 2 and turn.text.strip().startswith(_GLUED_AND)
    return len(names) == 1 and not turn.is_button and (alone or glued)


def unknown_name(turn: Turn) -> str | None:
    """Return what a message names that we do not know; None when it names nothing."""
    if turn.is_button or any(turn.named(k) for k in ("scheme", "programme", "institution")):
        return None
    words = [t for t in tokens(turn.text) if t.kind in ("word", "number", "clitic")]
    after_kind = _after_kind(words)
    only_asks = turn.intent == "ask_scheme" and not turn.said_facts()
    left = after_kind if after_kind else words if only_asks else []
    names = [
        t for t in left if t.key not in _POINTING or turn.text[t.start : t.end].istitle()
    ]  # "Plus" in a name is no "plus"
    if not any(
        t.kind == "word" and t.key not in _POINTING and len(t.text) >= _SHORTEST_NAME for t in names
    ):
        return None
    names = [t for t in names if t.start > 0 or t.key not in _POINTING]
    if len(names) > _LONGEST_NAME:
        return None
    return turn.text[names[0].start : names[-1].end].strip()


def _after_kind(words: list[Any]) -> list[Any]:
    """Return the words after "programme" and the like."""
    for place, token in enumerate(words[:-1]):
        if token.key in _NAMED_BY and words[place + 1].key not in _POINTING:
            return words[place + 1 :]
    return []
