"""Numbers in digits and in words, French and Darija in both scripts, up to a billion.

Darija says units before tens (*wa7d w 3chrin*, 21), has words for two hundred and two thousand,
and fuses hundreds and thousands with their digit (*khmsmya*, *stalaf*, تلتالاف).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from language.number_words import (
    ABOUT,
    AND,
    GLUED_AND,
    HALF,
    QUARTER,
    below_thousand,
    counts_times,
    says_hundred,
    scale_at,
)
from language.scan import Scan
from language.wordlists import word_list

_GROUPED = re.compile(r"\d{1,3}(?:([ .,])\d{3})(?:\1\d{3})*(?:[.,](\d{1,2}))?\Z")
_MILLION = 1_000_000
_LISTS = word_list("numbers")
_LETTERS, _LETTERS_WITH_UNIT = (
    {str(letter): int(size) for size, letters in _LISTS[name].items() for letter in letters}
    for name in ("letters", "letters_with_unit")
)
_FEW_DIGITS = frozenset("23456789")
_PLURAL_SCALES = frozenset(map(str, _LISTS["plural_scales"]))
_DIRHAMS = frozenset(map(str, word_list("units")["dh"]))
_LONGEST = 20  # characters of a number that still means something


@dataclass(frozen=True)
class Number:
    """A number in a message.

    Attributes:
        value: Its value, everything multiplied out.
        first: Index of its first token.
        last: Index after its last token.
        scale: The greatest multiplier that was said (1, 1000, 1000000 …); it decides what is
            meant when no currency is named.
        short: Written with ``k`` or ``M``.
        digits: Written in digits alone.
        one: Only *un*, *une*, *wa7d*: more often an article than a number.
        about: A round word such as *une trentaine*.
    """

    value: float
    first: int
    last: int
    scale: int = 1
    short: bool = False
    digits: bool = False
    one: bool = False
    about: bool = False


def find_numbers(text: Scan) -> list[Number]:
    """Return the numbers of a message in order; dates, phones and codes are none."""
    found: list[Number] = []
    index = 0
    while index < len(text):
        number = _number(text, index)
        if number is None:
            index += 1
        else:
            found.append(number)
            index = number.last
    return found


def digits_value(digits: str) -> float:
    """Return the value of a number as typed: ``35.000``, ``35 000,00``, ``1,5``."""
    grouped = _GROUPED.match(digits)
    if grouped and not digits.startswith("0"):
        separator, decimals = grouped.groups()
        whole = digits[: -len(decimals) - 1] if decimals else digits
        return tidy(float(whole.replace(separator, "") + "." + (decimals or "0")))
    return tidy(float(digits.replace(",", ".").replace(" ", "")))


def tidy(value: float) -> float:
    """Return whole numbers as ``int``, others rounded to four places."""
    return int(value) if value == int(value) else round(value, 4)


def _number(text: Scan, index: int) -> Number | None:
    if text.kind(index) == "number":
        if text.word(index - 1) == "+" and text.touches(index):
            return None  # bac+2
        if len(text.word(index)) > _LONGEST:
            return None
        start: tuple[float, int] | None = (digits_value(text.word(index)), index + 1)
        if text.word(index) in _FEW_DIGITS and says_hundred(text, index + 1):
            start = (int(text.word(index)) * 100, index + 2)  # 5 myat
    else:
        start = _half_of_scale(text, index) or below_thousand(text, index)
    about = text.word(index) in ABOUT
    if start is None:
        scale = scale_at(text, index)
        if scale is None:
            return None
        start = (1, index)
    total, last, greatest, short = _scaled(text, *start)
    digits = text.kind(index) == "number" and last == index + 1
    one = last == index + 1 and total == 1 and not digits and greatest == 1
    return Number(tidy(total), index, last, greatest, short, digits, one, about)


def _half_of_scale(text: Scan, index: int) -> tuple[float, int] | None:
    word = text.word(index)
    part = 0.5 if word in HALF else 0.25 if word in QUARTER else 0.0
    # "rb3 mlyoun" is a quarter of a million, "rb3 mlayn" and "rb3 alaf" are four.
    following = text.word(index + 1)
    if not part or scale_at(text, index + 1) is None:
        return None
    plural = text.key(index + 1) in _PLURAL_SCALES or following in _PLURAL_SCALES
    return None if part == 0.25 and plural else (part, index + 1)


def _scaled(text: Scan, base: float, last: int) -> tuple[float, int, int, bool]:
    """Multiply by the scale words that follow, and add smaller groups."""
    total, greatest, short = 0.0, 1, False
    ceiling = 10**12
    if base >= 1000 and base % 1000 == 0 and text.kind(last - 1) == "word":
        # "alfayn" and "stalaf" hold their thousand already.
        follow = _next_group(text, last, 1000)
        if follow is None or scale_at(text, follow[1]):
            return base, last, 1000, False
        return base + follow[0], follow[1], 1000, False
    while True:
        half = _fraction(text, last)
        if half and (after := scale_at(text, half[1])) and after[0] < ceiling:
            base, last = base + half[0], half[1]  # jouj w nss mlyoun
        scale = scale_at(text, last) or _letter_scale(text, last)
        if scale is None or scale[0] >= ceiling:
            return total + base, last, greatest, short
        size, last, letter = scale
        short = short or letter
        greatest = max(greatest, size)
        total += base * size
        if fraction := _fraction(text, last):
            total += fraction[0] * size
            return total, fraction[1], greatest, short
        ceiling = size
        follow = _next_group(text, last, size)
        if follow is None:
            return total, last, greatest, short
        base, last = follow


def _next_group(text: Scan, index: int, size: int) -> tuple[float, int] | None:
    """Return the smaller group after a scale: *alf w khmsmya*, *deux mille cinq cents*."""
    joined = text.word(index) in AND or text.word(index).startswith(GLUED_AND)
    start = index + 1 if text.word(index) in AND else index
    group: tuple[float, int] | None
    if text.kind(start) == "number":
        group = (digits_value(text.word(start)), start + 1)
    else:
        group = below_thousand(text, start)
        if group is None and (scale := scale_at(text, start)) and scale[0] < size and joined:
            return 1, start
    if group is None:
        return None
    value, last = group
    scaled = scale_at(text, last)
    if scaled and scaled[0] < size:
        return group
    if scaled or value >= size:
        return None
    if size == _MILLION and value >= 100 and value % 50 == 0 and value < 1000:
        return value * 1000, last  # mlyoun w mitayn: a million and two hundred thousand
    # "2 alaf w 3 drari" is two thousand, and three children.
    return group if value >= 100 or (not joined and text.kind(start) != "number") else None


def _fraction(text: Scan, index: int) -> tuple[float, int] | None:
    """Read *w nss*, *ونص*, *et demi*, *w rb3*."""
    word = text.word(index)
    at = index + 1
    if word in AND:
        word, at = text.word(index + 1), index + 2
    elif word.startswith(GLUED_AND):
        word = word[1:]
    else:
        return None
    if word in HALF:
        return 0.5, at
    if word not in QUARTER or scale_at(text, at) is not None or counts_times(text, at):
        return None  # "rb3 chhor" is four months
    return 0.25, at


def read_fraction(text: Scan, index: int) -> tuple[float, int] | None:
    """Read "and a half" or "and a quarter" at a token: its size and where it ends."""
    return _fraction(text, index)


def _letter_scale(text: Scan, index: int) -> tuple[int, int, bool] | None:
    if text.kind(index - 1) != "number":
        return None
    word = text.word(index)
    size = _LETTERS.get(word)
    if size == _MILLION and not (text.touches(index) or text.word(index + 1) in _DIRHAMS):
        return None
    if size:
        return size, index + 1, True
    size = _LETTERS_WITH_UNIT.get(word)  # the unit is read behind it once more
    return (size, index, True) if size else None
