"""What stands around a number in a message, and what that says about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from language.context import Context
from language.fact_words import Claim
from language.gazetteer import Found, Gazetteer
from language.tokens import Token
from language.wordlists import word_list

_LISTS = word_list("facts")
_YEARLY = Gazetteer({True: _LISTS["yearly"]}, mistakes=False)
_AFTER = Gazetteer({True: _LISTS["after_time"]}, mistakes=False)
_WORKS = Gazetteer({True: _LISTS["works"]}, mistakes=False)
_PERSONS = Gazetteer({True: _LISTS["persons"]}, mistakes=False)
_HIRE = Gazetteer({True: _LISTS["hire"]}, mistakes=False)
_SOME = frozenset(map(str, _LISTS["some"]))
_WITH = frozenset(map(str, _LISTS["with"]))
_NOT_YET = Gazetteer({True: _LISTS["not_yet"]}, mistakes=False)
_HAVE, _OWN_SUMS, _OWED = (
    Gazetteer({True: _LISTS[name]}, mistakes=False) for name in ("have", "own_sums", "owed_sums")
)
_BEHIND = 4  # words behind a sum that may say whose it is
_HAVING = 2  # words that "I have" counts for: a sum is often named more exactly
_COMMA = 2  # words that a comma between a quantity and its word counts for
_LEAST_YEARLY = 3000  # dirhams, where a sum may be read in two ways


@dataclass(frozen=True)
class Quantity:
    """Something a message says in numbers.

    Attributes:
        kind: age, birth_date, money, duration, count, percent, date or place; number for any
            number once more, whatever it counts.
        value: In the form of a profile: years, dirhams, months, persons, a date range, place ids.
        start: Where it begins in the message as typed.
        end: Where it ends, exclusive.
        readings: For money with several readings, all of them, likelier first.
        bare: It is a number without a unit, or a length worked out from a date.
    """

    kind: str
    value: Any
    start: int
    end: int
    readings: tuple[Any, ...] = ()
    bare: bool = False


def year_range(year: int) -> dict[str, date]:
    """Return a whole year as a range of dates."""
    return {"from": date(year, 1, 1), "to": date(year, 12, 31)}


def times(value: Any, factor: float) -> Any:
    """Multiply a number or each bound of a range."""
    if isinstance(value, dict):
        return {key: bound * factor for key, bound in value.items()}
    return value * factor


def follows(words: Gazetteer, quantity: Quantity, cut: Sequence[Token]) -> bool:
    """Tell whether one of the words stands right behind a quantity."""
    return any(
        found.start >= quantity.end and words_between(quantity.end, found.start, cut) <= 1
        for found in words.find_in(cut)
    )


def is_article(quantity: Quantity, cut: Sequence[Token]) -> bool:
    """Tell "a cooperative" from "one employee"."""
    if quantity.kind != "count" or quantity.value != 1:
        return False
    typed = [t for t in cut if quantity.start <= t.start and t.end <= quantity.end]
    if any(token.kind == "number" for token in typed):
        return False
    if typed and typed[0].text in _SOME:
        return True
    after = [t for t in cut if t.start >= quantity.end][:2]
    before = [t for t in cut if t.end <= quantity.start][-1:]
    if _HIRE.find_in(before) and (not after or after[0].kind == "punct" or after[0].text in _WITH):
        return False  # "nkheddem wa7d b CDI"
    return not _PERSONS.find_in(after)


def says_work(found: Found, cut: Sequence[Token]) -> bool:
    """Tell whether a word may also mean working oneself: *3ndi jouj, bghit nkhdem*."""
    return any(f.start == found.start and f.end == found.end for f in _WORKS.find_in(cut))


def ended_after(quantity: Quantity, near: Sequence[Found], cut: Sequence[Token]) -> bool:
    """Tell "dismissed after 20 years", how long the work was, from "after 2 years without work"."""
    if any(
        found.start >= quantity.end and words_between(quantity.end, found.start, cut) <= 1
        for found in near
    ):
        return False
    inside = [t for t in cut if t.start < quantity.end][-4:]
    found = _AFTER.find_in(inside)
    return any(
        f.start >= quantity.start or words_between(f.end, quantity.start, cut) == 0 for f in found
    )


def is_yearly(found: Found, cut: Sequence[Token]) -> bool:
    """Tell whether a word says that a sum is by the year."""
    return any(f.start < found.end and found.start < f.end for f in _YEARLY.find_in(cut))


def owned(quantity: Quantity, cut: Sequence[Token]) -> int | None:
    """Return how near "I have" or "of my own" stands to a sum; None for debts and pay."""
    behind = [t for t in cut if t.start >= quantity.end][:_BEHIND]
    if _OWED.find_in(behind):
        return None
    if any(found.start == behind[0].start for found in _OWN_SUMS.find_in(behind)):
        return 0
    having = (found.end for found in _HAVE.find_in(cut) if found.end <= quantity.start)
    led = any(words_between(end, quantity.start, cut) == 0 for end in having)
    return _HAVING if led else None


def is_too_little(value: Any) -> bool:
    """Tell whether nobody would count such a sum by the year: 1,800 DH for *180 alf f l3am*."""
    return isinstance(value, (int, float)) and 0 < value < _LEAST_YEARLY


def has_not_begun(quantity: Quantity, cut: Sequence[Token]) -> bool:
    """Tell "not created yet", which dates nothing, from "just created"."""
    if quantity.kind != "duration" or quantity.value != 0:
        return False
    return bool(
        _NOT_YET.find_in([t for t in cut if quantity.start <= t.start and t.end <= quantity.end])
    )


def words_between(start: int, end: int, cut: Sequence[Token]) -> int:
    """Count the words between two places in a message."""
    return sum(start <= t.start and t.end <= end and t.kind not in ("punct",) for t in cut)


def distance_to(quantity: Quantity, start: int, end: int, cut: Sequence[Token]) -> int | None:
    """Count the words between a quantity and a word; None across the end of a sentence."""
    first, last = (end, quantity.start) if end <= quantity.start else (quantity.end, start)
    total = 0
    for token in cut:
        if first <= token.start and token.end <= last:
            if token.kind == "punct":
                if token.text in ".?!;":
                    return None
                total += _COMMA if token.text == "," else 0
            else:
                total += 1
    return total


def aged_after_denial(
    cut: Sequence[Token], quantities: Sequence[Quantity], context: Context
) -> list[Claim]:
    """Read "I am not 27, I am 37": behind an age that is denied, "I have" begins the right one."""
    ages = [q for q in quantities if q.kind == "age" and context.at(q.start).denied]
    if not ages:
        return []
    own = [marker for marker in context.markers if marker.id == "self"]
    return [
        Claim("age", number.value, number.start, number.end)
        for number in quantities
        if number.kind == "number"
        and number.start >= ages[0].end
        and not any(q.kind == "age" and q.start <= number.start < q.end for q in quantities)
        and any(words_between(m.end, number.start, cut) == 0 and m.end <= number.start for m in own)
    ][:1]
