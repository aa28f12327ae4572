"""Numbers in digits and in words, French and Darija in both scripts, up to a billion.

Darija says units before tens (*wa7d w 3chrin*, 21), has words for two hundred and two thousand,
and fuses hundreds and thousands with their digit (*khmsmya*, *stalaf*, تلتالاف).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from language.normal import normalise
from language.scan import Scan
from language.skeleton import skeleton, word_key
from language.wordlists import word_list

_LISTS = word_list("numbers")


def _by_key(name: str) -> dict[str, int]:
    return {skeleton(str(w)): int(value) for value, ws in _LISTS[name].items() for w in ws}


def _as_typed(name: str) -> dict[str, int]:
    return {normalise(str(word)): int(value) for value, ws in _LISTS[name].items() for word in ws}


_EXACT = _as_typed("exact")
_DARIJA = _by_key("darija")
_SHORT = _by_key("short")
_FRENCH = _as_typed("french")
_ABOUT = _as_typed("about_french")
_SCALES = _by_key("scales")
_HALF = frozenset(map(normalise, _LISTS["half"]))
_QUARTER = frozenset(map(normalise, _LISTS["quarter"]))
_AND = frozenset(map(str, _LISTS["and"]))
_LINKS = frozenset(map(normalise, _LISTS["links"]))
_SMALL = {k: v for k, v in (*_DARIJA.items(), *_SHORT.items()) if v < 11}
_FUSED = {
    **{key.removesuffix("a") + tail + "mia": v * 100
       for key, v in _SMALL.items() if 3 <= v <= 9 for tail in ("", "i")},
    **{key.removesuffix("a") + "lf": v * 1000 for key, v in _SMALL.items() if v >= 3},
    **{_SHORT_KEY + "t" + "lf": v * 1000 for _SHORT_KEY, v in _SHORT.items()},
    **{_SHORT_KEY + "t" + "mia": v * 100 for _SHORT_KEY, v in _SHORT.items() if v < 10},
}  # fmt: skip
_GROUPED = re.compile(r"\d{1,3}(?:([ .,])\d{3})(?:\1\d{3})*(?:[.,](\d{1,2}))?\Z")
_GLUED = ("w", "و", "b", "ب", "l", "ل", "f", "ف", "d", "د")
_MILLION = 1_000_000
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
    else:
        start = _half_of_scale(text, index) or _below_thousand(text, index)
    about = text.word(index) in _ABOUT
    if start is None:
        scale = _scale(text, index)
        if scale is None:
            return None
        start = (1, index)
    total, last, greatest, short = _scaled(text, *start)
    digits = text.kind(index) == "number" and last == index + 1
    one = last == index + 1 and total == 1 and not digits and greatest == 1
    return Number(tidy(total), index, last, greatest, short, digits, one, about)


def _half_of_scale(text: Scan, index: int) -> tuple[float, int] | None:
    word = text.word(index)
    part = 0.5 if word in _HALF else 0.25 if word in _QUARTER else 0.0
    # "rb3 mlyoun" is a quarter of a million, "rb3 mlayn" and "rb3 alaf" are four.
    following = text.word(index + 1)
    if not part or _scale(text, index + 1) is None:
        return None
    plural = text.key(index + 1) in ("mlin",) or following in ("alaf", "الاف")
    return None if part == 0.25 and plural else (part, index + 1)


def _scaled(text: Scan, base: float, last: int) -> tuple[float, int, int, bool]:
    """Multiply by the scale words that follow, and add smaller groups."""
    total, greatest, short = 0.0, 1, False
    ceiling = 10**12
    if base >= 1000 and base % 1000 == 0 and text.kind(last - 1) == "word":
        # "alfayn" and "stalaf" hold their thousand already.
        follow = _next_group(text, last, 1000)
        if follow is None or _scale(text, follow[1]):
            return base, last, 1000, False
        return base + follow[0], follow[1], 1000, False
    while True:
        half = _fraction(text, last)
        if half and (after := _scale(text, half[1])) and after[0] < ceiling:
            base, last = base + half[0], half[1]  # jouj w nss mlyoun
        scale = _scale(text, last) or _letter_scale(text, last)
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
    joined = text.word(index) in _AND or text.word(index)[:1] in ("w", "و")
    start = index + 1 if text.word(index) in _AND else index
    group: tuple[float, int] | None
    if text.kind(start) == "number":
        group = (digits_value(text.word(start)), start + 1)
    else:
        group = _below_thousand(text, start)
        if group is None and (scale := _scale(text, start)) and scale[0] < size and joined:
            return 1, start
    if group is None:
        return None
    value, last = group
    scaled = _scale(text, last)
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
    if word in _AND:
        word, at = text.word(index + 1), index + 2
    elif word[:1] in ("w", "و"):
        word = word[1:]
    else:
        return None
    if word in _HALF:
        return 0.5, at
    return (0.25, at) if word in _QUARTER and _scale(text, at) is None else None


def read_fraction(text: Scan, index: int) -> tuple[float, int] | None:
    """Read "and a half" or "and a quarter" at a token: its size and where it ends."""
    return _fraction(text, index)


def _scale(text: Scan, index: int) -> tuple[int, int, bool] | None:
    """Read a scale word, perhaps behind *d l*: (size, index after it, written as a letter)."""
    at = index
    while at < index + 2 and text.word(at) in _LINKS and text.kind(at) in ("word", "clitic"):
        at += 1
    key, word = text.key(at), text.word(at)
    if text.kind(at) != "word":
        return None
    size = _SCALES.get(key)
    if size is None and word[:1] in ("d", "l", "ل", "د", "ا", "w", "و") and at >= index:
        for prefix in ("dl", "d", "l", "دال", "د", "ال", "لل"):
            if word.startswith(prefix) and (size := _SCALES.get(word_key(word[len(prefix):]))):
                break
    if size is None or (at > index and size == 1000 and key == "ml"):
        return None
    return size, at + 1, False


def _letter_scale(text: Scan, index: int) -> tuple[int, int, bool] | None:
    if text.kind(index - 1) != "number":
        return None
    word = text.word(index)
    if word in ("k", "kdh"):
        return 1000, index + (word == "k"), True
    if word in ("mdh", "mdhs"):
        return _MILLION, index, True
    if word == "m" and (text.touches(index) or text.word(index + 1) in ("dh", "dhs", "dirhams")):
        return _MILLION, index + 1, True
    return None


def _below_thousand(text: Scan, index: int) -> tuple[float, int] | None:
    hundreds = _hundreds(text, index)
    if hundreds is None:
        return _below_hundred(text, index)
    value, last = hundreds
    if value >= 1000:
        return value, last
    joined = text.word(last) in _AND
    rest = _below_hundred(text, last + 1 if joined else last)
    if rest and rest[0] < 100 and (joined or text.word(last) in _FRENCH
                                   or text.word(last)[:1] in ("w", "و")):
        return value + rest[0], rest[1]
    return value, last


def _hundreds(text: Scan, index: int) -> tuple[int, int] | None:
    one = _word_value(text, index)
    if one in (100, 200, 2000):
        return one, index + 1
    fused = _FUSED.get(text.key(index)) or _FUSED.get(text.key(index).removesuffix("t") + "a") or _FUSED.get(word_key(_unglue(text.word(index))))
    if fused:
        return fused, index + 1
    small = one if one is not None and 2 <= one <= 9 else _short_value(text, index)
    if small and 2 <= small <= 9:
        hundred = text.key(index + 1) == "mia" or text.word(index + 1) in ("cent", "cents")
        if hundred:
            return small * 100, index + 2
    return None


def _below_hundred(text: Scan, index: int) -> tuple[int, int] | None:
    word = text.word(index)
    if word in _ABOUT:
        return _ABOUT[word], index + 1
    value = _word_value(text, index)
    if value is None:
        value = _short_value(text, index)
        if value is None or not _takes_short(text, index + 1):
            return None
        return value, index + 1
    if word in _FRENCH:
        french = _french(text, index, value)
        if french[1] > index + 1 or value > 9:
            return french
    if 1 <= value <= 9:
        at = index + 1
        if text.word(at) in _AND:
            at += 1
        elif text.word(at)[:1] not in ("w", "و") or len(text.word(at)) < 4:
            return value, index + 1
        tens = _word_value(text, at)
        if tens is not None and 20 <= tens <= 90 and tens % 10 == 0:
            if text.word(at) in _FRENCH and text.word(index) in _FRENCH:
                return value, index + 1
            return value + tens, at + 1
    return value, index + 1


def _french(text: Scan, index: int, value: int) -> tuple[int, int]:
    last = index + 1
    if value == 4 and text.word(last) in ("vingt", "vingts"):
        value, last = 80, last + 1
    if value == 10:
        unit = _FRENCH.get(text.word(last), 0)
        return (10 + unit, last + 1) if 7 <= unit <= 9 else (10, last)
    if value >= 20 and value % 10 == 0 and value <= 90:
        at = last + 1 if text.word(last) == "et" else last
        unit = _FRENCH.get(text.word(at), 0)
        if value in (60, 80) and unit == 10:
            more, end = _french(text, at, 10)
            return value + more, end
        if 1 <= unit <= 9 or (value in (60, 80) and 11 <= unit <= 16):
            if unit == 4 and text.word(at + 1) in ("vingt", "vingts"):
                return value, last
            return value + unit, at + 1
    return value, last


def _word_value(text: Scan, index: int) -> int | None:
    if text.kind(index) not in ("word", "clitic"):
        return None
    word = text.word(index)
    if word in _EXACT:
        return _EXACT[word]
    if word in _FRENCH:
        return _FRENCH[word]
    if len(word) < 3:
        return None
    value = _DARIJA.get(text.key(index))
    if value is None and len(word) > 3:
        value = _DARIJA.get(word_key(_unglue(word)), None) if word[0] in _GLUED else None
    return value


def _short_value(text: Scan, index: int) -> int | None:
    word = text.word(index)
    if text.kind(index) != "word" or len(word) < 2:
        return None
    value = _SHORT.get(text.key(index))
    if value is None and word[0] in _GLUED and len(word) > 3:
        value = _SHORT.get(word_key(word[1:]))
    return value


def _unglue(word: str) -> str:
    return word[1:] if word[:1] in _GLUED else word


_TIME_UNITS = frozenset(
    skeleton(word) for word in ("snin", "chhor", "chhora", "iyam", "ayam", "simanat", "snawat",
                                "سنين", "شهور", "أشهر", "ايام", "سيمانات", "سنوات", "اسابيع")
)  # fmt: skip


def _takes_short(text: Scan, index: int) -> bool:
    """Tell whether a word allows a short digit before it: *tlt mya, khms snin, stt alaf*."""
    return text.key(index) in _TIME_UNITS or text.key(index) == "mia" or (
        _scale(text, index) is not None
    )
