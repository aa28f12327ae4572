"""More spellings of training examples: the other script, other letters for the same sounds.

The rules are data (``spelling.yml``); the same seed makes the same variants.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yamlsource
from language import detect

_RULES = Path(__file__).with_name("spelling.yml")
_NUMBER = re.compile(r"(?<![^\W\d_])\d+(?![^\W\d_])")


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    return yamlsource.plain(_RULES)


@lru_cache(maxsize=1)
def _pieces() -> re.Pattern[str]:
    letters = sorted(map(str, _rules()["arabic"]), key=len, reverse=True)
    return re.compile(f"{_NUMBER.pattern}|{'|'.join(map(re.escape, letters))}")


def in_latin_letters(text: str) -> str:
    """Return a text in Arabic letters as it may be typed in Latin ones."""
    letters = _rules()["latin"]
    return "".join(str(letters.get(letter, letter)) for letter in text)


def in_arabic_letters(text: str) -> str:
    """Return a text in Latin letters as it may be typed in Arabic ones."""
    letters = {str(latin): str(arabic) for latin, arabic in _rules()["arabic"].items()}
    return _pieces().sub(lambda m: letters.get(m.group(), m.group()), text.lower())


def respelt(text: str, chance: random.Random) -> str:
    """Return Darija in Latin letters with some sounds written otherwise."""
    for written, others in _rules()["respelt"]:

        def instead(match: re.Match[str], others: dict[str, float] = others) -> str:
            drawn = chance.random()
            for other, rate in others.items():
                if drawn < rate:
                    return match.expand(str(other))
                drawn -= rate
            return match.group()

        text = re.sub(str(written), instead, text)
    return text


def variants(
    examples: Iterable[tuple[str, str]], other_script: bool, respellings: int, seed: int
) -> Iterator[tuple[str, str]]:
    """Yield more examples (text, intent) made from those given; French stays as it is.

    Args:
        examples: Texts with their intents.
        other_script: Whether Darija is written once more in the other script.
        respellings: How many times Darija in Latin letters is written with other letters.
        seed: The same seed gives the same spellings.
    """
    chance = random.Random(seed)  # noqa: S311 - spelling, not secrecy
    for text, intent in examples:
        way = detect(text)
        if other_script and way == "ary":
            yield in_latin_letters(text), intent
        if other_script and way == "ary-Latn":
            yield in_arabic_letters(text), intent
        if way in ("ary-Latn", "mixed"):
            for _ in range(respellings):
                yield respelt(text, chance), intent
