"""Numbers with their unit, and ranges: *ma bin 20 w 30 3am*, *plus de 5 ans*, *9el mn 3 mlayn*."""

from __future__ import annotations

from dataclasses import dataclass, replace

from language.normal import normal_set
from language.numbers import Number, find_numbers, read_fraction, tidy
from language.scan import FRENCH_WORDS, Phrases, Scan
from language.skeleton import skeleton
from language.wordlists import word_list

Value = int | float | dict[str, float]
"""A number, or a range with ``from`` (>=), ``to`` (<=), ``above`` (>), ``below`` (<)."""

_UNITS_FILE = word_list("units")
_SIMPLE = ("dh", "ryal", "santim", "foreign", "year", "month", "week", "day", "hour")
_UNITS: dict[str, str] = {
    skeleton(str(word)): unit for unit in _SIMPLE for word in _UNITS_FILE[unit]
}
_TYPED = frozenset(str(word) for unit in _SIMPLE for word in _UNITS_FILE[unit])
_PERCENT = Phrases(_UNITS_FILE["percent"])
_GLUED = word_list("glued")
_LINKS = frozenset(map(str, _GLUED["links"]))
_BEFORE_UNITS = tuple(map(str, _GLUED["before_units"]))
_RANGES = word_list("ranges")
_ABOUT, _BETWEEN, _BETWEEN_AND = (
    Phrases(_RANGES[name]) for name in ("about", "between", "between_and")
)
_SPAN_FROM, _SPAN_TO, _OR = (Phrases(_RANGES[name]) for name in ("span_from", "span_to", "or"))
_BEFORE = {name: Phrases(_RANGES[name]) for name in ("above", "from", "below", "to")}
_AFTER = {"from": Phrases(_RANGES["after_from"]), "to": Phrases(_RANGES["after_to"])}
_ALONE_TO, _NEVER = (normal_set(_RANGES[name]) for name in ("alone_to", "never"))
_DOTTED = tuple(_UNITS_FILE["dotted"])  # د.م
TIME = ("year", "month", "week", "day")
_MOST = {"year": 120, "month": 600, "week": 500, "day": 4000}
# "10 à 15" is a range where a message says hardly more.
_FEW = 5


@dataclass(frozen=True)
class Measure:
    """A number or range with its unit.

    Attributes:
        value: The number or the range, without the unit's factor.
        unit: dh, ryal, santim, foreign, year, month, week, day, hour, percent, or nothing.
        first: Index of the first token, words such as "more than" included.
        core: Index of the first token of the number itself.
        last: Index after the last token, unit included.
        number: The number, or the last one of a range.
        about: Said to be approximate.
    """

    value: Value
    unit: str
    first: int
    core: int
    last: int
    number: Number
    about: bool = False

    @property
    def exact(self) -> float | None:
        """The number, or None for a range."""
        return None if isinstance(self.value, dict) else self.value

    def times(self, factor: float) -> Value:
        """Return the value multiplied by a factor."""
        if isinstance(self.value, dict):
            return {key: tidy(bound * factor) for key, bound in self.value.items()}
        return tidy(self.value * factor)


def find_measures(text: Scan) -> list[Measure]:
    """Return all numbers and ranges of a message with their units, in order."""
    single: list[Measure] = []
    for number in find_numbers(text):
        if single and number.first < single[-1].last:
            continue  # the hundred of "30 f lmya"
        if single and number.about and single[-1].number.one and single[-1].last == number.first:
            single.pop()  # the article of "une trentaine"
        single.append(_with_unit(text, number))
    found: list[Measure] = []
    index = 0
    while index < len(single):
        merged = None
        if index + 1 < len(single):
            merged = _pair(text, single[index], single[index + 1])
        index += 2 if merged else 1
        found.append(merged or _bounded(text, single[index - 1]))
    return found


def unit_at(text: Scan, index: int) -> tuple[str, int]:
    """Read a unit at a token, perhaps behind *d* or *dyal*: its name and where it ends."""
    if end := _PERCENT.at(text, index):
        return "percent", end
    if text.word(index) == "(":
        index += 1
    at = index
    while at < index + 2 and text.word(at) in _LINKS:
        at += 1
    for start in (at, index):
        word, key = text.word(start), text.key(start)
        if text.kind(start) != "word" or (len(word) < 2 and word != "h"):
            continue
        unit = _UNITS.get(key)
        if unit and word in FRENCH_WORDS and word not in _TYPED:
            unit = None
        if unit is None and len(word) > 3 and word.startswith(_BEFORE_UNITS):
            prefix = next(each for each in _BEFORE_UNITS if word.startswith(each))
            unit = _UNITS.get(skeleton(word[len(prefix) :]))
        if unit:
            return unit, start + 1
    dotted = text.texts[index : index + 3]
    return ("dh", index + 3) if dotted == _DOTTED else ("", index)


def _with_unit(text: Scan, number: Number) -> Measure:
    value, last = number.value, number.last
    unit, end = unit_at(text, last)
    if value > _MOST.get(unit, value):
        unit, end = "", last  # "5000 l chher" is pay, not a time
    if unit in TIME and (fraction := read_fraction(text, end)):
        value, end = tidy(value + fraction[0]), fraction[1]
    elif not unit and (fraction := read_fraction(text, last)) and number.scale == 1:
        after, after_end = unit_at(text, fraction[1])
        if after:
            value, unit, end = tidy(value + fraction[0]), after, after_end
    first = number.first
    if not unit and _unit_in_front(text, first):
        unit, first, end = "dh", first - 1, last
    return Measure(value, unit, first, number.first, end if unit else last, number, number.about)


def _unit_in_front(text: Scan, first: int) -> bool:
    before = text.kind(first - 1) == "word" and _UNITS.get(text.key(first - 1)) == "dh"
    return before and (first == 1 or text.kind(first - 2) != "number")


def _pair(text: Scan, one: Measure, two: Measure) -> Measure | None:
    """Join two numbers into a range when the words around say so."""
    if one.exact is None or two.exact is None or (one.unit and one.unit != two.unit):
        return None
    low, high = one.exact, two.exact
    if two.number.scale > 1 and one.number.scale == 1 and not one.unit and low < 1000:
        low = tidy(low * two.number.scale)  # 2 wla 3 mlayn
    if low >= high:
        return None
    start = _between_start(text, one.first)
    gap = two.first - one.last
    fits = False
    if start >= 0:
        fits = gap == 1 and _BETWEEN_AND.at(text, one.last) == two.first
    if not fits and gap and _SPAN_TO.at(text, one.last) == two.first:
        opened = _SPAN_FROM.before(text, one.first)
        dash = text.word(one.last) in "-/"
        fits = opened >= 0 or (two.unit != "" and one.unit == "") or (dash and low >= 1)
        alone = one.first == 0 and len(text) <= _FEW and high <= low * 10
        fits = fits or (alone and low >= 1 and text.word(one.last) in _ALONE_TO)
        fits = fits and not (text.word(one.last) == "/" and not two.unit)
        start = opened if opened >= 0 else one.first
    if not fits and gap:
        fits = _OR.at(text, one.last) == two.first and (low * 2 >= high or high - low <= 5)
        start = one.first
    if not fits and gap == 0:
        fits = high == low + 1 and low < 10 and two.unit != ""
        start = one.first
    if not fits:
        return None
    first, about = _skip_about(text, start)
    value: Value = {"from": low, "to": high}
    scale = max(one.number.scale, two.number.scale)
    number = replace(two.number, first=one.number.first, scale=scale, value=high)
    return Measure(value, two.unit, first, one.core, two.last, number, about)


def _between_start(text: Scan, index: int) -> int:
    first, _ = _skip_about(text, index)
    return _BETWEEN.before(text, first)


def _bounded(text: Scan, measure: Measure) -> Measure:
    """Apply "more than", "at most" and their kin around one number."""
    exact = measure.exact
    if exact is None:
        return measure
    first, about = _skip_about(text, measure.first)
    measure = replace(measure, about=measure.about or about)
    bound, best = bound_before(text, measure.first)
    if bound:
        return replace(measure, value={bound: exact}, first=best)
    for name, phrases in _AFTER.items():
        if end := phrases.at(text, measure.last):
            if text.word(measure.last) == "+" and measure.number.first > 0 and not measure.unit:
                continue
            value: Value = {name: exact}
            return replace(measure, value=value, first=first, last=end)
    return replace(measure, first=first)


def bound_before(text: Scan, index: int) -> tuple[str, int]:
    """Read "more than", "at most" and their kin that end before a token.

    Returns:
        The bound (above, from, below, to; nothing when there is none) and where it begins.
    """
    first, _ = _skip_about(text, index)
    best, bound = first, ""
    for name, phrases in _BEFORE.items():
        start = phrases.before(text, first)
        if 0 <= start < best and not _misread(text, start, first):
            best, bound = start, name
    return bound, best


def _misread(text: Scan, start: int, first: int) -> bool:
    """Tell whether "+" is a sign inside a word (bac+2), or *ça fait* looks like *fayt*."""
    if text.word(start) in _NEVER:
        return True
    if text.word(start) == "+" and first == start + 1:
        return text.touches(start) and text.kind(start - 1) == "word"
    return False


def _skip_about(text: Scan, index: int) -> tuple[int, bool]:
    start = _ABOUT.before(text, index)
    if start < 0:
        return index, False
    again = _ABOUT.before(text, start)
    return (again if again >= 0 else start), True
