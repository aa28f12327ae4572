"""Settling what the claims of one message decide about each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from language.fact_nearness import Quantity
from language.fact_words import CHOICE_TYPES, Claim

_HIRING = "hires_planned"
_WITHOUT_SALES = ("employee", "unemployed", "student", "homemaker", "retired")
_YIELDING = ("stage", "legal_form")
_MEASURED = ("money", "duration", "age", "percent", "birth_date", "place")


def outside_quantities(claims: Sequence[Claim], quantities: Sequence[Quantity]) -> list[Claim]:
    """Leave out words that are part of a sum, an age or a date: *mlayn* is no nationality."""
    return [
        claim
        for claim in claims
        if not any(
            (
                q.kind in _MEASURED
                and q.start <= claim.start
                and claim.end <= q.end
                and (claim.end - claim.start) < (q.end - q.start)
            )
            or _is_cut_from_a_place(claim, q)
            for q in quantities
        )
        or not isinstance(claim.value, (str, bool))
    ]


def _is_cut_from_a_place(claim: Claim, q: Quantity) -> bool:
    """Tell whether a word begins before a place and ends inside: the *l bni* of *l bni mellal*."""
    return q.kind == "place" and claim.start < q.start < claim.end < q.end


def not_answering(claims: Sequence[Claim], expecting: str | None) -> list[Claim]:
    """Leave out what the words of the answer would also say: a way of working is no project."""
    answers = [claim for claim in claims if claim.fact == expecting]
    return [
        claim
        for claim in claims
        if claim.fact == expecting
        or claim.fact not in _YIELDING
        or expecting in _YIELDING
        or not any(a.start < claim.end and claim.start < a.end for a in answers)
    ]


def real(claims: Sequence[Claim], facts: Mapping[str, Any]) -> list[Claim]:
    """Leave out what a what-if says in passing, by its grammar: *w ila kont mssajel*."""
    if not any(claim.supposed for claim in claims):
        return list(claims)
    return [
        claim
        for claim in claims
        if facts.get(claim.fact, {}).get("changeable") or claim.fact != "sex"
    ]


def settled(claims: Sequence[Claim]) -> list[Claim]:
    """Settle what one claim decides about another: people to take on mean hiring, not a job."""
    hires = any(claim.fact == _HIRING for claim in claims)
    settled: list[Claim] = []
    paid = any(claim.fact == "situation" and claim.value in _WITHOUT_SALES for claim in claims)
    for claim in claims:
        if claim.fact == "turnover" and paid:
            continue
        if claim.fact == "seeking" and hires and claim.value == "job":
            continue
        if hires and claim.fact == "situation" and _holds(claim, claims, "contract_offered"):
            continue  # "I hire two people with a permanent contract"
        if claim.fact == "situation" and _is_counted(claim, claims):
            continue  # "one employee"
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


def _holds(claim: Claim, claims: Sequence[Claim], fact: str) -> bool:
    """Tell whether the words of a claim hold those of one about a fact."""
    return any(c.fact == fact and claim.start <= c.start and c.end <= claim.end for c in claims)


def _is_counted(claim: Claim, claims: Sequence[Claim]) -> bool:
    """Tell whether the words of a claim stand right behind a number of employees."""
    return any(
        c.fact in ("employees", _HIRING) and c.start < claim.start and claim.start - c.end <= 1
        for c in claims
    )


def _has_form(claims: Sequence[Claim]) -> bool:
    return any(claim.fact == "legal_form" and claim.value != "none" for claim in claims)


def counted(claims: Sequence[Claim], answering: bool) -> list[Claim]:
    """Leave out weak claims that stand alone: ``auto-entrepreneur ?`` asks, it does not state."""
    strong = {claim.fact for claim in claims if not claim.weak}
    return [claim for claim in claims if not claim.weak or strong or answering]


def possible(claims: Sequence[Claim], facts: Mapping[str, Any]) -> list[Claim]:
    """Leave out numbers that cannot be: nobody is 400 years old."""
    return [claim for claim in claims if _in_range(claim.value, facts[claim.fact])]


def _in_range(value: Any, fact: Mapping[str, Any]) -> bool:
    limits = fact.get("range")
    if fact["type"] in CHOICE_TYPES or not limits:
        return True
    bounds = list(value.values()) if isinstance(value, dict) else [value]
    low, high = limits.get("from", float("-inf")), limits.get("to", float("inf"))
    return all(low <= bound <= high for bound in bounds)
