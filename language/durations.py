"""Lengths of time in months: *hadi 3 snin*, *3amayn w nss*, *depuis 14 mois*, *un an et 3 mois*."""

from __future__ import annotations

from dataclasses import dataclass

from language.ages import YOUNGEST, owner_of, said_as_duration
from language.measures import TIME, Measure, Value, bound_before, unit_at
from language.normal import normal_set
from language.number_words import GLUED_AND
from language.numbers import read_fraction, tidy
from language.scan import Phrases, Scan
from language.skeleton import skeleton
from language.wordlists import word_list

_LISTS = word_list("people")
_ZERO_ANSWER, _LONE, _EVERY = (
    Phrases(_LISTS[name]) for name in ("zero_answer", "lone_before", "every")
)
_ZERO = Phrases(
    [
        *_LISTS["zero"],
        *(
            f"{opening} {verb}"
            for opening in _LISTS["just_openings"]
            for verb in _LISTS["just_verbs"]
        ),
        *(f"{no} {verb}" for no in _LISTS["not_yet_openings"] for verb in _LISTS["not_yet_verbs"]),
    ]
)
_GLUED_LISTS = word_list("glued")
_BEFORE_DUALS = tuple(map(str, _GLUED_LISTS["before_duals"]))
_ARTICLE = tuple(map(str, _GLUED_LISTS["article"]))
_DUAL = {skeleton(str(w)): float(n) for n, ws in word_list("units")["dual"].items() for w in ws}
_MONTHS = {"year": 12.0, "month": 1.0, "week": 0.25, "day": 1 / 30}
_AND, _LONE_NEVER, _PER, _F, _HOW_MANY = (
    normal_set(_LISTS[name]) for name in ("and", "lone_never", "per", "f", "how_many")
)
_LINKS = frozenset(map(str, word_list("glued")["links"]))
_PLURAL = frozenset(skeleton(str(word)) for word in _LISTS["plural_units"])
_HALVES = normal_set(word_list("numbers")["half"])


@dataclass(frozen=True)
class Duration:
    """A length of time, or the date since when.

    Attributes:
        months: Months, a number or a range; None when ``since`` is given.
        since: A year, month or day as ``2021``, ``2021-03``, ``2021-03-12``.
        start: Where it begins in the message.
        end: Where it ends, exclusive.
    """

    months: Value | None
    since: str | None
    start: int
    end: int


def read_durations(
    text: Scan, measures: list[Measure], taken: set[int], expecting: str | None = None
) -> list[tuple[Duration, int, int]]:
    """Return the lengths of time of a message, each with its first and last token.

    Args:
        text: The message.
        measures: Its numbers.
        taken: Tokens that another reader has claimed; ages above all.
        expecting: "duration" when the message answers "for how long?".
    """
    pieces = _pieces(text, measures, taken, expecting == "duration")
    found: list[tuple[Duration, int, int]] = []
    index = 0
    while index < len(pieces):
        months, first, last = pieces[index]
        while index + 1 < len(pieces) and _continues(text, pieces[index], pieces[index + 1]):
            index += 1
            more, _, last = pieces[index]
            if not isinstance(months, dict) and not isinstance(more, dict):
                months = tidy(months + more)
        found.append((Duration(_whole(months), None, *text.span(first, last)), first, last))
        index += 1
    if not found:
        found += _just_started(text, expecting == "duration")
    return found


def _pieces(
    text: Scan, measures: list[Measure], taken: set[int], expected: bool
) -> list[tuple[Value, int, int]]:
    pieces: list[tuple[Value, int, int]] = []
    numbered: set[int] = set()
    for measure in measures:
        numbered.update(range(measure.first, measure.last))
        if measure.unit not in TIME or measure.core in taken:
            continue
        if owner_of(text, measure) in ("kin", "other") and measure.unit == "year":
            continue
        if _EVERY.before(text, measure.first) >= 0 and text.word(measure.first - 1) not in _F:
            continue
        if text.word(measure.last) in _PER and unit_at(text, measure.last + 1)[0] in TIME:
            continue
        if _rest_of_age(text, measure, taken) or (not expected and _years_of_many(text, measure)):
            continue
        pieces.append((measure.times(_MONTHS[measure.unit]), measure.first, measure.last))
    for index in range(len(text)):
        if index in numbered or index in taken:
            continue
        piece = _dual(text, index) or _lone(text, index, measures, expected)
        if piece:
            pieces.append(_bounded(text, piece))
    return sorted(pieces, key=lambda piece: piece[1])


def _rest_of_age(text: Scan, measure: Measure, taken: set[int]) -> bool:
    """Tell whether "and five months" only completes an age."""
    before = measure.first - 1 - (text.word(measure.first - 1) in _AND)
    return measure.unit in ("month", "day") and before in taken


def _years_of_many(text: Scan, measure: Measure) -> bool:
    """Tell whether the years are an age nobody here claims: *les plus de 45 ans*."""
    return (
        measure.unit == "year"
        and measure.number.value >= YOUNGEST
        and not said_as_duration(text, measure)
        and owner_of(text, measure) != "company"
    )


def _bounded(text: Scan, piece: tuple[Value, int, int]) -> tuple[Value, int, int]:
    months, first, last = piece
    bound, start = bound_before(text, first)
    if not bound and text.word(first) not in ("", *_HALVES):
        bound, start = _bound_inside(text, first, last)
    if bound and not isinstance(months, dict):
        return {bound: months}, start, last
    return piece


def _bound_inside(text: Scan, first: int, last: int) -> tuple[str, int]:
    """Find a bound among the words taken as the cue of a lone unit: *9el mn 3am*."""
    for at in range(last - 1, first, -1):
        bound, start = bound_before(text, at)
        if bound and start >= first:
            return bound, start
    return "", first


def _dual(text: Scan, index: int) -> tuple[Value, int, int] | None:
    word = text.word(index)
    months = _DUAL.get(text.key(index))
    if months is None and word.startswith(_BEFORE_DUALS) and len(word) > 4:
        months = _DUAL.get(skeleton(word[1:]))
    if months is None or text.kind(index) != "word":
        return None
    if (fraction := read_fraction(text, index + 1)) and months >= 2:
        return tidy(months + fraction[0] * (12 if months == 24 else 1)), index, fraction[1]
    return tidy(months), index, index + 1


def _lone(
    text: Scan, index: int, measures: list[Measure], expected: bool
) -> tuple[Value, int, int] | None:
    """Read "hadi 3am", "3am w nss", "nss 3am": one of a unit without a number."""
    unit, end = unit_at(text, index)
    if unit not in TIME or end != index + 1 or text.word(index) in _LINKS:
        return None
    if text.key(index) in _PLURAL:
        return None
    size = _MONTHS[unit]
    if text.word(index - 1) in _HALVES:
        return tidy(size / 2), index - 1, end
    fraction = read_fraction(text, end)
    if fraction and unit in ("year", "month"):
        return tidy(size * (1 + fraction[0])), index, fraction[1]
    if _goes_on(text, end, unit, measures) or (expected and len(text) == 1):
        return tidy(size), index, end
    if unit in ("year", "month", "week") and (start := _LONE.before(text, index)) >= 0:
        if text.word(start - 1) in _HOW_MANY:
            return None
        if text.word(index).startswith(_ARTICLE) or text.word(index) in _LONE_NEVER:
            return None
        return tidy(size), start, end
    return None


def _goes_on(text: Scan, index: int, unit: str, measures: list[Measure]) -> bool:
    """Tell whether "and three months" follows a year without a number."""
    return (
        unit == "year"
        and (text.word(index) in _AND or text.word(index).startswith(GLUED_AND))
        and any(
            measure.first == index + (text.word(index) in _AND)
            and measure.unit in ("month", "week")
            for measure in measures
        )
    )


def _continues(text: Scan, one: tuple[Value, int, int], two: tuple[Value, int, int]) -> bool:
    """Tell whether a smaller unit goes on: *3am w 3 chhor*, *2 ans et 6 mois*, *un an 3 mois*."""
    gap = two[1] - one[2]
    if isinstance(one[0], dict) or isinstance(two[0], dict) or two[0] >= min(one[0], 12):
        return False
    return gap == 0 or (gap == 1 and text.word(one[2]) in _AND)


def _whole(months: Value) -> Value:
    if isinstance(months, dict):
        return {key: round(bound, 2) for key, bound in months.items()}
    return tidy(round(months, 2))


def _just_started(text: Scan, expected: bool) -> list[tuple[Duration, int, int]]:
    for index in range(len(text)):
        end = _ZERO.at(text, index) or (_zero_answer(text, index) if expected else 0)
        if end:
            return [(Duration(0, None, *text.span(index, end)), index, end)]
    return []


def _zero_answer(text: Scan, index: int) -> int:
    """Return the end of a word such as "not yet" where it is nearly all of the message, or 0."""
    end = _ZERO_ANSWER.at(text, index)
    words = sum(text.kind(at) == "word" for at in range(len(text)) if not index <= at < end)
    return end if words <= 1 else 0
