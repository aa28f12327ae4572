"""Reading a message as the answer to a pending question about one fact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from language.answers import is_question
from language.context import Context
from language.fact_nearness import Quantity, year_range
from language.fact_numbers import NumberReader
from language.fact_words import CHOICE_TYPES
from language.gazetteer import Found, Gazetteer, phrase_words
from language.tokens import Token
from language.wordlists import word_list

_LISTS = word_list("facts")
_ZERO = Gazetteer({True: _LISTS["zero"]}, mistakes=False)
_BOTH = Gazetteer({True: _LISTS["both"]}, mistakes=False)
_SHARES = Gazetteer(_LISTS["shares"], mistakes=False)
_OUT_OF = frozenset(map(str, _LISTS["out_of"]))
_CHOSEN = Gazetteer({True: _LISTS["chosen"]}, mistakes=False)
_ARTICLES = frozenset(map(str, _LISTS["articles"]))
_POLITE = Gazetteer({True: word_list("answers")["around"]}, mistakes=False)
_OF_OTHERS = Gazetteer({True: _LISTS["of_others"]}, mistakes=False)
_BEFORE_A_DENIAL = 1  # "je ne…", "ana ma…"
_BESIDE_A_CHOICE = 3  # words that may stand beside a choice that is named: "ana bghit … 3afak"
_LAST_CHOICE_NUMBER = 15
_FEW_WORDS = 6
# A bare number of months or years: from here on nobody means years without saying so.
_SURELY_MONTHS = 12
_ZERO_UNITS = ("dh", "dh_year", "persons", "percent")


class AnswerReader:
    """Reads answers to questions about the facts of a catalogue.

    Args:
        facts: Fact id -> its declaration in ``facts.yml``.
        numbers: The reader of the number facts, which knows their units.
    """

    def __init__(self, facts: Mapping[str, Any], numbers: NumberReader) -> None:
        self._facts = facts
        self._numbers = numbers
        self._only_here = {id_: _only_here(fact) for id_, fact in facts.items()}
        self._labels = {
            id_: Gazetteer(_labels(fact)) for id_, fact in facts.items() if fact.get("choices")
        }

    def read(
        self,
        id_: str,
        cut: Sequence[Token],
        quantities: Sequence[Quantity],
        context: Context,
        answer: str | None,
        told: bool = False,
    ) -> tuple[Any, list[Any]]:
        """Return the value that a message answers (None when none), and what it may also mean.

        ``told`` says that the message tells something else, which a denial in it may be about.
        """
        if answer not in (None, "yes", "no"):  # "no idea" says nothing of an idea
            return None, []
        fact = self._facts[id_]
        reads = fact.get("reads") or {}
        here = self._said_here(id_, cut, told)
        if here is not None:
            return self._only_here[id_][0][here], []
        if answer == "no" and "no" in reads:
            return reads["no"], []
        if fact["type"] in CHOICE_TYPES:
            return self._choice(id_, cut, context, answer, told), []
        if fact["type"] == "number":
            return self._number(id_, cut, quantities, answer)
        return None, []

    def _said_here(self, id_: str, cut: Sequence[Token], told: bool) -> int | None:
        """Return which of the words that count only as an answer a message consists of."""
        labels = self._labels.get(id_)
        if labels and any(_covers(f.start, f.end, cut) for f in labels.find_in(cut)):
            return None
        if is_question(cut):  # "and the papers?" asks about papers
            return None
        phrases = self._only_here[id_][1]
        found = phrases.find_in(cut)
        if not found or not (_covers(found[0].start, found[0].end, cut) or not told):
            return None
        return int(found[0].id) if _is_all(phrases, cut) else None

    def _choice(
        self, id_: str, cut: Sequence[Token], context: Context, answer: str | None, told: bool
    ) -> Any:
        fact = self._facts[id_]
        values = list(fact.get("choices") or {})
        if not values:
            return None
        is_set = fact["type"] == "set"
        besides = 1 if told else _BESIDE_A_CHOICE
        asks = is_question(cut)
        for found in self._labels[id_].find_in(cut):
            denied = asks or context.at(found.start).denied
            if _covers(found.start, found.end, cut) or (
                not denied and _is_most(found, cut, besides)
            ):
                return [found.id] if is_set else found.id
        number = _chosen_number(cut)
        if number is not None and 1 <= number <= min(len(values), _LAST_CHOICE_NUMBER):
            value = values[number - 1]
            return [value] if is_set else value
        if fact["type"] == "bool":
            return self._yes_or_no(cut, context, answer, told)
        if _is_all(_BOTH, cut, besides=0):
            both = (fact.get("reads") or {}).get("both") or (values if len(values) == 2 else None)
            return list(both) if both else None
        if "none" in values and (answer == "no" or _is_all(_ZERO, cut)):
            return "none"
        return None

    def _yes_or_no(
        self, cut: Sequence[Token], context: Context, answer: str | None, told: bool
    ) -> Any:
        if answer in ("yes", "no"):
            return answer == "yes"
        denied = any(around.denied for around in context.around) or any(
            marker.id == "negation" for marker in context.markers
        )
        if answer is None and denied and not told and len(cut) <= _FEW_WORDS:
            return None if is_question(cut) or not _denies_this(cut, context) else False
        return None

    def _number(
        self, id_: str, cut: Sequence[Token], quantities: Sequence[Quantity], answer: str | None
    ) -> tuple[Any, list[Any]]:
        fact = self._facts[id_]
        unit = fact.get("unit")
        if unit == "percent":
            share = _share(cut, quantities)
            if share is not None:
                return share, []
        for kind in _kinds(fact):
            for quantity in quantities:
                if quantity.kind == kind:
                    return self._fitting(id_, quantity, cut)
        if (
            unit in _ZERO_UNITS
            and fact["range"].get("from", 0) <= 0
            and (answer == "no" or _is_all(_ZERO, cut))
        ):
            return 0, []
        return None, []

    def _fitting(self, id_: str, quantity: Quantity, cut: Sequence[Token]) -> tuple[Any, list[Any]]:
        values = self._numbers.in_unit(id_, quantity, cut)
        if self._facts[id_].get("unit") == "months" and quantity.kind == "count":
            values = _months_or_years(quantity.value)
        return (values[0], []) if len(values) == 1 else (None, values)


def _denies_this(cut: Sequence[Token], context: Context) -> bool:
    """Tell whether a message denies from its start on, and not what others have done so far."""
    first = next((m.start for m in context.markers if m.id == "negation"), cut[-1].end)
    denied = (t.start for t, around in zip(cut, context.around, strict=True) if around.denied)
    first = min(first, next(denied, first))
    before = [t for t in cut if t.kind == "word" and t.end <= first]
    return len(before) <= _BEFORE_A_DENIAL and not _OF_OTHERS.find_in(cut)


def _months_or_years(value: Any) -> list[Any]:
    """Return what a bare number answers to "how long?"."""
    if isinstance(value, dict):
        return []
    return [value] if value == 0 or value >= _SURELY_MONTHS else [value, value * 12]


def _only_here(fact: Mapping[str, Any]) -> tuple[list[Any], Gazetteer]:
    """Return the values and words that count only as an answer to the question itself."""
    listed = (fact.get("reads") or {}).get("answers") or []
    words = {index: entry["words"] for index, entry in enumerate(listed)}
    return [entry["is"] for entry in listed], Gazetteer(words, mistakes=False)


def _share(cut: Sequence[Token], quantities: Sequence[Quantity]) -> float | int | None:
    """Return a part of a group in percent: "half", "all of them", "5 out of 7"."""
    counts = [q for q in quantities if q.kind == "number" and isinstance(q.value, (int, float))]
    if len(counts) == 2 and counts[1].value > 0 and counts[0].value <= counts[1].value:
        between = [t for t in cut if counts[0].end <= t.start and t.end <= counts[1].start]
        if any(token.text in _OUT_OF for token in between):
            share: int = round(100 * counts[0].value / counts[1].value)
            return share
    if not counts and _is_all(_SHARES, cut):
        return int(_SHARES.find_in(cut)[0].id)
    return None


def _kinds(fact: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the kinds of quantity that answer a question, best first."""
    reader = (fact.get("reads") or {}).get("reader", "count")
    return (reader,) if reader == "count" else (reader, "count")


def answered_year(cut: Sequence[Token], today: date) -> Quantity | None:
    """Return a bare year, which answers "since when?"."""
    number = _only_number(cut)
    if number is not None and 1900 <= number <= today.year:
        place = next(token for token in cut if token.kind == "number")
        return Quantity("date", year_range(number), place.start, place.end)
    return None


def _labels(fact: Mapping[str, Any]) -> dict[Any, list[str]]:
    """Return the words of each choice's labels, which the person may have been shown."""
    return {
        value: [str(text) for text in (choice.get("label") or {}).values() if phrase_words(text)]
        for value, choice in fact["choices"].items()
    }


def _only_number(cut: Sequence[Token]) -> int | None:
    """Return the one number of a message that has little else."""
    numbers = [token.text for token in cut if token.kind == "number"]
    words = [token for token in cut if token.kind == "word"]
    if len(numbers) == 1 and len(words) <= 2 and numbers[0].isdecimal() and len(numbers[0]) < 10:
        return int(numbers[0])
    return None


def _chosen_number(cut: Sequence[Token]) -> int | None:
    """Return the number of a choice: "2", "le numéro 2"; "I have 2 children" chooses nothing."""
    chosen = _CHOSEN.find_in(cut)
    rest = (t for t in cut if t.kind == "word")
    if all(any(f.start <= token.start < f.end for f in chosen) for token in rest):
        return _only_number(cut)
    return None


def _is_all(words: Gazetteer, cut: Sequence[Token], besides: int = 1) -> bool:
    """Tell whether a message says one of the words and hardly anything else."""
    found = [*words.find_in(cut)]
    passed = [*found, *(() if besides else _POLITE.find_in(cut))]
    rest = [
        token for token in cut
        if token.kind == "word"
        and not any(f.start <= token.start < f.end for f in passed)
        and (besides or token.text not in _ARTICLES)
    ]  # fmt: skip
    return bool(found) and len(rest) <= besides


def _is_most(label: Found, cut: Sequence[Token], besides: int) -> bool:
    """Tell whether a choice is most of what a message says, and spelt right in a longer one."""
    inside = [t for t in cut if t.kind == "word" and label.start <= t.start < label.end]
    rest = [t for t in cut if t.kind in ("word", "number") and t not in inside]
    return len(rest) <= (max(besides, len(inside)) if label.exact else 1)


def _covers(start: int, end: int, cut: Sequence[Token]) -> bool:
    return start <= cut[0].start and cut[-1].end <= end
