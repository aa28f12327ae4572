"""From ids and values to words, by ``wording.yml`` and the labels of ``facts.yml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yamlsource
from eligibility.catalogue import Catalogue
from eligibility.conditions import Condition
from eligibility.days import Day, read_day
from eligibility.facts import RANGE_KEYS, Fact, FormError
from eligibility.loading import DEFAULT
from eligibility.model import Benefit, Scheme
from eligibility.plan import Reason

_LOCALES = {"fr": "fr_MA", "ary": "ar_MA", "ary_latn": "fr_MA"}
"""Babel knows no Darija; Latin Darija borrows the French names of months."""
_LISTED = 4
"""Longer lists of values are cut short on a card."""
_SHARES = ("share", "percent", "rate")
_MARKS = (")", ".", ",", "،", ";", "؛")
_LIMITS = ("ceiling", "floor")


class Wording:
    """Speaks of a catalogue in French, Darija in Arabic letters, and Darija in Latin letters.

    Args:
        catalogue: Whose facts and schemes are spoken of.
        path: The words; those of the catalogue, or else our own.
    """

    def __init__(self, catalogue: Catalogue, path: Path | None = None) -> None:
        self._catalogue = catalogue
        own = catalogue.path / "wording.yml"
        self._words: Any = yamlsource.plain(path or (own if own.is_file() else DEFAULT / own.name))

    def say(self, group: str, key: str, language: str, **filled: object) -> str:
        """Return a wording with its gaps filled."""
        texts = self._words[group][key]
        found: str = texts.get(_key(language)) or texts["ary"]
        for name, value in filled.items():
            gap, words = "{" + name + "}", str(value)
            # a sentence before a bracket, a comma or a full stop gives up its own full stop
            for mark in _MARKS:
                found = found.replace(gap + mark, words.removesuffix(".") + mark)
            found = found.replace(gap, words)
        return found

    def verdict(self, outcome: str, language: str) -> str:
        """Return the words for ``eligible``, ``possible`` and so on."""
        return self.say("verdicts", outcome, language)

    def status(self, scheme: Scheme, language: str) -> str:
        """Return whether a scheme takes applications, and when that was known."""
        word = self.say("statuses", scheme.status, language)
        if scheme.as_of.first is None:
            return word
        texts = self._words["status_as_of"]
        pattern: str = texts.get(_key(language)) or texts["ary"]
        day = self.date(scheme.as_of, language)
        return pattern.replace("{status}", word).replace("{day}", day)

    def certainty(self, certainty: str, language: str) -> str:
        """Return how sure a source is."""
        return self.say("certainties", certainty, language)

    def kind(self, kind: str, language: str) -> str:
        """Return the words for a kind of benefit."""
        return self.say("kinds", kind, language)

    # -- numbers and dates -------------------------------------------------------------------

    def number(self, number: float, language: str) -> str:
        """Return a number as Moroccans write it, without needless decimals."""
        from babel.numbers import format_decimal

        value = int(number) if float(number).is_integer() else number
        return str(format_decimal(value, locale=_LOCALES[_key(language)])).replace(
            "\u202f", "\u00a0"
        )

    def date(self, day: date | Day | str, language: str) -> str:
        """Return a date, a month or a year in words."""
        known = day if isinstance(day, Day) else read_day(day)
        if known is None or known.first is None:
            return self.say("dates", "unknown", language)
        from babel.dates import format_date

        pattern = {"day": "d MMMM y", "month": "MMMM y", "year": "y"}[known.precision]
        if language == "fr" and known.precision == "day" and known.first.day == 1:
            pattern = "'1er' MMMM y"
        return str(format_date(known.first, pattern, locale=_LOCALES[_key(language)]))

    def quantity(self, number: float, unit: str | None, language: str) -> str:
        """Return a number with its unit, in the form the number asks for."""
        shown = self.number(number, language)
        forms = self._words["units"].get(unit)
        if forms is None:
            return shown
        if language == "fr":
            form = "one" if abs(number) < 2 else "many"
        else:
            form = {1: "one", 2: "two"}.get(number, "few" if 3 <= number <= 10 else "many")  # type: ignore[call-overload]
        texts = forms.get(form) or forms["many"]
        found: str = texts.get(_key(language)) or texts["ary"]
        return found.replace("{n}", shown)

    # -- values ------------------------------------------------------------------------------

    def value(self, fact: str, value: Any, language: str) -> str:
        """Return a value of a fact (in the form of a profile) in words."""
        known = self._catalogue.facts[fact]
        if value == "declined":
            return self.say("tests", "declined", language)
        if isinstance(value, Mapping) and "only" in value:
            value = value["only"]
        return self._test(known, value, language, "and" if known.type == "set" else "or")

    def label(self, fact: str, language: str) -> str:
        """Return the short noun for a fact."""
        return _pick(self._catalogue.facts[fact].label, language)

    def _single(self, fact: Fact, value: Any, language: str) -> str:
        if fact.type == "number" and isinstance(value, (int, float)):
            return self.quantity(value, fact.unit, language)
        if fact.type == "date":
            return self.date(value, language)
        if fact.type == "place" and value in fact.place_names:
            return _pick(fact.place_names[value], language)
        choice = fact.choices.get(value) if isinstance(value, (str, bool)) else None
        if choice is not None and choice.label:
            return _lowered(_pick(choice.label, language))
        scheme = self._catalogue.schemes.get(value) if isinstance(value, str) else None
        return _pick(scheme.name, language) if scheme else str(value)

    def _test(self, fact: Fact, form: Any, language: str, joint: str = "or") -> str:
        if isinstance(form, Mapping):
            if "not" in form:
                return self._not(fact, form["not"], language)
            if "within" in form:
                what = self._listed(fact, form["within"], language, joint)
                return self.say("tests", "within", language, what=what)
            return self._range(fact, form, language)
        return self._listed(fact, form, language, joint)

    def _not(self, fact: Fact, form: Any, language: str) -> str:
        rest = self._rest(fact, form)
        if rest is not None and len(rest) <= 2:
            return self._listed(fact, rest, language, "or")
        what = self._test(fact, form, language)
        return self.say("tests", "not", language, what=what)

    def _rest(self, fact: Fact, form: Any) -> list[Any] | None:
        """Return the values a ``not`` leaves, where they can be listed."""
        if fact.type not in ("bool", "choice", "ordered"):
            return None
        try:
            excluded = fact.read(form)
        except FormError:
            return None
        return [value for value in fact.values if value not in excluded]  # type: ignore[operator]

    def _range(self, fact: Fact, form: Mapping[str, Any], language: str) -> str:
        ends = {key: form[key] for key in RANGE_KEYS if key in form}
        low = ends.get("from", ends.get("above"))
        high = ends.get("to", ends.get("below"))
        if low is not None and high is not None:
            if low == high:
                return self._single(fact, low, language)
            if fact.type == "date" and (whole := _whole_period(low, high)):
                return self.date(whole, language)
            bare = fact.type == "number"
            return self.say(
                "tests", "between", language,
                low=self.number(low, language) if bare else self._single(fact, low, language),
                high=self._single(fact, high, language),
            )  # fmt: skip
        if low is not None:
            name = "at_least" if "from" in ends else "above"
            return self.say("tests", name, language, low=self._single(fact, low, language))
        name = "at_most" if "to" in ends else "below"
        return self.say("tests", name, language, high=self._single(fact, high, language))

    def _listed(self, fact: Fact, form: Any, language: str, joint: str) -> str:
        items = list(form) if isinstance(form, (list, tuple)) else [form]
        words = [
            self._test(fact, item, language)
            if isinstance(item, Mapping)
            else self._single(fact, item, language)
            for item in items
        ]
        if len(words) > _LISTED:
            shown = self.say("tests", "comma", language).join(words[: _LISTED - 1])
            return shown + self.say("tests", "more", language)
        return self.joined(words, language, joint)

    def joined(self, words: Iterable[str], language: str, joint: str = "or") -> str:
        """Return «a, b ou c»."""
        words = list(words)
        if len(words) < 2:
            return "".join(words)
        start = self.say("tests", "comma", language).join(words[:-1])
        return start + self.say("tests", joint, language) + words[-1]

    # -- conditions --------------------------------------------------------------------------

    def condition(self, condition: Condition | Reason, language: str) -> str:
        """Return a short phrase for a condition, such as «18 à 35 ans».

        Of a reason only what made its outcome is said: the alternative that holds, the parts that
        fail, the margin where the margin counts.
        """
        if isinstance(condition, Reason):
            one, outcome = condition.rule, condition.outcome
            parts: Iterable[Condition | Reason] = _decisive(condition)
        else:
            one, outcome, parts = condition, None, condition.parts
        if one.label is not None:
            return _pick(one.label, language)
        if one.kind == "office":
            return self.say("tests", "office", language)
        if one.fact is not None:
            return self._fact_condition(one, outcome, language)
        if one.applicant:
            return self.say("applicants", one.id, language)
        if one.kind == "any":
            return self._any(parts, outcome, language)
        words = list(dict.fromkeys(self._part(part, one.kind, language) for part in parts))
        if one.kind == "all":
            return self.say("tests", "and", language).join(words)
        if one.kind == "none":
            joint = self.say("tests", "neither", language)
            return self.say("tests", "none_of", language, what=joint.join(words))
        listing = self.say("tests", "comma", language).join(words)
        return self.say("tests", "at_least_of", language, count=one.count, what=listing)

    def _any(self, parts: Iterable[Condition | Reason], outcome: str | None, language: str) -> str:
        """Return the alternatives; those that only count as a margin are named apart."""
        joint = self.say("tests", "or", language)
        found: dict[bool, dict[str, None]] = {False: {}, True: {}}
        for part in parts:
            found[_rule(part).counts_margin].setdefault(self._part(part, "any", language))
        test, margin = joint.join(found[False]), joint.join(found[True])
        if not test or not margin or margin == test:
            return test or margin
        if outcome not in (None, "margin"):
            return test
        return self.say("tests", "margin", language, test=test, margin=margin)

    def _part(self, part: Condition | Reason, kind: str, language: str) -> str:
        """Return a part of a group; a group of several in one of another kind is in brackets."""
        words = self.condition(part, language)
        several = len(_decisive(part) if isinstance(part, Reason) else part.parts) > 1
        return f"({words})" if several and _rule(part).kind != kind else words

    def _fact_condition(self, one: Condition, outcome: str | None, language: str) -> str:
        assert one.fact is not None
        fact = self._catalogue.facts[one.fact]
        test = self._test(fact, one.test, language)
        if one.margin is not None and outcome in (None, "margin"):
            margin = self._test(fact, one.margin.test, language)
            test = self.say("tests", "margin", language, test=test, margin=margin)
        if not self._needs_label(fact, one.test):
            return test
        label = _lowered(_pick(fact.label, language))
        return self.say("tests", "labelled", language, label=label, test=test)

    def _needs_label(self, fact: Fact, test: Any) -> bool:
        """Return whether a test is not understood without the name of the fact."""
        if fact.type == "number":
            unit = self._words["units"].get(fact.unit)
            return bool(unit is None or unit.get("labelled", True))
        if fact.type == "bool" or fact.type == "place":
            return False
        if fact.type in ("choice", "ordered"):
            return isinstance(test, Mapping)
        return True

    # -- benefits ----------------------------------------------------------------------------

    def amount(self, benefit: Benefit, language: str) -> str:
        """Return the numbers of a benefit in a few words; empty when it has none."""
        words = [
            self._amount(key, form, benefit.amounts.get("of"), language)
            for key, form in benefit.amounts.items()
            if key != "of"
        ]
        return self.say("amounts", "separator", language).join(word for word in words if word)

    def _amount(self, key: str, form: Any, of: Any, language: str) -> str:
        if isinstance(form, Mapping) and not set(form) & set(RANGE_KEYS):
            parts = [self._amount(unit, value, None, language) for unit, value in form.items()]
            shown = self.say("tests", "comma", language).join(part for part in parts if part)
            name = key if key in _LIMITS else None
            return self.say("amounts", name, language, amount=shown) if name and shown else shown
        unit = "percent" if key in _SHARES else key
        if unit not in self._words["units"]:
            return ""
        stand_in = Fact(id=key, type="number", domain=frozenset(), label={}, unit=unit)
        if isinstance(form, Mapping) and set(form) == {"to"}:
            most = self.quantity(form["to"], unit, language)
            shown = self.say("amounts", "up_to", language, amount=most)
        else:
            shown = self._test(stand_in, form, language)
        if key == "rate":
            return self.say("amounts", "rate", language, amount=shown)
        if key in _SHARES and of in self._catalogue.facts:
            return self.say(
                "amounts", "share_of", language, amount=shown, of=self.label(of, language)
            )
        return shown


def _rule(one: Condition | Reason) -> Condition:
    return one.rule if isinstance(one, Reason) else one


def _decisive(reason: Reason) -> tuple[Reason, ...]:
    """Return the parts of a group that made its outcome what it is."""
    if reason.rule.kind not in ("any", "all"):
        return reason.parts
    same = tuple(part for part in reason.parts if part.outcome == reason.outcome)
    return same or reason.parts


def _whole_period(low: Any, high: Any) -> str | None:
    """Return the year or month (``2019``, ``2019-05``) that two days enclose exactly."""
    first, last = read_day(low), read_day(high)
    for length in (4, 7):
        period = read_day(str(low)[:length])
        if first and last and period and (period.first, period.last) == (first.first, last.last):
            return period.text
    return None


def _key(language: str) -> str:
    return language.replace("-", "_").lower()


def _pick(texts: Mapping[str, str] | None, language: str) -> str:
    if not texts:
        return ""
    return texts.get(_key(language)) or texts.get("ary") or texts.get("fr") or ""


def _lowered(words: str) -> str:
    """Return a label as it stands within a sentence; abbreviations keep their capitals."""
    if words[:1].isupper() and not words[1:2].isupper():
        return words[0].lower() + words[1:]
    return words
