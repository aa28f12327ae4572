"""Which public support somebody may have, why, and what to ask next.

catalogue = eligibility.load("catalogue")
match = catalogue.match({"age": 27, "province": "fes"})
match.verdicts[0].outcome, match.next_question
"""

from __future__ import annotations

from typing import Any

from eligibility.catalogue import Catalogue
from eligibility.days import today
from eligibility.loading import load
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
    "load",
    "text",
    "today",
]


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
