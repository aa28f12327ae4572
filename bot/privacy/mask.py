"""Numbers and addresses that tell who somebody is are masked before anything keeps them.

Masked are e-mail addresses, telephone numbers, identity cards and passports, bank accounts
(RIB, IBAN) and cards, in any spelling: spaced, dotted, in Arabic-Indic digits. What a person
tells us to be helped must survive: sums, years, ages, durations, lists of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

import phonenumbers
from stdnum import luhn
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_97_10

import yamlsource

MASK = "•••"
"""What stands in the place of what was masked."""

HOME = "MA"
WORDS = Path(__file__).with_name("words.yml")

Span = tuple[int, int]

RIB_DIGITS = 24
NO_SUM_DIGITS = 11
"""From so many digits without a gap a number is no sum of money anybody tells us."""

_EMAIL = re.compile(
    r"[\w.+%-]{1,64}\s?@\s?[^\W_][\w-]*(?:\s?\.\s?(?=\w)[\w-]+)+"
    r"|(?<![\w.+%/-])[\w.+%-]+@[^\W_][\w-]*"  # but not /command@bot
)
_IBAN = re.compile(
    r"(?<![^\W_])(?:MA\d\d(?:[ .-]?\d){20,26}|[A-Z]{2}\d\d(?:[ .-]?[A-Z0-9]){11,30})(?![^\W_])",
    re.I,
)
_GROUPED = re.compile(r"\d+(?:[ .-]\d+)*")
_SOLID = re.compile(r"\d+")
_CARD_GROUPS = frozenset({(4, 4, 4, 4), (4, 6, 5), (4, 4, 4, 4, 3)})
_OUR_PHONE = re.compile(
    r"(?<!\d)(?:(?:\+|00)\s?212[ .-]?(?:\(0\)|0)?|0)\s?[5-8](?:(?:[ ._-]{0,2}\d){8}|(?: ?/ ?\d\d){4})(?!\d)"
)
_DATED = re.compile(r"(?:\d{2}[ ./-])?\d{2}[ ./-](?:19|20)\d{2}(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PHONE_WITHOUT_ZERO = re.compile(
    r"(?<![\d+])(?:212[ .-]?)?[67](?:\d{8}|\d{2}(?:[ .-]\d{2}){3}|[ .-]\d{2}(?:[ .-]\d{2}){3})(?!\d)"
)
_CARD_OF_A_PERSON = re.compile(
    r"(?<![^\W_])(?P<letters>[A-Za-z]{1,2})(?P<gap>[ .-]?)(?P<digits>\d{3}[ .-]\d{3}|\d{5,7})(?![^\W_]|[.,]\d)"
)


def mask(text: str) -> str:
    """Return ``text`` with everything that identifies a person replaced by :data:`MASK`.

    Masking what was masked changes nothing.
    """
    if not _could_hold_any(text):
        return text
    folded = _fold(text)
    out, done = [], 0
    for start, end in _merged(_personal(folded)):
        out += [text[done:start], MASK]
        done = end
    return "".join([*out, text[done:]])


def _could_hold_any(text: str) -> bool:
    return "@" in text or "＠" in text or sum(map(str.isdecimal, text)) >= 5


def _fold(text: str) -> str:
    """Return ``text`` letter for letter, with digits, spaces, dashes and signs of one kind."""
    return "".join(map(_folded_letter, text))


@lru_cache(maxsize=2048)
def _folded_letter(letter: str) -> str:
    category = unicodedata.category(letter)
    if category == "Nd":
        return str(unicodedata.decimal(letter))
    if category in ("Zs", "Zl", "Zp") or letter in "\n\t":
        return " "
    if category == "Pd":
        return "-"
    return {"＠": "@", "＋": "+", "．": ".", "·": ".", "٠": "0"}.get(letter, letter)


def _personal(text: str) -> Iterator[Span]:
    yield from _spans(_EMAIL, text)
    yield from _banks(text)
    yield from _phones(text)
    yield from _cards_of_people(text)
    yield from _named(text)


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    return (found.span() for found in pattern.finditer(text))


def _banks(text: str) -> Iterator[Span]:
    for found in _IBAN.finditer(text):
        number = _bare(found[0]).upper()
        if number.startswith(HOME) or _passes(mod_97_10, number[4:] + number[:4]):
            yield found.span()
    for found in _SOLID.finditer(text):
        digits = found[0]
        long = len(digits) >= NO_SUM_DIGITS and not digits.endswith("000000")
        if long or (len(digits) >= 8 and digits.startswith("0")):
            yield found.span()
    for found in _GROUPED.finditer(text):
        groups = re.split(r"[ .-]", found[0])
        begins = list(accumulate((len(group) + 1 for group in groups), initial=found.start()))
        yield from _rib(begins, groups)
        yield from _payment_cards(begins, groups)


def _rib(begins: list[int], groups: list[str]) -> Iterator[Span]:
    """Find 24 digits in groups: with the right check digits, or that are no list of sums."""
    for first, last in _windows(groups, RIB_DIGITS):
        part = groups[first:last]
        if int("".join(part)) % 97 == 0 or not _is_a_list(part):
            yield begins[first], begins[last] - 1


def _payment_cards(begins: list[int], groups: list[str]) -> Iterator[Span]:
    for shape in _CARD_GROUPS:
        for first in range(len(groups) - len(shape) + 1):
            part = groups[first : first + len(shape)]
            right = tuple(map(len, part)) == shape and _passes(luhn, "".join(part))
            if right and not _is_a_list(part):
                yield begins[first], begins[first + len(shape)] - 1


def _is_a_list(groups: list[str]) -> bool:
    """Whether these may be sums and years, one after the other."""
    return all(group.endswith("0") or _YEAR.fullmatch(group) for group in groups)


def _windows(groups: list[str], digits: int) -> Iterator[tuple[int, int]]:
    """Yield the runs of several groups that have so many digits together."""
    for first in range(len(groups)):
        count = 0
        for last in range(first, len(groups)):
            count += len(groups[last])
            if count >= digits:
                if count == digits and last > first:
                    yield first, last + 1
                break


def _phones(text: str) -> Iterator[Span]:
    for match in phonenumbers.PhoneNumberMatcher(text, HOME):
        if match.raw_string.startswith(("+", "00")) or _is_ours(match.raw_string):
            yield match.start, match.end
    for found in _OUR_PHONE.finditer(text):
        if _is_ours(found[0]):
            yield found.span()
    for found in _PHONE_WITHOUT_ZERO.finditer(text):
        if not found[0].endswith("00") and not _is_money(text, found.end()):
            yield found.span()


def _is_ours(number: str) -> bool:
    return number.lstrip("(").startswith(("0", "+", "212")) and not _DATED.match(number)


def _cards_of_people(text: str) -> Iterator[Span]:
    """Find one or two letters and five to seven digits, unless they look like a sum."""
    for found in _CARD_OF_A_PERSON.finditer(text):
        letters, digits = found["letters"], _bare(found["digits"])
        solid = not found["gap"] and digits == found["digits"]
        round_sum = digits.endswith("00" if letters.islower() else "000")
        a_word = letters.lower() in _words("not_letters") and letters != letters.upper()[:1]
        unlikely = (a_word and not solid) or letters.lower() in _words("currency")
        unlikely = unlikely or (letters.islower() and not solid)
        unlikely = unlikely or (len(digits) < 6 and (a_word or not solid))
        if not (round_sum or unlikely or _is_money(text, found.end())):
            yield found.span()


def _named(text: str) -> Iterator[Span]:
    """Find numbers behind a word that says what they are."""
    for pattern in _patterns():
        for found in pattern.finditer(_plain(text)):
            if not _is_money(text, found.end()):
                yield found.span("number")


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    filler = f"(?:[\\s:=,.°#-]|{_any('between')})" + "{0,6}"
    return tuple(
        re.compile(
            f"{_any(kind)}{filler}(?P<number>(?:\\b[a-z]{{1,2}}[ .-]?)?\\d(?:[ .-]?\\d){{{least - 1},}})"
        )
        for kind, least in (("identity", 5), ("account", 8))
    )


def _any(kind: str) -> str:
    longest_first = sorted(_words(kind), key=len, reverse=True)
    return f"(?:(?<![^\\W_])(?:{'|'.join(map(re.escape, longest_first))})(?![^\\W\\d_]))"


@lru_cache(maxsize=8)
def _words(kind: str) -> frozenset[str]:
    return frozenset(_plain(str(word)) for word in yamlsource.plain(WORDS)[kind])


def _plain(text: str) -> str:
    """Return ``text`` letter for letter, small and without accents."""
    return "".join(map(_plain_letter, text))


@lru_cache(maxsize=2048)
def _plain_letter(letter: str) -> str:
    return (unicodedata.normalize("NFD", letter)[0].lower() or letter)[0]


def _is_money(text: str, end: int) -> bool:
    following = _plain(text[end : end + 14]).lstrip(" .").split(" ", 1)[0].strip(".,;!?")
    return following in _words("currency")


def _bare(number: str) -> str:
    return re.sub(r"[ .-]", "", number)


def _passes(algorithm: object, number: str) -> bool:
    try:
        algorithm.validate(number)  # type: ignore[attr-defined]
    except ValidationError:
        return False
    return True


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
