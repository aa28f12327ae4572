"""What a message says about the person and their project: values for the facts of a catalogue.

Everything that depends on the catalogue (which facts there are, the words for each choice, the
words around each number) comes from ``facts.yml``; everything about how Moroccans speak comes
from the lexicon. What is denied, supposed or said of somebody else is not taken for the person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from typing import Any

from language.answers import answer_in
from language.context import Context, read_context
from language.fact_answers import AnswerReader, answered_year
from language.fact_corrections import Correction, Number, read_correction
from language.fact_numbers import NumberReader, Quantity, named_years
from language.fact_quantities import Quantities
from language.fact_words import CHOICE_TYPES, ChoiceReader, Claim, merged
from language.gazetteer import Gazetteer
from language.tokens import Token, tokens
from language.wordlists import word_list

_LIVING = Gazetteer({True: word_list("facts")["living"]}, mistakes=False)
_LIVING_REACH = 25  # characters between "I live" and the town
_HIRING = "hires_planned"
_CORRECTABLE = ("number", "date", "place")
_CORRECTING_WORDS = 8  # "non, je suis à Meknès maintenant": beyond, "no" answers and a story begins
_NON = "non"
_TO_A_TOWN = frozenset(map(str, word_list("facts")["to_a_town"]))
_ALONE = 2
_WITHOUT_SALES = ("employee", "unemployed", "student", "homemaker", "retired")
_YIELDING = ("stage", "legal_form")
_MEASURED = ("money", "duration", "age", "percent", "birth_date")
_SUM = 1000  # bare numbers from here on are money when money was asked for


@dataclass(frozen=True)
class FactsRead:
    """The facts of one message.

    Attributes:
        facts: Fact id -> value in the form of a profile (a set is the list of what was said).
        hypothetical: Whether some of them are part of a what-if.
        answer: yes, no, dont_know, refuse, skip or stop when the message answers so, else None.
        ambiguous: Fact id -> readings, likelier first, of what has to be asked back.
        supposed: Ids of the facts that are part of the what-if.
        spans: Fact id -> where it is said in the message as typed (start, end).
        instead: Numbers that replace one said before, in a message that does not say which fact
            they are about: (new, old), old None when it is not named (``la, 37 machi 27``).
    """

    facts: dict[str, Any]
    hypothetical: bool = False
    answer: str | None = None
    ambiguous: dict[str, list[Any]] = field(default_factory=dict)
    supposed: frozenset[str] = frozenset()
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    instead: tuple[tuple[Number, Number | None], ...] = ()


class FactReader:
    """Reads facts out of messages.

    Args:
        facts: The content of ``facts.yml``: a mapping with ``facts``, or that mapping itself.
        places: The content of ``places.yml``.
    """

    def __init__(self, facts: Mapping[str, Any], places: Any = None) -> None:
        declared = facts["facts"] if "topics" in facts or "implies" in facts else facts
        self._facts: dict[str, Any] = dict(declared)
        self._choices = ChoiceReader(self._facts)
        self._numbers = NumberReader(self._facts)
        self._answers = AnswerReader(self._facts, self._numbers)
        self._quantities = Quantities(places)
        self._share_of = {
            fact["derive"]["ratio"][0]: id_
            for id_, fact in self._facts.items()
            if "ratio" in (fact.get("derive") or {}) and fact.get("unit") == "percent"
        }

    def read(self, text: str, expecting: str | None = None, today: date | None = None) -> FactsRead:
        """Return what a message says.

        Args:
            text: The message as typed.
            expecting: The fact asked about last: bare answers are read as its value.
            today: The day that "this year" and "since 2021" count from; by default the day in UTC,
                which is that of Morocco but for an hour.
        """
        today = today or datetime.now(timezone.utc).date()
        expected = self._facts.get(expecting or "")
        cut = tokens(text)
        context = read_context(cut)
        answer = answer_in(cut)
        kind = (expected.get("reads") or {}).get("reader") if expected else None
        said = _without_opening_no(text, cut)
        quantities = self._quantities.read(said, kind, today) + named_years(cut, today)
        claims = self._choices.read(cut, context, expecting if expected else None)
        numbers, ambiguous = self._numbers.read(cut, quantities, context)
        claims += numbers
        claims += self._places(quantities, context)
        claims = _outside_quantities(claims, quantities)
        correction = read_correction(cut, quantities)
        if correction is not None and self._answers_with_number(expecting, correction, quantities):
            correction = None
            answer = None
        if correction is not None or self._only_corrects(cut, answer, claims, expecting):
            answer = None
            if correction is not None and (kind == "age" or _is_an_age(correction, quantities)):
                claims += _as_age(correction, claims)
        elif expected and expecting:
            claims, ambiguous = self._answered(
                expecting, (cut, context, answer), quantities, claims, ambiguous, today
            )
        claims = _not_answering(claims, expecting)
        claims = [claim for claim in _settled(claims) if claim.fact in self._facts]
        claims = _counted(self._possible(claims), bool(expected))
        instead = _instead(correction, claims, ambiguous)
        return self._result(claims, ambiguous, answer, instead)

    def _result(
        self,
        claims: Sequence[Claim],
        ambiguous: dict[str, list[Any]],
        answer: str | None,
        instead: tuple[tuple[Number, Number | None], ...],
    ) -> FactsRead:
        facts = merged(self._facts, claims)
        supposed = frozenset(claim.fact for claim in claims if claim.supposed)
        spans: dict[str, tuple[int, int]] = {}
        for claim in claims:
            spans.setdefault(claim.fact, (claim.start, claim.end))
        kept = {id_: values for id_, values in ambiguous.items() if id_ not in facts}
        return FactsRead(facts, bool(supposed), answer, kept, supposed, spans, instead)

    def _answers_with_number(
        self, expecting: str | None, correction: Correction, quantities: Sequence[Quantity]
    ) -> bool:
        """Tell whether "no, 3 years" is nevertheless about the pending question."""
        fact = self._facts.get(expecting or "")
        if not fact or fact["type"] != "number" or correction.new is None or correction.old:
            return False
        kind = (fact.get("reads") or {}).get("reader")
        if kind == "money" and correction.new >= _SUM:
            return True
        return (
            any(
                q.kind == kind and not q.bare and q.start <= correction.start < q.end
                for q in quantities
            )
            and kind != "percent"
        )

    def _only_corrects(
        self,
        cut: Sequence[Token],
        answer: str | None,
        claims: Sequence[Claim],
        expecting: str | None,
    ) -> bool:
        """Tell whether the "no" of a message turns down what was understood, not the question."""
        if answer != "no" or not claims or len(cut) > _CORRECTING_WORDS:
            return False
        return all(
            claim.fact != expecting
            and (self._facts.get(claim.fact) or {}).get("type") in _CORRECTABLE
            for claim in claims
        )

    def _places(self, quantities: Sequence[Quantity], context: Context) -> list[Claim]:
        claims: list[Claim] = []
        living = _LIVING.find_in(context.tokens)
        for quantity in quantities:
            around = context.at(quantity.start)
            denied = around.denied and not _opened_by_no(context.tokens, quantity)
            if quantity.kind != "place" or around.others or denied:
                continue
            if quantity.bare and not _led_to(context.tokens, quantity):
                continue
            place = (quantity.start, quantity.end, around.supposed)
            for id_, value in quantity.value.items():
                if id_ in self._facts and (id_ == "province" or "province" not in quantity.value):
                    claims.append(Claim(id_, value, *place))
            lives = any(0 <= quantity.start - home.end <= _LIVING_REACH for home in living)
            if lives and "resident" in self._facts:
                claims.append(Claim("resident", True, *place))
        return claims

    def _answered(
        self,
        id_: str,
        read: tuple[Sequence[Token], Context, str | None],
        quantities: Sequence[Quantity],
        claims: list[Claim],
        ambiguous: dict[str, list[Any]],
        today: date,
    ) -> tuple[list[Claim], dict[str, list[Any]]]:
        """Add what the message says as an answer to the pending question."""
        cut, context, answer = read
        if any(claim.fact == id_ for claim in claims) or id_ in ambiguous or not cut:
            return claims, ambiguous
        span = (cut[0].start, cut[-1].end)
        percents = [q for q in quantities if q.kind == "percent"]
        if id_ in self._share_of and percents:
            share = self._share_of[id_]
            return [*claims, Claim(share, percents[0].value, *span)], ambiguous
        source = (self._facts[id_].get("derive") or {}).get("months_since")
        if source or self._facts[id_]["type"] == "date":
            year = answered_year(cut, today)
            dates = [q for q in quantities if q.kind == "date"] or ([year] if year else [])
            if dates:
                claim = Claim(source or id_, dates[0].value, dates[0].start, dates[0].end)
                return [*(c for c in claims if c.fact != claim.fact), claim], ambiguous
        told = any(self._facts.get(claim.fact, {}).get("echo", True) for claim in claims)
        value, readings = self._answers.read(id_, cut, quantities, context, answer, told)
        if readings:
            return claims, {**ambiguous, id_: readings}
        if value is None:
            return claims, ambiguous
        supposed = any(around.supposed for around in context.around)
        value = self._numbers.fitted(id_, value)
        return [*claims, Claim(id_, value, *span, supposed)], ambiguous

    def _possible(self, claims: Sequence[Claim]) -> list[Claim]:
        """Leave out numbers that cannot be: nobody is 400 years old."""
        return [claim for claim in claims if _in_range(claim.value, self._facts[claim.fact])]


def _in_range(value: Any, fact: Mapping[str, Any]) -> bool:
    limits = fact.get("range")
    if fact["type"] in CHOICE_TYPES or not limits:
        return True
    bounds = list(value.values()) if isinstance(value, dict) else [value]
    low, high = limits.get("from", float("-inf")), limits.get("to", float("inf"))
    return all(low <= bound <= high for bound in bounds)


def _settled(claims: Sequence[Claim]) -> list[Claim]:
    """Settle what one claim decides about another: people to take on mean hiring, not a job."""
    hires = any(claim.fact == _HIRING for claim in claims)
    settled: list[Claim] = []
    paid = any(claim.fact == "situation" and claim.value in _WITHOUT_SALES for claim in claims)
    for claim in claims:
        if claim.fact == "turnover" and paid:
            continue
        if claim.fact == "seeking" and hires and claim.value == "job":
            continue
        if claim.fact == "legal_form" and claim.value == "none" and _has_form(claims):
            continue  # "no patente, but the carte auto-entrepreneur"
        if claim.fact == "stage" and claim.group and _has_form(claims):
            continue  # "a carte auto-entrepreneur, and I want to open a shop"
        settled.append(claim)
    hired = [claim for claim in claims if claim.fact == _HIRING and claim.value != 0]
    if hired and not any(c.fact == "seeking" and c.value == "hiring" for c in settled):
        hire = hired[0]
        settled.append(Claim("seeking", "hiring", hire.start, hire.end, hire.supposed))
    return settled


def _outside_quantities(claims: Sequence[Claim], quantities: Sequence[Quantity]) -> list[Claim]:
    """Leave out words that are part of a sum, an age or a date: *mlayn* is no nationality."""
    return [
        claim
        for claim in claims
        if not any(
            q.kind in _MEASURED
            and q.start <= claim.start
            and claim.end <= q.end
            and (claim.end - claim.start) < (q.end - q.start)
            for q in quantities
        )
        or not isinstance(claim.value, (str, bool))
    ]


def _led_to(cut: Sequence[Token], quantity: Quantity) -> bool:
    """Tell whether a misspelt town is named as one: behind "in" or "from", or nearly alone."""
    before = [token for token in cut if token.end <= quantity.start]
    glued = any(
        t.kind == "clitic" and t.start == quantity.start and t.text in _TO_A_TOWN for t in cut
    )
    return glued or len(cut) <= _ALONE or (bool(before) and before[-1].text in _TO_A_TOWN)


def _not_answering(claims: Sequence[Claim], expecting: str | None) -> list[Claim]:
    """Leave out what the words of the answer would also say: a way of working is no project."""
    answers = [claim for claim in claims if claim.fact == expecting]
    return [
        claim
        for claim in claims
        if claim.fact == expecting
        or claim.fact not in _YIELDING
        or not any(a.start < claim.end and claim.start < a.end for a in answers)
    ]


def _without_opening_no(text: str, cut: Sequence[Token]) -> str:
    """Blank the "no" that opens a message and says more, so that it denies no town or number."""
    if len(cut) < 2 or cut[0].text != _NON:
        return text
    return text[: cut[0].start] + " " * (cut[0].end - cut[0].start) + text[cut[0].end :]


def _opened_by_no(cut: Sequence[Token], quantity: Quantity) -> bool:
    """Tell "non, Fès" and "non à Fès" from "pas à Fès": the first "no" turns down another town."""
    between = sum(cut[0].end <= token.start < quantity.start for token in cut)
    return cut[0].text == _NON and between <= 1


def _is_an_age(correction: Correction, quantities: Sequence[Quantity]) -> bool:
    return any(q.kind == "age" and q.start <= correction.start < q.end for q in quantities)


def _as_age(correction: Correction, claims: Sequence[Claim]) -> list[Claim]:
    if correction.new is None or any(claim.fact == "age" for claim in claims):
        return []
    return [Claim("age", correction.new, correction.start, correction.end)]


def _instead(
    correction: Correction | None, claims: Sequence[Claim], ambiguous: Mapping[str, Any]
) -> tuple[tuple[Number, Number | None], ...]:
    """Return the corrected number, unless the message says which fact it is about."""
    if correction is None or correction.new is None or ambiguous:
        return ()
    if any(claim.start < correction.end and correction.start < claim.end for claim in claims):
        return ()
    return ((correction.new, correction.old),)


def _has_form(claims: Sequence[Claim]) -> bool:
    return any(claim.fact == "legal_form" and claim.value != "none" for claim in claims)


def _counted(claims: Sequence[Claim], answering: bool) -> list[Claim]:
    """Leave out weak claims that stand alone: ``auto-entrepreneur ?`` asks, it does not state."""
    strong = {claim.fact for claim in claims if not claim.weak}
    return [claim for claim in claims if not claim.weak or strong or answering]
