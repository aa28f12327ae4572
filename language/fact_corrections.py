"""Corrections of a number said before: ``la, 37 machi 27``, ``non pas 27, 37``, ``pardon, 37``.

Such a message corrects something; it says neither "no" nor a value to the question that happens
to be pending. Which fact had the old number only the conversation knows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from language.fact_nearness import Quantity
from language.fact_words import Claim
from language.gazetteer import Found, Gazetteer
from language.tokens import Token
from language.wordlists import word_list

_WORDS = Gazetteer(word_list("facts")["correction"], mistakes=False)
_OWN = Gazetteer({True: word_list("facts")["own_statement"]}, mistakes=False)
_ONLY = frozenset(map(str, word_list("facts")["just"]))
_SIGNS = ("punct", "emoji")
NON = "non"

Number = int | float


@dataclass(frozen=True)
class Correction:
    """A message that only corrects a number.

    Attributes:
        new: The number that holds, None when only the wrong one was named.
        old: The number that was wrong, None when it was not named.
        start: Where the new number begins in the message as typed.
        end: Where it ends, exclusive.
    """

    new: Number | None
    old: Number | None
    start: int = 0
    end: int = 0


def read_correction(cut: Sequence[Token], quantities: Sequence[Quantity]) -> Correction | None:
    """Return the correction that a message makes, or None when it says anything else besides."""
    numbers = [q for q in quantities if q.kind == "number" and not isinstance(q.value, dict)]
    if not 1 <= len(numbers) <= 2:
        return None
    found = _WORDS.find_in(cut)
    if not all(_known(token, numbers, found) for token in cut):
        return None
    wrong = [number for number in numbers if _denied(number, cut, found)]
    right = [number for number in numbers if number not in wrong]
    if len(right) > 1 or len(wrong) > 1:
        return None
    opens = any(
        f.id in ("no", "fix") and f.end <= numbers[0].start for f in found
    )  # fmt: skip
    if not (wrong or opens):
        return None
    old = wrong[0].value if wrong else None
    if not right:
        return Correction(None, old)
    return Correction(right[0].value, old, right[0].start, right[0].end)


def _known(token: Token, numbers: Sequence[Quantity], found: Sequence[Found]) -> bool:
    return (
        token.kind in _SIGNS
        or any(n.start < token.end and token.start < n.end for n in numbers)
        or any(f.start <= token.start and token.end <= f.end for f in found)
    )


def _denied(number: Quantity, cut: Sequence[Token], found: Sequence[Found]) -> bool:
    """Tell whether "not" stands right before a number."""
    before = [token for token in cut if token.end <= number.start]
    return bool(before) and any(
        f.id == "not" and f.start <= before[-1].start and before[-1].end <= f.end for f in found
    )


def without_opening_no(text: str, cut: Sequence[Token]) -> str:
    """Blank the "no" that opens a message and says more, so that it denies no town or number."""
    if len(cut) < 2 or cut[0].text != NON:
        return text
    return text[: cut[0].start] + " " * (cut[0].end - cut[0].start) + text[cut[0].end :]


def says_only(cut: Sequence[Token]) -> bool:
    """Tell whether a number is answered rather than corrected: *la, ghir wa7d*."""
    return any(token.text in _ONLY for token in cut)


def tells_at_once(cut: Sequence[Token]) -> bool:
    """Tell "no I have a master's", which corrects, from "no, I have none" and "no, I work"."""
    opening = [f for f in _WORDS.find_in(cut) if f.id == "no" and f.start == cut[0].start]
    after = [token for token in cut if opening and token.start >= opening[0].end]
    return bool(after) and any(f.start == after[0].start for f in _OWN.find_in(after))


def is_an_age(correction: Correction, quantities: Sequence[Quantity]) -> bool:
    """Tell whether the corrected number is said in years of age."""
    return any(q.kind == "age" and q.start <= correction.start < q.end for q in quantities)


def as_age(correction: Correction, claims: Sequence[Claim]) -> list[Claim]:
    """Return the corrected number as the age, unless the message says the age besides."""
    if correction.new is None or any(claim.fact == "age" for claim in claims):
        return []
    return [Claim("age", correction.new, correction.start, correction.end)]


def read_instead(
    correction: Correction | None, claims: Sequence[Claim], ambiguous: Mapping[str, Any]
) -> tuple[tuple[Number, Number | None], ...]:
    """Return the corrected number, unless the message says which fact it is about."""
    if correction is None or correction.new is None or ambiguous:
        return ()
    if any(claim.start < correction.end and correction.start < claim.end for claim in claims):
        return ()
    return ((correction.new, correction.old),)
