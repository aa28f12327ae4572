"""Sums of money, in dirhams, with the unit nobody says.

In speech a million is a million centimes (10,000 DH), and twenty *ryal* make a dirham. Where a
sum may mean two things it is reported as not certain, with both readings.
"""

from __future__ import annotations

from dataclasses import dataclass

from language.measures import Measure, Value
from language.scan import Phrases, Scan
from language.skeleton import skeleton
from language.wordlists import word_list

_LISTS = word_list("money")
_CUES, _NONE, _NOTHING = (Phrases(_LISTS[name]) for name in ("cues", "none", "nothing"))
_FILLERS, _AFTER = (
    frozenset(skeleton(str(w)) or str(w) for w in _LISTS[name]) for name in ("fillers", "after")
)
_COUNTED = Phrases(_LISTS["counted"])
_NOUNS = Phrases(_LISTS["money_nouns"])
_PRICE = frozenset(map(str, _LISTS["price"]))
_LINKS = frozenset(map(str, word_list("glued")["links"])) - {"l"}
_DH = {"dh": 1.0, "ryal": 0.05, "santim": 0.01}
_MILLION = 1_000_000
# A bare answer to "how much?" below this is probably thousands or millions left unsaid, and
# above the other may be counted in centimes.
_PLAINLY_FROM, _PLAINLY_BELOW = 100, 1_000_000


@dataclass(frozen=True)
class Money:
    """A sum.

    Attributes:
        dh: Dirhams, a number or a range: the likelier reading.
        certain: Whether there is only one reading.
        readings: All readings in dirhams, likelier first.
        start: Where it begins in the message.
        end: Where it ends, exclusive.
    """

    dh: Value
    certain: bool
    readings: tuple[Value, ...]
    start: int
    end: int


def read_money(
    text: Scan, measures: list[Measure], taken: set[int], expecting: str | None = None
) -> list[tuple[Money, int, int]]:
    """Return the sums of a message, each with its first and last token.

    Args:
        text: The message.
        measures: Its numbers.
        taken: Tokens that another reader has claimed.
        expecting: "money" when the message answers "how much?".
    """
    found: list[tuple[Money, int, int]] = []
    for measure in measures:
        if measure.core in taken:
            continue
        readings = _readings(text, measure, expecting == "money")
        if readings:
            span = text.span(measure.first, measure.last)
            money = Money(readings[0], len(readings) == 1, tuple(readings), *span)
            found.append((money, measure.first, measure.last))
    if not found:
        found += _no_money(text, expecting == "money")
    return found


def _readings(text: Scan, measure: Measure, expected: bool) -> list[Value]:
    number, unit = measure.number, measure.unit
    if unit in _DH:
        return [measure.times(_DH[unit])]
    if unit or number.one or (number.value >= 10**12):
        return []
    if number.short:
        if _counts_things(text, measure) and not expected:
            return []
        single = [measure.times(1)]
        return single if number.scale < _MILLION else [*single, measure.times(0.01)]
    if number.scale >= _MILLION and _counts_people(text, measure):
        return []
    if number.scale >= _MILLION:
        return [measure.times(0.01), measure.times(1)]
    if number.scale == 1000:
        cued = expected or _mentions_money(text)
        if _counts_things(text, measure) and not (cued and _loose(text, measure)):
            return []
        return [measure.times(1), measure.times(0.01)]
    if not (expected or _cued(text, measure)) or _counts_things(text, measure):
        return []
    return _bare(measure, expected)


def _bare(measure: Measure, expected: bool) -> list[Value]:
    value = measure.number.value
    if not expected and (value < _PLAINLY_FROM or 1950 <= value <= 2035):
        return []
    if value == 0:
        return [0]
    if value < _PLAINLY_FROM:
        return [measure.times(1), measure.times(1000), measure.times(10_000)]
    if value >= _PLAINLY_BELOW:
        return [measure.times(1), measure.times(0.01)]
    return [measure.times(1)]


def _counts_things(text: Scan, measure: Measure) -> bool:
    """Tell whether a noun follows that is not about money: *3 alaf djaja*."""
    at = measure.last
    if text.word(at) in _LINKS and text.kind(at + 1) == "word":
        return not (_NOUNS.at(text, at + 1) or text.key(at + 1) in _AFTER)
    return text.kind(at) in ("word", "clitic") and text.key(at) not in _AFTER


def _counts_people(text: Scan, measure: Measure) -> bool:
    at = measure.last + (text.word(measure.last) in _LINKS)
    return _COUNTED.at(text, at) > 0


def _loose(text: Scan, measure: Measure) -> bool:
    """Tell whether what follows is a word of its own rather than *d* and the thing counted."""
    return text.word(measure.last) not in _LINKS


def _mentions_money(text: Scan) -> bool:
    return any(_CUES.at(text, index) for index in range(len(text)))


def _cued(text: Scan, measure: Measure) -> bool:
    """Tell whether a word of money stands just before or after a bare number."""
    at = measure.first
    if text.word(at - 1) in _PRICE and measure.number.value >= 500:
        return True
    for _ in range(5):
        if at <= 0:
            break
        if _CUES.before(text, at) >= 0:
            return True
        if text.key(at - 1) not in _FILLERS and text.word(at - 1) not in _FILLERS:
            break
        at -= 1
    after = measure.last + (text.word(measure.last) in _LINKS)
    return _NOUNS.at(text, after) > 0


def _no_money(text: Scan, expected: bool) -> list[tuple[Money, int, int]]:
    for index in range(len(text)):
        end = _NONE.at(text, index) or (_NOTHING.at(text, index) if expected else 0)
        if end:
            return [(Money(0, True, (0,), *text.span(index, end)), index, end)]
    return []
