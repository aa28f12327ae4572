"""Ages of the person who writes, kept apart from the years of companies, work and children."""

from __future__ import annotations

from dataclasses import dataclass

from language.measures import Measure, Value
from language.normal import normal_set
from language.scan import Phrases, Scan
from language.skeleton import skeleton, word_key
from language.wordlists import word_list

_LISTS = word_list("people")
_AGE, _UNIT, _SELF, _OTHER, _KIN, _COMPANY, _DURATION, _AFTER, _EVERY, _SINCE, _SOMEBODY, _NOT_OTHER = (
    Phrases(_LISTS[name])
    for name in ("age_before", "needs_unit", "self", "other", "kin", "company",
                 "duration_before", "duration_after", "every", "since_when",
                 "somebody", "not_other")
)  # fmt: skip
YOUNGEST = 15
"""Years below which a number without a cue is a length of time rather than an age."""
_OLDEST = 110
_GROWN = 18
_OLDEST_WORKING = 75
_REACH = 7
_DECADES = {
    skeleton(str(word)): int(years) for years, words in _LISTS["decades"].items() for word in words
}
_SOME_MORE, _THIS_YEAR, _I_AM_IN = (
    Phrases(_LISTS[name]) for name in ("some_more", "this_year", "i_am_in")
)
_IN_A_TRADE = Phrases(_LISTS["in_a_trade"])
_BEFORE_DECADE = Phrases(_LISTS["before_decade"])
(_WITHIN, _GROUPS, _GROWING, _GOES_ON, _FILLERS, _AND, _WEAK, _WEAK_BUT_TIMED, _SUBJECTS, _DEFINITE,
 _MAY, _LIMITS, _ASKS_FIRST, _PRESENTS, _LAD, _HAS, _NO_HAS_AFTER, _HE, _MYSELF, _OF, _MINE, _NEUTRAL, _JUST, _I_HAVE, _PEOPLE) = (
    normal_set(_LISTS[name])
    for name in ("within", "groups", "growing", "goes_on", "age_fillers", "and", "weak_after",
                 "weak_but_timed", "subjects", "definite",
                 "may", "limits", "asks_first", "presents", "lad", "has", "no_has_after", "he", "myself", "of", "mine",
                 "neutral", "just", "i_have", "people")
)  # fmt: skip
_GLUED = word_list("glued")
_GLUED_AND = tuple(map(str, _GLUED["and"]))
_IN, _ARTICLE = (tuple(map(str, _GLUED[name])) for name in ("in", "article_of_numbers"))
_BREAKS = '.,!?;"()'


@dataclass(frozen=True)
class Age:
    """The writer's age in years, a number or a range, and where it stands."""

    years: Value
    start: int
    end: int


def read_ages(
    text: Scan, measures: list[Measure], taken: set[int], expecting: str | None = None
) -> list[tuple[Age, int, int]]:
    """Return the writer's ages, each with its first and last token.

    Args:
        text: The message.
        measures: Its numbers.
        taken: Tokens that another reader has claimed.
        expecting: "age" when a bare number answers "how old are you?".
    """
    found: list[tuple[Age, int, int]] = _decades(text)
    decades = {at for _, first, last in found for at in range(first, last)}
    for measure in measures:
        if (
            measure.core in taken | decades
            or measure.unit not in ("", "year")
            or measure.number.one
        ):
            continue
        if is_age(text, measure, expecting):
            value, last = _and_some(text, measure)
            found.append((Age(value, *text.span(measure.first, last)), measure.first, last))
    return sorted(found, key=lambda age: age[1])


def _and_some(text: Scan, measure: Measure) -> tuple[Value, int]:
    """Read "thirty and some": any age of that decade; the value and where it ends."""
    end = _SOME_MORE.at(text, measure.last)
    years = measure.number.value
    if not end or isinstance(measure.value, dict) or years % 10:
        return measure.value, measure.last
    return {"from": years, "to": years + 9}, end


def _decades(text: Scan) -> list[tuple[Age, int, int]]:
    """Read "in my thirties": *la trentaine*, *f tlatinat*, فالتلاتينات."""
    found = []
    for index in range(len(text)):
        glued = text.word(index).startswith(_IN)
        years = _DECADES.get(text.key(index))
        if years is None and glued:
            years = _DECADES.get(word_key(text.word(index)[1:]))
        if not years or text.word(index + 1) in _OF:
            continue  # "une trentaine de chèvres"
        start = _BEFORE_DECADE.before(text, index)
        if (start < 0 and not glued) or _someone_else(text, index):
            continue
        first = start if start >= 0 else index
        age = Age({"from": years, "to": years + 9}, *text.span(first, index + 1))
        found.append((age, first, index + 1))
    return found


def _someone_else(text: Scan, index: int) -> bool:
    """Tell whether somebody else was named before a token, and not the writer after them."""
    for at in range(index - 1, max(-1, index - _REACH), -1):
        if text.word(at) in _BREAKS or _SELF.at(text, at):
            return False
        if _KIN.at(text, at) or _OTHER.at(text, at):
            return True
    return False


def is_age(text: Scan, measure: Measure, expecting: str | None) -> bool:
    """Tell whether a number of years is the age of the writer."""
    value = measure.number.value
    if not 5 <= value <= _OLDEST or value != int(value):
        return False
    owner = owner_of(text, measure)
    if owner in ("kin", "company", "other") or (owner != "self" and _of_somebody(text, measure)):
        return False
    if expecting is None and owner != "self" and _is_a_rule(text, measure):
        return False
    start = _cue_start(text, measure)
    if start >= 0:
        named = measure.unit == "year" or _is_definite(text, measure)
        if named or not _UNIT.at(text, start) or _ends_in_age(text, measure, start):
            return True
        return expecting == "age" and _unitless(text, measure, expecting)
    if measure.unit != "year":
        return _unitless(text, measure, expecting)
    timed = said_as_duration(text, measure)
    if expecting == "age" and not timed:
        return True
    if timed or value < YOUNGEST or expecting == "duration":
        return owner == "self" and not timed and value >= YOUNGEST
    if isinstance(measure.value, dict) and owner != "self":
        if text.word(measure.first) in _GROWING:
            return True
        return len(text) <= measure.last - measure.first + 1
    return owner == "self" or text.word(measure.first - 1) not in _GROUPS


def _is_a_rule(text: Scan, measure: Measure) -> bool:
    """Tell "18 or 20?", "30 years at most" and "wach 50 years is too much?": nobody's age."""
    if text.word(0) in _ASKS_FIRST or text.word(measure.last - 1) in _LIMITS:
        return True
    return isinstance(measure.value, dict) and text.word(len(text) - 1) in _MAY


def _ends_in_age(text: Scan, measure: Measure, start: int) -> bool:
    """Tell "ana f 27" at the end of a message, which names no place and counts nothing."""
    plausible = _GROWN <= measure.number.value <= _OLDEST_WORKING
    return plausible and bool(_I_AM_IN.at(text, start)) and text.kind(measure.last) in ("", "punct")


def _is_definite(text: Scan, measure: Measure) -> bool:
    """Tell "I reached *the* fifty" from "I reached fifty", which may count anything."""
    return not measure.number.digits and text.word(measure.core).startswith(_ARTICLE)


def _of_somebody(text: Scan, measure: Measure) -> bool:
    """Tell "a young man of 17 may…" from "I am a young man of 17"."""
    start = _SOMEBODY.before(text, measure.first)
    presents = start == 0 and text.word(0) in _PRESENTS
    if presents and not any(text.word(index) in _MAY for index in range(len(text))):
        return False  # "une femme de 29 ans, mariée" presents herself
    return start >= 0 and not any(
        _SELF.at(text, index) for index in range(max(0, start - 2), start)
    )


def _unitless(text: Scan, measure: Measure, expecting: str | None) -> bool:
    following = text.word(measure.last)
    ends = text.kind(measure.last) in ("", "punct")
    bounding = text.texts[measure.first : measure.core]
    if isinstance(measure.value, dict) and any(word in _GROWING for word in bounding):
        # "kbir 3la 35" and "fayt 45" speak of age by themselves.
        plausible = YOUNGEST <= measure.number.value <= _OLDEST
        if plausible and (ends or following in _GOES_ON):
            return True
    if expecting != "age":
        if _THIS_YEAR.at(text, measure.last) and text.word(measure.first - 1) in _I_HAVE:
            return YOUNGEST <= measure.number.value < 100  # "3ndi 37 f had l3am"
        return ends and _beside_people(text, measure)
    if measure.number.scale > 1:
        return False
    return text.kind(measure.last) != "word" or following in _GOES_ON


def _beside_people(text: Scan, measure: Measure) -> bool:
    """Tell "ana bent, 3ndi 22" and "my wife is 30 and I 35": people are spoken of, not things."""
    if not YOUNGEST <= measure.number.value < 100 or isinstance(measure.value, dict):
        return False
    at = measure.first - (text.word(measure.first - 1) in _JUST)
    if text.word(at - 1) not in _I_HAVE:
        return False
    return any(
        _KIN.at(text, index) or text.word(index) in _PEOPLE
        for index in range(max(0, at - _REACH), min(len(text), measure.last + _REACH))
    )


def _cue_start(text: Scan, measure: Measure) -> int:
    first = measure.first
    for at in (first, first - 1):
        if at < first and text.word(at) not in _FILLERS:
            break
        start = _AGE.before(text, at)
        if start >= 0:
            return start
    # "kbir 3la 35" and "dakhl 3la 30": the words may already belong to a range.
    if measure.first < measure.core:
        end = _AGE.at(text, measure.first)
        if end and end <= measure.core:
            return measure.first
    return -1


def owner_of(text: Scan, measure: Measure) -> str:
    """Return whose years they are: self, kin, company, other, or nothing."""
    owner, other_at = "", -1
    for index in range(measure.first - 1, max(-1, measure.first - _REACH), -1):
        if text.word(index) in _BREAKS:
            break
        if _KIN.at(text, index) and text.kind(index - 1) != "number":
            if index == 0 and measure.first == 1 and text.word(0) in _LAD:
                return "self"  # "weld 24 3am mn Meknès"
            at = index - (text.word(index - 1) in _DEFINITE)  # "je suis un papa de 39 ans"
            if text.word(at - 1) in _MYSELF:
                return "self"  # "ana bnt 24 3am"
            if owner == "self" and text.word(index + 1) in _AND:
                break
            return owner if owner == "self" and _fresh(text, index, measure) else "kin"
        if _COMPANY.at(text, index) and owner != "self":
            return "company"
        other = _OTHER.at(text, index) and not _NOT_OTHER.at(text, index)
        if not owner and other and text.word(index - 1) not in _NO_HAS_AFTER:
            owner, other_at = "other", index
        elif not owner and _SELF.at(text, index):
            owner = "self"
    if owner == "other" and text.word(other_at) in _HAS and text.word(other_at - 1) not in _HE:
        # French "à" without its accent, unless a subject stands before it.
        return "other" if _has_subject(text, other_at) else ""
    return owner


def _has_subject(text: Scan, verb: int) -> bool:
    """Tell "the president a 62" from "une formation à 62": a noun with its article stands before."""
    if verb <= 0 or text.text[text.tokens[verb].start] in "àÀ":
        return False
    if text.word(verb - 1) in _SUBJECTS:
        return True
    nobody = not any(_SELF.at(text, index) for index in range(verb))
    return nobody and text.word(verb - 2) in _DEFINITE and verb == 2


def _fresh(text: Scan, index: int, measure: Measure) -> bool:
    """Tell whether the writer speaks of themself again after naming someone."""
    return any(
        _SELF.at(text, i) and text.word(i) not in _NEUTRAL for i in range(index + 1, measure.first)
    )


def said_as_duration(text: Scan, measure: Measure) -> bool:
    """Tell whether words around a number of years make it a length of time."""
    first = measure.first - (text.word(measure.first - 1) in _MINE)  # "tajriba dyali 5 snin"
    in_front = text.word(first - 1)
    small = measure.number.value < YOUNGEST
    if in_front in _WITHIN and not small:
        pass  # "F 32 ans" is a woman, "f 3 snin" a length of time
    elif _DURATION.before(text, first) >= 0 or _EVERY.before(text, first) >= 0:
        return True
    if (
        measure.first < measure.core
        and text.word(measure.first) not in _WITHIN
        and (_DURATION.at(text, measure.first))
        and not _AGE.at(text, measure.first)
        and text.word(measure.first) not in _GROWING
    ):
        return _is_since(text, measure.first)
    if _IN_A_TRADE.at(text, measure.last):
        return True
    if not _AFTER.at(text, measure.last):
        return False
    following = text.word(measure.last)
    weak = following in _WEAK or following[:1] in _GLUED_AND
    if not weak:
        return True
    if owner_of(text, measure) == "self":
        return False
    return measure.number.value < _GROWN or following in _WEAK_BUT_TIMED


def _is_since(text: Scan, index: int) -> bool:
    """Tell "depuis plus de 3 ans" from "de 18 à 35 ans", whose *de* opens a range."""
    return _SINCE.at(text, index) > 0
