"""One key for both scripts: ``bghit``, ``bghyt`` and ``بغيت`` meet in ``bghit``.

The key keeps consonants, long i and w, and an a at either end of the word. Short vowels come
and go in Moroccan writing, and Arabic script does not write them. ``p`` meets ``b`` and ``v``
meets ``f``, since Arabic script has neither (``projet``, ``بروجي``).
"""

from __future__ import annotations

import re
from functools import lru_cache

from language.normal import normalise
from language.wordlists import word_list

_ARABIC = str.maketrans({
    "ا": "a", "ب": "b", "ت": "t", "ث": "t", "ج": "j", "ح": "H", "خ": "X", "د": "d", "ذ": "d",
    "ر": "r", "ز": "z", "س": "s", "ش": "C", "ص": "s", "ض": "d", "ط": "t", "ظ": "d", "ع": "3",
    "غ": "G", "ف": "f", "ق": "9", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w",
    "ي": "i", "گ": "g", "پ": "b", "ڤ": "f", "چ": "C", "ژ": "j",
})  # fmt: skip
# Longest first. One capital stands for a letter that takes two in the key.
_LATIN = {
    "tch": "C", "sh": "C", "ch": "C", "kh": "X", "gh": "G", "ph": "f", "th": "t", "dj": "j",
    "ck": "k", "que": "k", "qui": "ki", "ou": "w", "o": "w", "u": "w", "y": "i", "x": "C", "q": "9",
    "5": "X", "7": "H", "4": "G", "8": "h", "6": "t", "2": "", "p": "b", "v": "f", "c": "k",
}  # fmt: skip
_LATIN_LETTERS = re.compile("tch|sh|ch|kh|gh|ph|th|dj|ck|que|qui|ou|c(?=[eiy])|[ouyxq574862pvc]")
_WIDE = str.maketrans({"X": "kh", "G": "gh", "C": "ch", "H": "h"})
_ALIASES: dict[str, str] = {str(k): str(v) for k, v in word_list("keys").items()}
_REAL_H = frozenset(["فيه", "بيه", "ليه", "عليه", "اليه", "هيه", "ايه", "وجه", "شبه"])
_DOUBLES = re.compile(r"(.)\1+")
_LONGEST_KEPT = 30  # characters; longer ones are hardly words, and would only fill the memory
_WORDS = re.compile(r"[^\W_]+")


def skeleton(text: str) -> str:
    """Return the keys of the words of a text, separated by spaces.

    Punctuation goes; clitics stay on their words (:func:`language.tokens` splits them).
    """
    return " ".join(word_key(word) for word in _WORDS.findall(normalise(text)))


def word_key(word: str) -> str:
    """Return the key of one word, which must be in normal form. Never empty for a word."""
    return _known_key(word) if len(word) <= _LONGEST_KEPT else _key(word)


def _key(word: str) -> str:
    if word.isdigit():
        return word
    key = _LATIN_LETTERS.sub(_latin, word) if word.isascii() else word.translate(_ARABIC)
    if key[-1:] == "h" and len(key) > 1:
        # ة is often typed ه, and "jam3iyah" has a mute h; in فيه it is a pronoun.
        if key[-2] == "a":
            key = key[:-1]
        elif not word.isascii() and word not in _REAL_H:
            key = key[:-1] + "a"
    key = _DOUBLES.sub(r"\1", key)
    first, middle = key[:1], key[1:]
    if first == "e":
        first = "a"
    final = "a" if middle.endswith("a") else ""
    key = first + middle.replace("a", "").replace("e", "") + final
    key = key.translate(_WIDE)
    return _ALIASES.get(key, key) or word


_known_key = lru_cache(maxsize=16384)(_key)


def _latin(match: re.Match[str]) -> str:
    letters = match.group()
    if letters == "c" and match.end() < len(match.string):
        return "s" if match.string[match.end()] in "eiy" else "k"
    return _LATIN.get(letters, letters)
