"""The catalogue and its words, loaded once for the process."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import eligibility
from eligibility.wording import Wording

_FOREIGN_RUN = re.compile(
    r"(?<![\u2066\w])(?:https?://)?(?:[A-Za-zÀ-ÿ][\w@'’./:&+-]*|\d[\d./]*)"
    r"(?:[ \u00a0/'’&+-]{1,3}(?:[A-Za-zÀ-ÿ][\w@'’./:&+-]*|\d[\d./]*))*"
)
"""French words and grouped numbers inside Arabic text, as long as they stand together."""

HOME = Path(__file__).resolve().parent.parent


@lru_cache(maxsize=1)
def catalogue() -> eligibility.Catalogue:
    """Return the catalogue at ``CATALOGUE`` (default: the one in this repository).

    Raises:
        eligibility.CatalogueError: It has mistakes.
    """
    return eligibility.load(os.environ.get("CATALOGUE") or HOME / "catalogue")


@lru_cache(maxsize=1)
def wording() -> Wording:
    """Return the words for values, conditions and verdicts."""
    return Wording(catalogue())


def words(section: str, key: str, language: str, **values: Any) -> str:
    """Return a word or line of ``wording.yml``, with its ``{gaps}`` filled in."""
    return wording().say(section, key, language, **values)


def group_question(fact: str, language: str) -> str | None:
    """Return how a group is asked for a fact, where that differs from asking one person."""
    try:
        return words("group_questions", fact, language)
    except KeyError:
        return None


def joined(items: Iterable[str], language: str) -> str:
    """Join short items in one line, with the comma of the script."""
    return words("talk", "comma", language).join(items)


def isolated(text: str, language: str) -> str:
    """Keep French names and telephone numbers in their own direction inside Arabic text."""
    return _FOREIGN_RUN.sub(_isolate, text) if language == "ary" else text


def _isolate(found: re.Match[str]) -> str:
    run = found[0]
    trail = run[len(run.rstrip(".:/-'’")) :]
    run = run[: len(run) - len(trail)] if trail else run
    if not any(letter.isalpha() for letter in run) and " " not in run:
        return found[0]  # a single number keeps its place by itself
    return f"\u2066{run}\u2069{trail}"


def bullets(items: Iterable[str]) -> str:
    """Put items on lines of their own."""
    return "\n".join(f"• {item}" for item in items)


def numbered(items: Iterable[str]) -> str:
    """Put steps on numbered lines."""
    return "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))
