"""The names of provinces and regions, and which of them a written name may stand for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yamlsource
from language.misspelling import is_misspelling, near_forms
from language.normal import normalise
from language.skeleton import word_key
from language.tokens import words
from language.wordlists import word_list

_DEFAULT = Path(__file__).parent.parent / "catalogue" / "places.yml"
_KEY_LENGTH = 5
NEEDS_CUE = frozenset(
    normalise(str(word)).replace(" ", "") for word in word_list("place_words")["needs_cue"]
)
"""Names that are more often something else (*safi*: done), their words joined."""


class Places:
    """The names of places, ready to be found.

    Args:
        data: The content of ``places.yml``.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._names: dict[str, tuple[str | None, str]] = {}
        self._keys: dict[str, tuple[str | None, str]] = {}
        self._near: dict[str, set[str]] = {}
        for region, entry in data.items():
            if "provinces" not in entry:
                continue  # sources
            self._add(entry, None, region)
            for province, described in entry["provinces"].items():
                self._add(described, province, region)
        clashes: set[str] = set()
        for joined, place in self._names.items():
            key = word_key(joined)
            if len(key) >= _KEY_LENGTH and self._keys.setdefault(key, place) != place:
                clashes.add(key)
            for cut in near_forms(joined):
                self._near.setdefault(cut, set()).add(joined)
        for key in clashes:
            del self._keys[key]

    def _add(self, entry: Mapping[str, Any], province: str | None, region: str) -> None:
        for name in (*entry["name"].values(), *entry["names"]):
            self._names.setdefault(joined(str(name)), (province, region))

    def exact(self, name: str) -> tuple[str | None, str] | None:
        """Look up a name whose words are joined."""
        return self._names.get(name)

    def close(self, name: str) -> tuple[str | None, str] | None:
        """Look up a name by its key or with few letters wrong; None when unclear."""
        if place := self._keys.get(word_key(name)):
            return place
        near = {
            self._names[other]
            for cut in near_forms(name)
            for other in self._near.get(cut, ())
            if other not in NEEDS_CUE and is_misspelling(name, other)
        }
        return near.pop() if len(near) == 1 else None


def joined(name: str) -> str:
    """Return a name in normal form with its words joined."""
    return "".join(
        token.text for token in words(name) if token.kind in ("word", "number", "clitic")
    )


@lru_cache(maxsize=1)
def default_places() -> Places:
    """Return the places of ``catalogue/places.yml``."""
    return Places(yamlsource.plain(_DEFAULT))
