"""The catalogue and its words, loaded once for the process."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import eligibility
from eligibility.wording import Wording

_FOREIGN_RUN = re.compile(
    "\u2066[^\u2069]*\u2069|"
    r"(?<![\u2066\w])(?:https?://)?(?:[A-Za-zÀ-ÿ][\w@'’./:&+-]*|\d[\d./]*)"
    r"(?:[ \u00a0/'’&+,-]{1,3}(?:[A-Za-zÀ-ÿ][\w@'’./:&+-]*|\d[\d./]*))*"
)
"""French words and grouped numbers inside Arabic text, as long as they stand together."""

SENSITIVE = "sensitive"
"""The topic of facts that are asked with care and never repeated back unasked."""

HOME = Path(__file__).resolve().parent.parent


@lru_cache(maxsize=1)
def catalogue() -> eligibility.Catalogue:
    """Return the catalogue in force: the one at ``CATALOGUE`` (default: in this repository).

    Raises:
        eligibility.CatalogueError: It has mistakes.
    """
    return _edited.pop() if _edited else read_catalogue()


def read_catalogue() -> eligibility.Catalogue:
    """Read the catalogue anew, without putting it in force.

    Raises:
        eligibility.CatalogueError: It has mistakes.
    """
    return eligibility.load(os.environ.get("CATALOGUE") or HOME / "catalogue")


OUTCOMES: dict[str, Mapping[str, int]] = {}
"""What became of the applications of others, by scheme; the server keeps it up to date."""


def told_by_others(scheme: str) -> Mapping[str, int]:
    """Return how many were granted, refused or left without an answer; empty when too few told."""
    return OUTCOMES.get(scheme, {})


def put_in_force(edited: eligibility.Catalogue) -> None:
    """Answer by another catalogue from now on."""
    Wording(edited)  # raises before anything has changed
    _edited[:] = [edited]
    catalogue.cache_clear()
    wording.cache_clear()


_edited: list[eligibility.Catalogue] = []


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


def step_words(fact: str, value: Any, language: str) -> str | None:
    """Return how to do what would make a fact true, where ``wording.yml`` says it."""
    key = fact if value is True else f"{fact}_{value}"
    try:
        return words("steps_to", key, language)
    except KeyError:
        return None


def joined(items: Iterable[str], language: str) -> str:
    """Join short items in one line, with the comma of the script."""
    return words("talk", "comma", language).join(items)


def isolated(text: str, language: str) -> str:
    """Keep French names and telephone numbers in their own direction inside Arabic text."""
    return _FOREIGN_RUN.sub(_isolate, text) if language == "ary" else text


def in_one_run(text: str, language: str) -> str:
    """Keep a French text (an address) together inside Arabic text, its numbers and commas too."""
    foreign = language == "ary" and not re.search("[\u0600-\u06ff]", text)
    return f"\u2066{text}\u2069" if foreign else text


def _isolate(found: re.Match[str]) -> str:
    run = found[0]
    if run.startswith("\u2066"):
        return run
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
