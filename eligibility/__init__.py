"""Which public support somebody may have, why, and what to ask next.

catalogue = eligibility.load("catalogue")
match = catalogue.match({"age": 27, "province": "fes"})
match.verdicts[0].outcome, match.next_question
"""

from __future__ import annotations

import os
from typing import Any

from eligibility.catalogue import Catalogue
from eligibility.days import casablanca, today
from eligibility.matching import Match, Verdict
from eligibility.plan import Reason
from eligibility.problems import CatalogueError, Problem, ProfileError
from eligibility.values import Knowledge

__all__ = [
    "Catalogue",
    "CatalogueError",
    "Knowledge",
    "Match",
    "Problem",
    "ProfileError",
    "Reason",
    "Verdict",
    "casablanca",
    "load",
    "text",
    "today",
]


def load(path: str | os.PathLike[str] | None = None) -> Catalogue:
    """Read, check and compile a catalogue.

    Args:
        path: Its directory; the one beside this package when not given.

    Raises:
        CatalogueError: Something is wrong; ``problems`` says what and where.
        NotADirectoryError: There is no such directory.
    """
    from eligibility.loading import load as read  # not needed where a compiled one is kept

    return read(path)


def text(texts: Any, language: str) -> str:
    """Return a text in a language.

    Args:
        texts: A mapping of languages to text, an item that has one as ``text``, or plain text.
        language: ``fr``, ``ary`` or ``ary-Latn``; where the last is missing, ``ary`` serves.
    """
    if texts is None:
        return ""
    if isinstance(texts, str):
        return texts
    texts = getattr(texts, "text", texts) or {}
    key = language.replace("-", "_").lower()
    found = texts.get(key) or texts.get("ary") or texts.get("fr") or ""
    return str(found) if key != "fr" else str(texts.get("fr") or found)
