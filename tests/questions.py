"""An answer of the assistant as a person sees it: its words, its letters, and what it asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import yamlsource
from tests.server import ROOT

_DIRECTION = re.compile("[\u200e\u200f\u2066-\u2069]")

_ISOLATED = re.compile("\u2066.*?\u2069", re.DOTALL)
"""Names in another script, kept in their own direction."""

_ENOUGH = 40
"""From so many letters on, a text shows in which script it is written."""


def fits_script(text: str, language: str) -> bool:
    """Whether a text is in the letters of its language; names in another script do not count."""
    letters = [letter for letter in _ISOLATED.sub("", text) if letter.isalpha()]
    arabic = sum("\u0600" <= letter <= "\u06ff" for letter in letters)
    return len(letters) < _ENOUGH or (arabic > len(letters) / 2) == (language == "ary")


def plain(text: str) -> str:
    """Return a text without direction marks and with ordinary spaces."""
    return _DIRECTION.sub("", text).replace("\u00a0", " ").replace("\u202f", " ")


def _lowered(text: str) -> str:
    """Return a text in small letters: after a colon a question begins with one."""
    return plain(text).casefold()


def asked(texts: Iterable[str]) -> str | None:
    """Return the fact that the last question among these texts asks for."""
    for text in map(_lowered, reversed(list(texts))):
        for fact, questions in _questions().items():
            if any(question in text for question in questions):
                return fact
    return None


@lru_cache(maxsize=1)
def _questions() -> dict[str, list[str]]:
    """Return all ways each fact is asked: of one person and of a group, in every language."""
    facts = yamlsource.plain(ROOT / "catalogue" / "facts.yml")["facts"]
    groups = yamlsource.plain(ROOT / "catalogue" / "wording.yml").get("group_questions") or {}
    return {
        str(fact): [
            _lowered(str(question))
            for asks in (entry.get("ask") or {}, groups.get(fact) or {})
            for question in asks.values()
        ]
        for fact, entry in facts.items()
    }
