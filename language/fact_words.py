"""Facts that are choices, read by the words people say for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from language.answers import is_question
from language.context import Context
from language.gazetteer import Found, Gazetteer
from language.tokens import Token
from language.wordlists import word_list

CHOICE_TYPES = ("bool", "choice", "ordered", "set")
_WITHIN = frozenset(word_list("facts")["within"])
_GLUED_IN = tuple(each for each in word_list("glued")["in"] if not each.isascii())[:1]
_UN = frozenset(map(str, word_list("facts")["un"]))
_SAYS: list[dict[str, Any]] = word_list("facts")["says"]


@dataclass(frozen=True)
class Claim:
    """Something a message says about a fact.

    Attributes:
        fact: The fact's id.
        value: The value, in the form of a profile; for a set, one of its elements.
        start: Where it is said in the message as typed.
        end: Where that ends, exclusive.
        supposed: It is part of a what-if.
        weak: It counts only beside other facts, since the message does not say whose it is.
        group: It comes from a phrase that says several choices or facts at once.
    """

    fact: str
    value: Any
    start: int
    end: int
    supposed: bool = False
    weak: bool = False
    group: bool = False


@dataclass(frozen=True)
class _Meaning:
    fact: str
    index: int


class ChoiceReader:
    """Reads the choice facts of a catalogue.

    Args:
        facts: Fact id -> its declaration in ``facts.yml``.
    """

    def __init__(self, facts: Mapping[str, Any]) -> None:
        self._facts = {id_: f for id_, f in facts.items() if f.get("type") in CHOICE_TYPES}
        self._values: list[tuple[Any, bool, bool]] = []
        entries: dict[_Meaning, list[str]] = {}
        for id_, fact in self._facts.items():
            for value, choice in (fact.get("choices") or {}).items():
                if choice.get("words"):
                    entries[self._meaning(id_, value)] = choice["words"]
        for say in _SAYS:
            for id_, value in say["facts"].items():
                if id_ in facts:
                    meaning = self._meaning(id_, value, True, say.get("stated", False))
                    entries[meaning] = say["words"]
        self._near = {
            id_: Gazetteer({True: fact["reads"]["near"]})
            for id_, fact in self._facts.items()
            if (fact.get("reads") or {}).get("near")
        }
        self._words = Gazetteer(entries, layer=lambda meaning: meaning.fact)

    def read(
        self, cut: Sequence[Token], context: Context, expecting: str | None = None
    ) -> list[Claim]:
        """Return what a message says about the choice facts."""
        claims = []
        for found in self._words.find_in(cut):
            claim = self._claim(found, context, expecting)
            if claim is not None:
                claims.append(claim)
        return claims

    def _meaning(
        self, fact: str, value: Any, group: bool = False, stated: bool = False
    ) -> _Meaning:
        self._values.append((value, group, stated))
        return _Meaning(fact, len(self._values) - 1)

    def _claim(self, found: Found, context: Context, expecting: str | None) -> Claim | None:
        fact = found.id.fact
        value, group, stated = self._values[found.id.index]
        around = context.at(found.start)
        if around.others or value is None:
            return None
        if stated and (found.negated or around.denied or around.wished):
            return None
        if group:
            if fact != expecting and context.general(found.start):
                return None
            return Claim(fact, value, found.start, found.end, around.supposed, group=True)
        if found.negated or around.denied or _cut_by_denial(found, context):
            value = self._denied(fact, value)
            if value is None:
                return None
        elif self._asks_about(fact, found, context) or not (
            fact == expecting or self._counts(fact, value, found, context)
        ):
            return None
        weak = fact != expecting and not around.supposed and self._is_weak(fact, found, context)
        return Claim(fact, value, found.start, found.end, around.supposed, weak)

    def _denied(self, fact: str, value: Any) -> Any:
        """Return what follows from denying a value, or None when nothing does."""
        kind = self._facts[fact]["type"]
        if kind == "bool" and isinstance(value, bool):
            return not value
        if kind == "ordered" and not isinstance(value, dict):
            order = list(self._facts[fact]["choices"])
            return {"below": value} if order.index(value) > 0 else None
        return None

    def _counts(self, fact: str, value: Any, found: Found, context: Context) -> bool:
        """Tell whether words said in this place are about the person."""
        reads = self._facts[fact].get("reads") or {}
        clause = context.at(found.start).clause
        if context.general(found.start):
            return reads.get("cue") == "wish" and clause in context.aiming
        allowed = reads.get("wish", False)
        if context.at(found.start).wished and not (allowed is True or value in _listed(allowed)):
            return _starts_itself(found, context)
        if reads.get("cue") == "wish":
            wanted = clause in context.wishing or clause in context.aiming
            return wanted or _is_whole(found, context)
        if reads.get("cue") == "own" and _within(found, context):
            return False
        near = self._near.get(fact)
        return near is None or bool(near.find_in(context.tokens))

    def _asks_about(self, fact: str, found: Found, context: Context) -> bool:
        """Tell "is the carte still open?", which says nothing of one's own, from "I have one?"."""
        if (self._facts[fact].get("reads") or {}).get("cue") != "own":
            return False
        around = context.at(found.start)
        owned = around.clause in context.owning or around.supposed
        return is_question(context.tokens) and not owned and not _is_whole(found, context, "?")

    def _is_weak(self, fact: str, found: Found, context: Context) -> bool:
        if (self._facts[fact].get("reads") or {}).get("cue") != "own":
            return False
        return context.at(found.start).clause not in context.owning


def _cut_by_denial(found: Found, context: Context) -> bool:
    """Tell whether a denial ends inside the words: ما عندنا تعاونية holds "we have" too."""
    return any(m.id == "negation" and m.start < found.start < m.end for m in context.markers)


def _is_whole(found: Found, context: Context, passed: str = ".") -> bool:
    """Tell whether words are all that a message says."""
    return all(
        found.start <= token.start < found.end
        or token.kind == "clitic"
        or token.text in (".", "!", passed)
        for token in context.tokens
    )


def _within(found: Found, context: Context) -> bool:
    """Tell whether somebody works *in* a company rather than having one."""
    before = [
        token for token in context.tokens
        if token.end <= found.start and token.kind != "punct" and token.text not in _UN
    ]  # fmt: skip
    own = next(token for token in context.tokens if token.end > found.start)
    return (bool(before) and before[-1].text in _WITHIN) or own.text.startswith(_GLUED_IN)


def _listed(values: Any) -> Iterable[Any]:
    return values if isinstance(values, list) else ()


def _starts_itself(found: Found, context: Context) -> bool:
    """Tell whether the wish is part of the phrase: ``cherche emploi`` means being without one."""
    return any(
        marker.id in ("wish", "aim") and found.start <= marker.start < found.end
        for marker in context.markers
    ) and not any(
        marker.id in ("wish", "aim")
        and marker.end <= found.start
        and context.at(marker.start).clause == context.at(found.start).clause
        for marker in context.markers
    )


def merged(facts: Mapping[str, Any], claims: Sequence[Claim]) -> dict[str, Any]:
    """Return one value per fact, in the form of a profile.

    A set keeps all that was said, an ordered choice the highest, a second trade goes to the
    other sectors, and of a plain choice several values are several possibilities.
    """
    by_fact: dict[str, list[Claim]] = {}
    for claim in claims:
        by_fact.setdefault(claim.fact, []).append(claim)
    values: dict[str, Any] = {}
    for id_, said in by_fact.items():
        kind = facts[id_].get("type")
        found = _distinct(
            [value for claim in _specific(said) for value in _spread(claim.value, kind)]
        )
        whole = [value for value in found if isinstance(value, dict)]
        if kind == "set":
            values[id_] = whole[0] if whole else found
        elif kind == "ordered":
            values[id_] = _highest(found, list(facts[id_]["choices"]))
        elif kind == "bool":
            values[id_] = found[-1]
        elif id_ == "sector" and len(found) > 1:
            values[id_] = found[0]
            if "other_sectors" in facts:
                values["other_sectors"] = found[1:]
        else:
            values[id_] = found[0] if len(found) == 1 else found
    return values


def _specific(said: Sequence[Claim]) -> Sequence[Claim]:
    """Leave out "idea or project" and the like when one choice was said outright."""
    plain = [claim for claim in said if not claim.group]
    return plain or said


def _spread(value: Any, kind: str | None) -> list[Any]:
    return value if isinstance(value, list) and kind != "ordered" else [value]


def _distinct(values: Sequence[Any]) -> list[Any]:
    kept: list[Any] = []
    for value in values:
        if not any(type(old) is type(value) and old == value for old in kept):
            kept.append(value)
    return kept


def _highest(values: Sequence[Any], order: Sequence[Any]) -> Any:
    """Return the highest value said, or the bounds when only bounds were said."""
    said = [value for value in values if not isinstance(value, dict)]
    if said:
        return max(said, key=order.index)
    return {key: bound for value in values for key, bound in value.items()}
