"""Cutting a message into words, numbers, dates, codes and signs, with their places.

A digit alone is a number and a digit inside a word is a letter (``3ndi``, ``wa7d``), unless a
unit follows (``31ans``, ``70k``) or several digits end a word (``f2019``). Phone numbers, CIN
numbers and dates are tokens of their own, so no reader takes them for money or ages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from language.normal import Normal, normal_form
from language.script import ARABIC
from language.skeleton import word_key
from language.wordlists import word_list

_LISTS = word_list("tokens")
_UNITS = frozenset(_LISTS["units"])
_NUMBER_CLITICS = frozenset(_LISTS["number_clitics"])
_ELISIONS = frozenset(_LISTS["elisions"])
_WHOLE = tuple(_LISTS["whole"])
_LATIN_WHOLE = frozenset(_LISTS["latin_whole"])
_ARABIC_WHOLE = frozenset(_LISTS["arabic_whole"])

# Every quantifier is bounded or eats a run that the next token does not see again.
_CHUNK = re.compile(
    rf"""
    (?P<link>https?://\S+ | www\.\S+ | [a-z0-9._+-]{{1,64}}@[a-z0-9-]{{1,63}}\.[a-z0-9.]{{2,63}})
  | (?P<phone>(?<![\d+])(?:\+|00)\ ?212[ .-]?(?:\(0\))?\d(?:[ .-]?\d{{2}}){{4}}(?!\d)
            | (?<!\d)0[5-8](?:[ .-]?\d){{8}}(?!\d))
  | (?P<date>(?<!\d)(?:\d{{1,2}}([/.-])\d{{1,2}}\4(?:\d{{4}}|\d{{2}})|\d{{4}}[/-]\d{{1,2}}[/-]\d{{1,2}}
            |\d{{1,2}}/\d{{4}})(?![\d/]))
  | (?P<number>(?<!\d)(?:\d{{1,3}}(?:([ .,])\d{{3}})(?:\6\d{{3}}){{0,4}}(?:[.,]\d{{1,2}})?(?!\d)(?![.,]\d)
            |\d{{1,12}}[.,]\d{{1,4}}(?!\d)(?![.,/]\d)))
  | (?P<arabic>[{ARABIC}]+)
  | (?P<run>[^\W_{ARABIC}]+)
  | (?P<sign>[^\s\w]|_)
    """,
    re.VERBOSE,
)
_DIGITS_FIRST = re.compile(r"(\d{1,15})(\D.*)\Z", re.DOTALL)
_DIGITS_LAST = re.compile(r"(.*\D)(\d{2,15})\Z", re.DOTALL)
_CODE = re.compile(r"[a-z]{1,2}\d{5,8}\Z")
_ORDINAL = re.compile(r"\d{1,2}(?:er|ere|eme|e|nd|nde|ieme)\Z")
_LONGEST = 15  # digits of a number that still counts something
_VOWELS = frozenset("aeiouy")


@dataclass(frozen=True)
class Token:
    """A piece of a message.

    Attributes:
        text: The piece in normal form (see :func:`language.normalise`).
        start: Where it begins in the message as typed.
        end: Where it ends, exclusive.
        key: The skeleton of the word; the text itself for everything but words.
        kind: word, clitic, number, date, phone, code, link, punct or emoji.
    """

    text: str
    start: int
    end: int
    key: str
    kind: str


def tokens(text: str) -> tuple[Token, ...]:
    """Cut a message, with articles, prepositions and elisions as tokens of their own."""
    cut: list[Token] = []
    for token in words(text):
        if token.kind == "word":
            cut += _unglued(token)
        else:
            cut.append(token)
    return tuple(cut)


@lru_cache(maxsize=4)
def words(text: str) -> tuple[Token, ...]:
    """Cut a message, leaving attached prepositions and articles on their words."""
    normal = normal_form(text)
    found: list[Token] = []
    for match in _CHUNK.finditer(normal.text):
        kind = match.lastgroup or "sign"
        start, end = match.span()
        if kind == "run":
            found += _run(normal, start, end)
        elif kind == "arabic":
            found.append(_token(normal, start, end, "word"))
        elif kind == "sign":
            sign = match.group()
            if sign == "'" and found and _is_elision(found[-1], normal, start):
                found[-1] = _token(normal, start - len(found[-1].text), start, "clitic")
            emoji = sign.isprintable() and ord(sign) > 0x2000 and not sign.isalnum()
            found.append(_token(normal, start, end, "emoji" if emoji else "punct"))
        elif kind == "number" and _grouping_is_doubtful(match.group(), normal.text, end):
            first = start + len(match.group().split(" ", 1)[0])
            found.append(_token(normal, start, first, "number"))
            found += _plain_numbers(normal, first, end)
        else:
            found.append(_token(normal, start, end, kind))
    return tuple(found)


def _grouping_is_doubtful(number: str, text: str, end: int) -> bool:
    """Tell whether the last group belongs to a word: ``27 333ndi`` is no 27,333."""
    if " " not in number or end >= len(text) or not text[end].isalpha():
        return number.startswith("0") and " " in number
    tail = re.match(r"[^\W_\d]{1,12}", text[end : end + 12])
    return tail is None or (tail.group() not in _UNITS and text[end].isascii())


def _plain_numbers(normal: Normal, start: int, end: int) -> list[Token]:
    return [
        _token(normal, start + part.start(), start + part.end(), "number")
        for part in re.finditer(r"\d+", normal.text[start:end])
    ]


def _is_elision(token: Token, normal: Normal, at: int) -> bool:
    after = normal.text[at + 1 : at + 2]
    return token.text in _ELISIONS and normal.text[at - 1] != " " and after.isalpha()


def _run(normal: Normal, start: int, end: int) -> list[Token]:
    """Cut a run of Latin letters and digits into words and numbers."""
    run = normal.text[start:end]
    if run.isdigit():
        return [_token(normal, start, end, "number" if len(run) <= _LONGEST else "code")]
    if run.isalpha():
        return [_token(normal, start, end, "word")]
    if _CODE.match(run) and not run[:-4].startswith(("dh", "f", "b2")):
        return [_token(normal, start, end, "code")]
    if _ORDINAL.match(run):
        return [_token(normal, start, end, "word")]
    first = _DIGITS_FIRST.match(run)
    if first:
        digits, rest = first.groups()
        middle = start + len(digits)
        if rest in _UNITS or len(digits) > 1:
            return [_token(normal, start, middle, "number"), *_run(normal, middle, end)]
        return [_token(normal, start, end, "word")]
    last = _DIGITS_LAST.match(run)
    if last:
        letters, digits = last.groups()
        middle = end - len(digits)
        if len(letters) > 1 or letters in _NUMBER_CLITICS:
            return [_token(normal, start, middle, "word"), _token(normal, middle, end, "number")]
    return [_token(normal, start, end, "word")]


def _token(normal: Normal, start: int, end: int, kind: str) -> Token:
    text = normal.text[start:end]
    key = word_key(text) if kind in ("word", "clitic") else text
    return Token(text, *normal.span(start, end), key, kind)


def _unglued(token: Token) -> list[Token]:
    """Split the article and what is glued before it off a word: ``flbanka``, ``فالبنكة``."""
    text = token.text
    cuts = _latin_cuts(text) if text.isascii() else _arabic_cuts(text)
    if not cuts:
        return [token]
    if token.end - token.start != len(text):  # written out or respelt: the parts share the span
        places = [(token.start, token.end)] * (len(cuts) + 1)
    else:
        edges = [token.start, *(token.start + cut for cut in cuts), token.end]
        places = list(pairwise(edges))
    parts = [text[a:b] for a, b in pairwise([0, *cuts, len(text)])]
    last = len(parts) - 1
    return [
        Token(part, *places[i], word_key(part), "word" if i == last else "clitic")
        for i, part in enumerate(parts)
    ]


def _latin_cuts(text: str) -> list[int]:
    if len(text) < 4 or text in _LATIN_WHOLE:
        return []
    if text[0] == "l" and text[1] not in _VOWELS:
        return [1]
    if text[0] in "fbwdk" and text[1] == "l" and text[2] not in _VOWELS and len(text) > 4:
        return [1, 2]
    if text[0] in "fb" and text[0] == text[1]:
        return [1]
    return []


def _arabic_cuts(text: str) -> list[int]:
    if text in _ARABIC_WHOLE:
        return []
    if text.startswith("ال") and len(text) > 4:
        return [2]
    if text.startswith("لل") and len(text) > 4:
        return [1, 2]
    if text[0] in "فبوكد" and text.startswith("ال", 1) and len(text) > 5:
        return [1, 3]
    if text[0] in "فب" and text[1:2] == text[0] and len(text) > 3:
        return [1]
    return []
