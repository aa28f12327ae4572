"""Number words below a thousand, and the words that multiply: one grammar for both languages."""

from __future__ import annotations

from language.normal import normal_set, normalise
from language.scan import FRENCH_WORDS, Scan
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
ABOUT = _as_typed("about_french")
_SCALES = _by_key("scales")
_SCALES_TYPED = _as_typed("scales")
HALF = normal_set(_LISTS["half"])
QUARTER = normal_set(_LISTS["quarter"])
AND = normal_set(_LISTS["and"])
_LINKS = normal_set(_LISTS["links"])
_SMALL = {k: v for k, v in (*_DARIJA.items(), *_SHORT.items()) if v < 11}
_FUSED = {
    **{key.removesuffix("a") + tail + "mia": v * 100
       for key, v in _SMALL.items() if 3 <= v <= 9 for tail in ("", "i")},
    **{key.removesuffix("a") + "lf": v * 1000 for key, v in _SMALL.items() if v >= 3},
    **{_SHORT_KEY + "t" + "lf": v * 1000 for _SHORT_KEY, v in _SHORT.items()},
    **{_SHORT_KEY + "t" + "mia": v * 100 for _SHORT_KEY, v in _SHORT.items() if v < 10},
}  # fmt: skip
_GLUED_LISTS = word_list("glued")
_GLUED = tuple(map(str, _GLUED_LISTS["before_numbers"]))
_BEFORE_SCALES = tuple(map(str, _GLUED_LISTS["before_scales"]))
GLUED_AND = tuple(map(str, _GLUED_LISTS["and"]))
_HUNDRED = frozenset(skeleton(str(word)) for word in _LISTS["hundred"])
_CENT, _VINGT, _ET = (frozenset(map(str, _LISTS[name])) for name in ("cent", "vingt", "et"))
_COUNTED_TIMES = frozenset(skeleton(str(word)) for word in _LISTS["counted_times"])


def scale_at(text: Scan, index: int) -> tuple[int, int, bool] | None:
    """Read a scale word, perhaps behind *d l*: (size, index after it, written as a letter)."""
    at = index
    while at < index + 2 and text.word(at) in _LINKS and text.kind(at) in ("word", "clitic"):
        at += 1
    key, word = text.key(at), text.word(at)
    if text.kind(at) != "word":
        return None
    size = _SCALES.get(key)
    if word in FRENCH_WORDS and word not in _SCALES_TYPED:
        size = None  # miel has the key of mille
    elif size is None and word.startswith(_BEFORE_SCALES):
        for prefix in _BEFORE_SCALES:
            if word.startswith(prefix) and (size := _SCALES.get(word_key(word[len(prefix) :]))):
                break
    if size is None:
        return None
    return size, at + 1, False


def below_thousand(text: Scan, index: int) -> tuple[float, int] | None:
    """Read a number word below a thousand, or one with its thousands in it (*alfayn*, *stalaf*).

    Returns:
        The value and the index after it, or None when no number word stands there.
    """
    hundreds = _hundreds(text, index)
    if hundreds is None:
        return _below_hundred(text, index)
    value, last = hundreds
    if value >= 1000:
        return value, last
    joined = text.word(last) in AND
    rest = _below_hundred(text, last + 1 if joined else last)
    if (
        rest
        and rest[0] < 100
        and (joined or text.word(last) in _FRENCH or text.word(last).startswith(GLUED_AND))
    ):
        return value + rest[0], rest[1]
    return value, last


def _hundreds(text: Scan, index: int) -> tuple[int, int] | None:
    one = _word_value(text, index)
    if one in (100, 200, 2000):
        return one, index + 1
    fused = (
        _FUSED.get(text.key(index))
        or _FUSED.get(text.key(index).removesuffix("t") + "a")
        or _FUSED.get(word_key(_unglue(text.word(index))))
    )
    if fused:
        return fused, index + 1
    small = one if one is not None and 2 <= one <= 9 else _short_value(text, index)
    hundred = says_hundred(text, index + 1) or text.word(index + 1) in _CENT
    if small and 2 <= small <= 9 and hundred:
        return small * 100, index + 2
    return None


def _below_hundred(text: Scan, index: int) -> tuple[int, int] | None:
    word = text.word(index)
    if word in ABOUT:
        return ABOUT[word], index + 1
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
        if text.word(at) in AND:
            at += 1
        elif not text.word(at).startswith(GLUED_AND) or len(text.word(at)) < 4:
            return value, index + 1
        tens = _word_value(text, at)
        if tens is not None and 20 <= tens <= 90 and tens % 10 == 0:
            if text.word(at) in _FRENCH and text.word(index) in _FRENCH:
                return value, index + 1
            return value + tens, at + 1
    return value, index + 1


def _french(text: Scan, index: int, value: int) -> tuple[int, int]:
    last = index + 1
    if value == 4 and text.word(last) in _VINGT:
        value, last = 80, last + 1
    if value == 10:
        unit = _FRENCH.get(text.word(last), 0)
        return (10 + unit, last + 1) if 7 <= unit <= 9 else (10, last)
    if value >= 20 and value % 10 == 0 and value <= 90:
        at = last + 1 if text.word(last) in _ET else last
        unit = _FRENCH.get(text.word(at), 0)
        if value in (60, 80) and unit == 10:
            more, end = _french(text, at, 10)
            return value + more, end
        if 1 <= unit <= 9 or (value in (60, 80) and 11 <= unit <= 16):
            if unit == 4 and text.word(at + 1) in _VINGT:
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


def says_hundred(text: Scan, index: int) -> bool:
    """Tell whether a Darija word for hundreds stands at a token: *tlt mya*."""
    return text.key(index) in _HUNDRED


def counts_times(text: Scan, index: int) -> bool:
    """Tell whether a unit of time in the plural stands at a token: *snin*, *chhor*."""
    return text.key(index) in _COUNTED_TIMES


def _takes_short(text: Scan, index: int) -> bool:
    """Tell whether a word allows a short digit before it: *tlt mya, khms snin, stt alaf*."""
    return (
        counts_times(text, index)
        or says_hundred(text, index)
        or (scale_at(text, index) is not None)
    )
