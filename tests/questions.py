"""Which fact an answer of the assistant asks for, as a person sees it: by the words of the question."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import yamlsource
from tests.server import ROOT

_DIRECTION = re.compile("[\u200e\u200f\u2066-\u2069]")


def plain(text: str) -> str:
    """Return a text without direction marks and with ordinary spaces."""
    return _DIRECTION.sub("", text).replace("\u00a0", " ").replace("\u202f", " ")


def asked(texts: Iterable[str]) -> str | None:
    """Return the fact that the last question among these texts asks for."""
    for text in map(plain, reversed(list(texts))):
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
            plain(str(question))
            for asks in (entry.get("ask") or {}, groups.get(fact) or {})
            for question in asks.values()
        ]
        for fact, entry in facts.items()
    }
