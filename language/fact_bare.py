"""A number alone, or "I have 44", while a question is pending that it does not answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from language.fact_nearness import Quantity
from language.fact_words import CHOICE_TYPES, Claim
from language.gazetteer import Gazetteer
from language.tokens import Token
from language.wordlists import word_list

_HAVE = Gazetteer({True: word_list("facts")["have"]}, mistakes=False)
_YOUNGEST, _OLDEST = 16, 75  # of those who tell their age without being asked


def bare_age(
    asked: Mapping[str, Any], cut: Sequence[Token], quantities: Sequence[Quantity]
) -> list[Claim]:
    """Read a plausible age where the pending question takes no number.

    "29" answers no question about a diploma or a town; "I have 44" names no sum.
    """
    number = _alone(cut, quantities)
    if number is None or not _YOUNGEST <= number.value <= _OLDEST:
        return []
    if asked["type"] in (*CHOICE_TYPES, "place"):
        return [Claim("age", number.value, number.start, number.end)]
    return []


def has_an_age(
    asked: Mapping[str, Any], cut: Sequence[Token], quantities: Sequence[Quantity]
) -> list[Claim]:
    """Read "I have 44" as an age while a sum is pending, which nobody names so."""
    number = _alone(cut, quantities)
    if number is None or (asked.get("reads") or {}).get("reader") != "money":
        return []
    if _YOUNGEST <= number.value <= _OLDEST and _HAVE.find_in(cut):
        return [Claim("age", number.value, number.start, number.end)]
    return []


def _alone(cut: Sequence[Token], quantities: Sequence[Quantity]) -> Quantity | None:
    """Return the one number of a message that says nothing else, but perhaps "I have"."""
    numbers = [q for q in quantities if q.kind == "number" and isinstance(q.value, int)]
    if len(numbers) != 1:
        return None
    (number,) = numbers
    having = _HAVE.find_in(cut)
    rest = [
        token
        for token in cut
        if token.kind != "punct"
        and not number.start <= token.start < number.end
        and not any(found.start <= token.start < found.end for found in having)
    ]
    return None if rest else number
