"""The readable normal form of a message, and where each of its characters came from.

Letters become lower case without accents, Arabic variants one letter, all digits ASCII,
direction marks and other invisible characters vanish, emoji stand apart, repeats are cut to
two. Digits used as letters (``3ndi``) are left alone: numbers are read from this form, and
folding them earlier would lose ages and sums.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from language.wordlists import word_list

MAX_LENGTH = 20_000
"""Characters of a message that are read; nobody types more, so the rest is ignored."""

_SAME = {
    "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ۃ": "ه", "ہ": "ه", "ھ": "ه", "ک": "ك", "ڪ": "ك",
    "ڭ": "گ", "ݣ": "گ", "ٱ": "ا", "ـ": "", "ء": "", "ڨ": "ق", "ڢ": "ف",
    "،": ",", "؛": ";", "؟": "?", "٬": ",", "٫": ".", "٪": "%", "۔": ".",
    "’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "′": "'", "ʿ": "'", "“": '"', "”": '"',
    "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "‑": "-", "−": "-", "‐": "-",
    "œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae", "ß": "ss", "ı": "i", "ø": "o", "đ": "d", "ł": "l",
    "½": ",5", "⁄": "/", "×": "x", "•": " ", "·": " ", "|": " ",
}  # fmt: skip
_CACHE: dict[str, str] = {}
_CACHE_LIMIT = 4096
_WORD = re.compile(r"[a-z]+")
_SMS: dict[str, str] = word_list("sms")


@dataclass(frozen=True)
class Normal:
    """A normal form with, for each character, the span of the message it stands for."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the message of ``text[start:end]``, which must not be empty."""
        return self.starts[start], self.ends[end - 1]


def normalise(text: str) -> str:
    """Return the readable normal form of a message."""
    return normal_form(text).text


@lru_cache(maxsize=4)
def normal_form(text: str) -> Normal:
    """Return the normal form together with the way back to the message."""
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last = before = ""
    for index, char in enumerate(text[:MAX_LENGTH]):
        folded = _CACHE.get(char)
        if folded is None:
            folded = _fold(char)
            if len(_CACHE) < _CACHE_LIMIT:
                _CACHE[char] = folded
        for one in folded:
            # Length is feeling ("bzaaaf", "!!!"), except in numbers.
            if one == last and (one == before or not one.isalpha()) and not one.isdigit():
                continue
            if one == " " and not out:
                continue
            out.append(one)
            starts.append(index)
            ends.append(index + 1)
            before, last = last, one
    while out and out[-1] == " ":
        out.pop()
        starts.pop()
        ends.pop()
    return _expand(Normal("".join(out), tuple(starts), tuple(ends)))


def normal_set(words: Iterable[object]) -> frozenset[str]:
    """Return the words of a word list in normal form, to be compared with tokens as typed."""
    return frozenset(normalise(str(word)) for word in words)


def _fold(char: str) -> str:
    same = _SAME.get(char)
    if same is not None:
        return same
    category = unicodedata.category(char)
    if char.isspace() or (category == "Cc" and char in "\n\r\t"):
        return " "
    if category in ("Cf", "Cc", "Cs", "Co", "Cn", "Mn", "Me"):
        return ""
    if category in ("So", "Sk") and unicodedata.normalize("NFKD", char) == char:
        return f" {char} "
    parts = (part for part in unicodedata.normalize("NFKD", char))
    plain = "".join(p for p in parts if unicodedata.category(p) not in ("Mn", "Cf")).lower()
    return "".join(_digit(_SAME.get(part, part)) for part in plain)


def _digit(char: str) -> str:
    value = unicodedata.digit(char, None) if len(char) == 1 else None
    return char if value is None else str(value)


def _expand(normal: Normal) -> Normal:
    """Write out SMS spellings; every new character stands for the whole old word."""
    found = [
        match
        for match in _WORD.finditer(normal.text)
        if match.group() in _SMS and not _inside_word(normal.text, match)
    ]
    if not found:
        return normal
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for match in found:
        start, end = match.span()
        text.append(normal.text[position:start])
        starts += normal.starts[position:start]
        ends += normal.ends[position:start]
        meant = _SMS[match.group()]
        text.append(meant)
        starts += [normal.starts[start]] * len(meant)
        ends += [normal.ends[end - 1]] * len(meant)
        position = end
    text.append(normal.text[position:])
    starts += normal.starts[position:]
    ends += normal.ends[position:]
    return Normal("".join(text), tuple(starts), tuple(ends))


def _inside_word(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return before.isalnum() or before == "'" or after.isalnum() or after in "'_"
