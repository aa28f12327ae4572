"""Which letters a message is written in."""

from __future__ import annotations

import re
from dataclasses import dataclass

ARABIC = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
_ARABIC = re.compile(f"[{ARABIC}]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_ARABIC_WORD = re.compile(f"[{ARABIC}]{{2,}}")


@dataclass(frozen=True)
class Letters:
    """How many letters of each script a text has."""

    arabic: int
    latin: int
    other: int


def is_arabic(char: str) -> bool:
    """Tell whether a character belongs to the Arabic blocks."""
    return _ARABIC.match(char) is not None


def letters(text: str) -> Letters:
    """Count the letters of a text by script; digits and signs do not count."""
    arabic = latin = other = 0
    for char in text:
        if not char.isalpha():
            continue
        if char.isascii() or _LATIN.match(char):
            latin += 1
        elif _ARABIC.match(char):
            arabic += 1
        else:
            other += 1
    return Letters(arabic, latin, other)


def arabic_words(text: str) -> int:
    """Count the words of two letters or more in Arabic script."""
    return len(_ARABIC_WORD.findall(text))
