"""What a word of a message is compared by when listed phrases are looked for.

A word stands for its key, or for its very spelling when the key is too short to tell it from
others; for the verb inside ``ma…ch``; and for the rest behind an article or a preposition
glued to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from language.skeleton import word_key
from language.wordlists import word_list

EXACTLY = "="
AS_SPELT = "~"
MA = frozenset(map(str, word_list("facts")["persons_and_joints"]["ma"]))
_STRICT_KEY = 3  # keys this short collide too easily: the spelling itself must be listed
_SHORTEST_STEM = 4
_FREE = str.maketrans({"7": "h", "q": "9", "x": "ch"})
_DOUBLES = re.compile(r"(.)\1+")
_NEGATED = re.compile(r"(?P<verb>\w{3,})(?:ch|sh|x|ش)\Z")
_GLUED_MA = re.compile(r"(?:w|ou|و)?(?:ma|m|ما|م)(?P<verb>\w{3,})\Z")
_GLUED = word_list("glued")
_PREFIXES = tuple(map(str, _GLUED["before_keys"]))
_AND = tuple(map(str, _GLUED["and"]))


@dataclass(frozen=True)
class Forms:
    """What one word may be compared by.

    Attributes:
        own: Its spelling and its key.
        positive: The key of the verb that ``ma…ch`` denies in it, or None.
        rests: What is left behind a glued article or preposition, longest prefix first.
        every: All of these.
    """

    own: tuple[str, str]
    positive: str | None
    rests: tuple[str, ...]
    every: frozenset[str]


@lru_cache(maxsize=8192)
def forms(text: str, key: str, is_word: bool, after_ma: bool) -> Forms:
    """Return the forms of a word, given in normal form with its key."""
    own = (EXACTLY + text, step(key, text))
    if not is_word:
        return Forms(own, None, (), frozenset(own))
    positive = _without_negation(text, after_ma)
    rests = [
        key[len(prefix) :]
        for prefix in _PREFIXES
        if key.startswith(prefix) and len(key) - len(prefix) >= _SHORTEST_STEM
    ]
    if text.startswith(_AND) and not text.isascii() and text[1:]:
        rests.append(step(word_key(text[1:]), text[1:]))
    every = frozenset((*own, *rests, *((positive,) if positive else ())))
    return Forms(own, positive, tuple(rests), every)


def step(key: str, text: str) -> str:
    """Return what a word is compared by: its key, or its spelling when the key is too short."""
    return key if len(key) > _STRICT_KEY else AS_SPELT + _spelling(text)


def _spelling(text: str) -> str:
    """Return a spelling without what is free even in short words: doubles, 7 for h, q for 9."""
    return _DOUBLES.sub(r"\1", text.translate(_FREE))


def _without_negation(text: str, after_ma: bool) -> str | None:
    """Return what the verb inside ``ma…ch`` is compared by, glued or not, or None."""
    ending = _NEGATED.match(text)
    if ending is None:
        return None
    verb = ending.group("verb")
    if not after_ma:
        glued = _GLUED_MA.match(verb)
        if glued is None:
            return None
        verb = glued.group("verb")
    return word_key(verb)
