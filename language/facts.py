"""What a message says about the person and their project: values for the facts of a catalogue.

Everything that depends on the catalogue (which facts there are, the words for each choice, the
words around each number) comes from ``facts.yml``; everything about how Moroccans speak comes
from the lexicon. What is denied, supposed or said of somebody else is not taken for the person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from typing import Any

from language.answers import answer_in, is_question
from language.context import Context, read_context
from language.fact_answers import AnswerReader, answered_year
from language.fact_bare import bare_age, has_an_age
from language.fact_corrections import (
    Correction,
    Number,
    as_age,
    is_an_age,
    read_correction,
    read_instead,
    says_only,
    tells_at_once,
    without_opening_no,
)
from language.fact_nearness import Quantity, aged_after_denial
from language.fact_numbers import NumberReader, named_years
from language.fact_pending import of_the_question, only_counted
from language.fact_places import read_places
from language.fact_quantities import Quantities
from language.fact_settling import (
    counted,
    not_answering,
    outside_quantities,
    possible,
    real,
    settled,
)
from language.fact_words import ChoiceReader, Claim, merged
from language.tokens import Token, tokens

_CORRECTABLE = ("number", "date", "place")
_CORRECTING_WORDS = 8  # "non, je suis à Meknès maintenant": beyond, "no" answers and a story begins
# What programs write to each other: "/inform" or "/inform{...}", which no person means to say.
_COMMAND = re.compile(r"\s*/[A-Za-z_]+\s*(?:\{.*)?\Z", re.DOTALL)
_FIRST_YEAR = 1950
_MOST_TOKENS = 600  # nobody tells more in one message: the rest is not read for facts
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
        if _COMMAND.match(text):
            return FactsRead({})
        today = today or datetime.now(timezone.utc).date()
        expected = self._facts.get(expecting or "")
        cut = tokens(text)
        if len(cut) > _MOST_TOKENS:
            cut = cut[:_MOST_TOKENS]
            text = text[: cut[-1].end]
        context = read_context(cut)
        answer = answer_in(cut)
        kind = (expected.get("reads") or {}).get("reader") if expected else None
        said = without_opening_no(text, cut)
        loosely = None if kind == "place" and is_question(cut) else kind
        quantities = self._quantities.read(said, loosely, today) + named_years(cut, today)
        claims = self._choices.read(cut, context, expecting if expected else None)
        numbers, ambiguous = self._numbers.read(cut, quantities, context)
        claims += numbers + aged_after_denial(cut, quantities, context)
        claims += read_places(quantities, context, self._facts)
        claims = outside_quantities(claims, quantities)
        correction = read_correction(cut, quantities)
        if correction is not None and self._answers_with_number(
            expecting, cut, correction, quantities, today
        ):
            correction = None
            answer = None
        if correction is not None or self._only_corrects(cut, answer, claims, expecting):
            answer = None
            if correction is not None and expecting:
                claims += self._numbers.corrected_beside(expecting, correction, claims)
            if correction is not None and (kind == "age" or is_an_age(correction, quantities)):
                claims += as_age(correction, claims)
        elif expected and expecting:
            if expecting not in self._share_of:  # one's own money one has
                ages = has_an_age(expected, cut, quantities)
                claims, ambiguous = claims + ages, {} if ages else ambiguous
            claims += self._numbers.read_beside(expecting, cut, quantities, claims)
            claims, ambiguous = self._answered(
                expecting, (cut, context, answer), quantities, claims, ambiguous, today
            )
            if not claims and not ambiguous:
                claims += bare_age(expected, cut, quantities)
        if kind == "place" and any(claim.fact == expecting for claim in claims):
            answer = None
        claims = not_answering(real(claims, self._facts), expecting)
        claims = [claim for claim in settled(claims) if claim.fact in self._facts]
        claims = counted(possible(claims, self._facts), bool(expected))
        instead = read_instead(correction, claims, ambiguous)
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
        self,
        expecting: str | None,
        cut: Sequence[Token],
        correction: Correction,
        quantities: Sequence[Quantity],
        today: date,
    ) -> bool:
        """Tell whether "no, 3 years" is nevertheless about the pending question."""
        fact = self._facts.get(expecting or "")
        if not fact or correction.new is None or correction.old:
            return False
        if fact["type"] == "date":
            return _FIRST_YEAR <= correction.new <= today.year
        if fact["type"] != "number":
            return False
        kind = (fact.get("reads") or {}).get("reader")
        if kind == "count" and correction.old is None and says_only(cut):
            return True
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
        told = [claim for claim in claims if self._facts.get(claim.fact, {}).get("echo", True)]
        if any(claim.fact == expecting for claim in told):
            return False
        if all(self._facts[claim.fact]["type"] in _CORRECTABLE for claim in claims):
            return True
        return bool(told) and tells_at_once(cut)

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
        if any(claim.fact == "age" for claim in claims) and len(claims) == 1:
            quantities = [q for q in quantities if not _within_claim(q, claims[0])]
        source = (self._facts[id_].get("derive") or {}).get("months_since")
        if source or self._facts[id_]["type"] == "date":
            year = answered_year(cut, today)
            dates = [q for q in quantities if q.kind == "date"] or ([year] if year else [])
            if dates:
                claim = Claim(source or id_, dates[0].value, dates[0].start, dates[0].end)
                return [*(c for c in claims if c.fact != claim.fact), claim], ambiguous
        if self._facts[id_].get("choices"):
            cut = [t for t in cut if not _in_a_place(t, quantities)]
            if not cut:
                return claims, ambiguous
        told = any(self._facts.get(claim.fact, {}).get("echo", True) for claim in claims)
        if ambiguous:  # sums that were read as another fact
            quantities = [q for q in quantities if not q.readings]
        claims = [claim for claim in claims if not only_counted(id_, claim, cut)]
        near = self._numbers.words_near(id_)
        quantities = of_the_question(self._facts[id_], cut, quantities, claims, near)
        value, readings = self._answers.read(id_, cut, quantities, context, answer, told)
        if readings:
            return claims, {**ambiguous, id_: readings}
        if value is None:
            return claims, ambiguous
        supposed = any(around.supposed for around in context.around)
        value = self._numbers.fitted(id_, value)
        return [*claims, Claim(id_, value, *span, supposed)], ambiguous


def _in_a_place(token: Token, quantities: Sequence[Quantity]) -> bool:
    return any(
        q.kind == "place" and not q.bare and q.start <= token.start and token.end <= q.end
        for q in quantities
    )


def _within_claim(quantity: Quantity, claim: Claim) -> bool:
    return claim.start <= quantity.start and quantity.end <= claim.end
