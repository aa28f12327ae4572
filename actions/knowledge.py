"""The catalogue and its words, loaded once for the process."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import eligibility
from eligibility.wording import Wording

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


def joined(items: Iterable[str], language: str) -> str:
    """Join short items in one line, with the comma of the script."""
    return words("talk", "comma", language).join(items)


def bullets(items: Iterable[str]) -> str:
    """Put items on lines of their own."""
    return "\n".join(f"• {item}" for item in items)


def numbered(items: Iterable[str]) -> str:
    """Put steps on numbered lines."""
    return "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))
