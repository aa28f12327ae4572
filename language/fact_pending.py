"""Which numbers of a message may answer the pending question, and which count something else.

A number answers when it stands by itself ("5", "around 5 for now") or beside people where people
are asked; not in "I have 5 employees" while a sum is asked. *Un* and *wa7d* are articles unless
they are all the message says or people are counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from language.fact_nearness import Quantity
from language.fact_words import Claim
from language.gazetteer import Gazetteer
from language.normal import normalise
from language.tokens import Token
from language.wordlists import word_list

_LISTS = word_list("facts")
_PERSONS = Gazetteer({True: [*_LISTS["persons"], *_LISTS["people"]]}, mistakes=False)
_GROUP = Gazetteer({True: _LISTS["group"]}, mistakes=False)
_CHILDREN = Gazetteer({True: _LISTS["children"]}, mistakes=False)
_BEHIND = Gazetteer({True: _LISTS["behind_a_number"]}, mistakes=False)
_AROUND = Gazetteer({True: _LISTS["around_one"]}, mistakes=False)
_SOME = frozenset(normalise(str(word)) for word in _LISTS["some"])
_LINKS = frozenset(map(str, word_list("glued")["links"]))
_WORKING = ("employees", "hires_planned")
_LEAST_SUM = 100  # dirhams; a smaller number that stands beside a word counts something else


def of_the_question(
    fact: Mapping[str, Any],
    cut: Sequence[Token],
    quantities: Sequence[Quantity],
    claims: Sequence[Claim],
    near: Gazetteer | None,
) -> list[Quantity]:
    """Return the quantities that may answer a question about a fact.

    Args:
        fact: The declaration of the fact in ``facts.yml``.
        cut: The message.
        quantities: What it says in numbers.
        claims: What was read about other facts.
        near: The words that stand beside numbers of the fact.
    """
    reader = (fact.get("reads") or {}).get("reader", "count")
    return [
        q
        for q in quantities
        if not _is_of_another(q, claims) and (not q.bare or _is_free(q, reader, cut, near))
    ]


def only_counted(asked: str, claim: Claim, cut: Sequence[Token]) -> bool:
    """Tell whether a message is a number of people and no more: "2 employees", "we are 5"."""
    if asked == claim.fact or asked not in _WORKING or claim.fact not in (*_WORKING, "members"):
        return False
    people = (_GROUP if claim.fact == "members" else _PERSONS).find_in(cut)
    return all(
        token.kind in ("punct", "clitic")
        or token.text in _LINKS
        or claim.start <= token.start < claim.end
        or any(f.start <= token.start < f.end for f in people)
        for token in cut
    )


def _is_of_another(quantity: Quantity, claims: Sequence[Claim]) -> bool:
    return quantity.kind != "place" and any(
        claim.start < quantity.end
        and quantity.start < claim.end
        and not isinstance(claim.value, (str, bool))
        for claim in claims
    )


def _is_free(quantity: Quantity, reader: str, cut: Sequence[Token], near: Gazetteer | None) -> bool:
    """Tell whether a number without a unit counts nothing but what was asked."""
    if quantity.kind not in ("count", "percent"):
        return True
    typed = [t for t in cut if quantity.start <= t.start and t.end <= quantity.end]
    behind = [t for t in cut if t.start >= quantity.end]
    while behind and behind[0].text in _LINKS:
        behind = behind[1:]
    people = bool(behind) and any(
        found.start == behind[0].start for found in _PERSONS.find_in(behind)
    )
    if quantity.value == 1 and not any(token.kind == "number" for token in typed):
        before = [t for t in cut if t.end <= quantity.start]
        if before and before[-1].text in _SOME:
            return False
        if _is_alone(quantity, cut):
            return True
        hired = near is not None and bool(near.find_in(cut))
        ends = not behind or behind[0].kind == "punct"
        return reader == "count" and (people or hired) and (people or ends)
    if not behind or behind[0].kind not in ("word", "clitic"):
        return True
    if reader == "count" and people:
        return True
    if any(found.start == behind[0].start for found in _CHILDREN.find_in(behind)):
        return False
    if any(found.start == behind[0].start for found in _BEHIND.find_in(behind)):
        return True
    if reader == "count":
        return near is not None and any(f.start == behind[0].start for f in near.find_in(cut))
    return reader == "money" and _is_a_sum(quantity.value) and not people


def _is_a_sum(value: Any) -> bool:
    return isinstance(value, (int, float)) and value >= _LEAST_SUM


def _is_alone(quantity: Quantity, cut: Sequence[Token]) -> bool:
    around = _AROUND.find_in(cut)
    return all(
        token.kind in ("punct", "emoji")
        or quantity.start <= token.start < quantity.end
        or any(found.start <= token.start < found.end for found in around)
        for token in cut
    )
