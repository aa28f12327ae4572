"""The words of one message as the readers see them, with what they look up again and again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from language.skeleton import word_key
from language.tokens import Token, words
from language.wordlists import word_list

WORDS = ("word", "clitic")
_LISTS = word_list("function_words")
FRENCH_WORDS = frozenset(str(w) for name in ("french", "french_content") for w in _LISTS[name])
"""Common French words, which no Darija word may be mistaken for because its key is the same."""


@dataclass(frozen=True)
class Scan:
    """A message cut into tokens, without apostrophes and hyphens inside words.

    Attributes:
        text: The message as typed.
        tokens: Its tokens in order.
        texts: The text of each token.
        keys: The key of each token.
    """

    text: str
    tokens: tuple[Token, ...]
    texts: tuple[str, ...]
    keys: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.tokens)

    def word(self, index: int) -> str:
        """Return the text of a token, or nothing beyond the ends."""
        return self.texts[index] if 0 <= index < len(self.texts) else ""

    def key(self, index: int) -> str:
        """Return the key of a token, or nothing beyond the ends."""
        return self.keys[index] if 0 <= index < len(self.keys) else ""

    def kind(self, index: int) -> str:
        """Return the kind of a token, or nothing beyond the ends."""
        return self.tokens[index].kind if 0 <= index < len(self.tokens) else ""

    def touches(self, index: int) -> bool:
        """Tell whether a token follows the one before it without a space."""
        return 0 < index < len(self.tokens) and (
            self.tokens[index - 1].end >= self.tokens[index].start
        )

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the span in the message of tokens ``first`` to ``last``, exclusive."""
        return self.tokens[first].start, self.tokens[last - 1].end


def scan(text: str) -> Scan:
    """Cut a message for the readers."""
    cut = words(text)
    kept = []
    for index, token in enumerate(cut):
        if token.text == "'":
            continue
        if token.text == "-" and _joins_words(cut, index):
            continue
        kept.append(token)
    return Scan(text, tuple(kept), tuple(t.text for t in kept), tuple(t.key for t in kept))


def _joins_words(cut: tuple[Token, ...], index: int) -> bool:
    return (
        0 < index < len(cut) - 1
        and (cut[index - 1].kind in WORDS or cut[index + 1].kind in WORDS)
        and cut[index - 1].end == cut[index].start
    )


class Phrases:
    """A set of short phrases, compared by the keys of their words.

    A word is also compared without an attached ``w``/``و``, since "and" is often glued.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        cut = [_phrase_words(str(phrase)) for phrase in phrases]
        self._phrases = frozenset(tuple(map(word_key, phrase)) for phrase in cut)
        self._typed = frozenset(word for phrase in cut for word in phrase)
        self._first = frozenset(phrase[0] for phrase in self._phrases)
        self._last = frozenset(phrase[-1] for phrase in self._phrases)
        self.longest = max((len(phrase) for phrase in self._phrases), default=0)

    def _fits(self, text: Scan, start: int, end: int) -> bool:
        keys = text.keys[start:end]
        if keys not in self._phrases and _without_and(keys) not in self._phrases:
            return False
        return all(
            word in self._typed or word not in FRENCH_WORDS for word in text.texts[start:end]
        )

    def at(self, text: Scan, index: int) -> int:
        """Return the end of the longest phrase that begins at a token, or 0."""
        key = text.key(index)
        if key not in self._first and key[1:] not in self._first:
            return 0
        for length in range(min(self.longest, len(text) - index), 0, -1):
            if self._fits(text, index, index + length):
                return index + length
        return 0

    def before(self, text: Scan, index: int) -> int:
        """Return the start of the longest phrase that ends just before a token, or -1."""
        key = text.key(index - 1)
        if key not in self._last and key[1:] not in self._last:
            return -1
        for length in range(min(self.longest, index), 0, -1):
            if self._fits(text, index - length, index):
                return index - length
        return -1


def _phrase_words(phrase: str) -> tuple[str, ...]:
    return tuple(
        token.text
        for token in words(phrase)
        if token.text != "'" and (token.text != "-" or len(phrase) == 1)
    )


def _without_and(keys: tuple[str, ...]) -> tuple[str, ...]:
    first = keys[0]
    return (first[1:], *keys[1:]) if first[:1] == "w" and len(first) > 2 else keys
