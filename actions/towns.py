"""The town a person named, for saying it back: people live in a town before they live in a province."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from actions.knowledge import catalogue
from actions.turn import Turn
from language.normal import normalise
from language.place_names import default_places
from language.places import read_places
from language.scan import scan
from language.skeleton import skeleton

ALIKE = 0.6
"""From this likeness on two names are spellings of one town."""


def said_town(turn: Turn, province: str) -> str:
    """Return how a province is said back: its town, with the province where that is another name.

    «Oujda» for *oujda* though the province is Oujda-Angad; «Azrou (Ifrane)» for *azrou*.
    """
    known = catalogue().places[province]
    name = _town_of(turn.local(known.name), province)
    names = [_town_of(text, province) for text in known.name.values()]
    for place in read_places(scan(turn.text)):
        typed = turn.text[place.start : place.end]
        if place.province != province or not place.exact or not _is_its_name(typed, province):
            continue
        if (turn.language == "ary") != bool(re.search("[\u0600-\u06ff]", typed)):
            continue
        if not any(_alike(typed, each) for each in names):
            return turn.words("town", town=typed.title(), province=name)
    return name


def _town_of(name: str, province: str) -> str:
    """Return the first part of a double name where that alone names the place: Oujda of Oujda-Angad."""
    first = re.split("[- ]", name)[0]
    return first if _is_its_name(first, province) else name


def _is_its_name(name: str, province: str) -> bool:
    found = default_places().exact("".join(normalise(name).split()))
    return found is not None and found[0] == province


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, skeleton(one), skeleton(other)).ratio() >= ALIKE
