"""Taking what a person says of themselves into the profile, and saying it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import eligibility
from actions.knowledge import SENSITIVE, catalogue, joined, wording
from actions.towns import said_town
from actions.turn import Turn, button

DECLINED = "declined"
PROVINCE = "province"


@dataclass
class Taken:
    """What became of the facts of one message."""

    new: dict[str, Any] = field(default_factory=dict)
    corrected: dict[str, Any] = field(default_factory=dict)
    refused: dict[str, Any] = field(default_factory=dict)

    @property
    def something(self) -> bool:
        """Whether the profile has changed."""
        return bool(self.new or self.corrected)


def stated(entry: Any) -> Any:
    """Return the value of a profile entry, without the day it was stated."""
    return entry["value"] if isinstance(entry, Mapping) and "value" in entry else entry


def known_facts(turn: Turn) -> dict[str, Any]:
    """Return the facts a person has stated, without those they declined to say."""
    return {f: stated(v) for f, v in turn.profile.items() if stated(v) != DECLINED}


def may_be_said(turn: Turn) -> dict[str, Any]:
    """Return the known facts that may be said back unasked: nothing sensitive or silent."""
    facts = catalogue().facts
    return {
        fact: value
        for fact, value in known_facts(turn).items()
        if facts[fact].echo and facts[fact].topic != SENSITIVE
    }


def take_facts(turn: Turn, facts: Mapping[str, Any]) -> Taken:
    """Put facts into the profile, each with the day it was stated; impossible ones are refused."""
    taken = Taken()
    profile = dict(turn.profile)
    day = eligibility.today().isoformat()
    for fact, value in facts.items():
        value = _with_what_was_known(fact, value, profile.get(fact))
        try:
            catalogue().validate(fact, value)
        except eligibility.ProfileError:
            taken.refused[fact] = value
            continue
        before = stated(profile.get(fact))
        if before in (None, DECLINED):
            taken.new[fact] = value
        elif before == value:
            continue
        elif value == DECLINED:  # what was told is not lost; it only is not asked about again
            turn.note(rested=sorted({*turn.talk.get("rested", ()), fact}))
            continue
        elif _is_more_exact(value, before):
            taken.new[fact] = value
        else:
            taken.corrected[fact] = value
        profile[fact] = value if value == DECLINED else {"value": value, "stated_on": day}
    if taken.something:
        turn.remember(profile=profile)
    return taken


def _is_more_exact(value: Any, before: Any) -> bool:
    """Whether a value fits what was said before, which was half known or a list of wishes."""
    if isinstance(before, Mapping) and isinstance(value, Mapping) and "only" in before:
        return set(before["only"]) <= set(value.get("only", ()))
    return isinstance(before, list) and value in before


def is_possible(fact: str, value: Any) -> bool:
    """Whether a fact can have this value at all."""
    try:
        catalogue().validate(fact, value)
    except eligibility.ProfileError:
        return False
    return True


def replaced_numbers(turn: Turn) -> dict[str, Any]:
    """Return the corrections of a bare number ("la, 37"): of the fact that had the old value.

    Without an old value the number said last is meant.
    """
    numbers = {
        fact: stated(value)
        for fact, value in turn.profile.items()
        if catalogue().facts[fact].type == "number"
    }
    corrected: dict[str, Any] = {}
    for entity in turn.entities("instead"):
        if not isinstance(entity, Mapping):
            continue
        old, new = entity.get("old"), entity.get("new")
        meant = [
            fact
            for fact, value in numbers.items()
            if (old is None or value == old) and is_possible(fact, new)
        ]
        if meant:
            corrected[meant[-1]] = new
    return corrected


def _with_what_was_known(fact: str, value: Any, before: Any) -> Any:
    """A wish is added to earlier wishes; what a person does not name, they do not look for."""
    if catalogue().facts[fact].type != "set" or fact != "seeking" or not isinstance(value, list):
        return value
    earlier = stated(before)
    wishes = list(earlier.get("only", ())) if isinstance(earlier, Mapping) else []
    return {"only": sorted({*wishes, *value})}


def in_words(
    facts: Mapping[str, Any], language: str, instead: Mapping[str, str] | None = None
) -> str:
    """Say facts back in one short line, as in “27 ans, Fès, couture”; some ``instead`` otherwise."""
    words = instead or {}
    said = [words.get(f) or said_value(f, stated(value), language) for f, value in facts.items()]
    within = {one for one in said for other in said if one != other and one in other}
    return joined((one for one in dict.fromkeys(said) if one and one not in within), language)


def said_value(fact_id: str, value: Any, language: str) -> str:
    """Return a value as it is said back; numbers stand in the fact's own phrase ("7 membres")."""
    fact = catalogue().facts[fact_id]
    words_of_value = wording().value(fact_id, value, language)
    phrase = eligibility.text(fact.say, language)
    return phrase.replace("{value}", words_of_value) if phrase else words_of_value


def say_back(turn: Turn, taken: Taken) -> None:
    """Repeat shortly what was understood, and say what was not possible.

    A pressed button needs no echo, but for a number, which may have been read from words; what is
    sensitive, only half known, or follows from the rest is not said back.
    """
    told = {**taken.corrected, **taken.new}
    loud = {fact: value for fact, value in told.items() if _is_said_back(fact, value)}
    if turn.is_button:
        loud = {f: v for f, v in loud.items() if catalogue().facts[f].type == "number"}
    if loud:
        response = "utter_corrected" if set(taken.corrected) & set(loud) else "utter_noted"
        towns = {f: said_town(turn, v) for f, v in loud.items() if f == PROVINCE}
        loud = in_order(_without_what_follows(loud))
        turn.say(response, facts=in_words(loud, turn.language, towns))
    for fact, value in taken.refused.items():
        label = turn.local(catalogue().facts[fact].label)
        turn.say("utter_impossible", value=_plain(value), fact=label)


def _without_what_follows(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what the other facts already say: who has no papers has no status either."""
    kept = dict(facts)
    for fact, value in facts.items():
        rest = {other: said for other, said in kept.items() if other != fact}
        follows = catalogue().match(rest).known.get(fact) if rest else None
        if follows is not None and catalogue().facts[fact].single(follows) == value:
            kept = rest
    return kept


def take_aside(turn: Turn, facts: Mapping[str, Any]) -> None:
    """Take the facts of a question; the wish that the question itself expresses needs no echo."""
    taken = take_facts(turn, facts)
    for wish in catalogue().seeking_facts:
        taken.new.pop(wish, None)
        taken.corrected.pop(wish, None)
    say_back(turn, taken)


def _is_said_back(fact: str, value: Any) -> bool:
    half_known = isinstance(value, list) and catalogue().facts[fact].type != "set"
    return catalogue().facts[fact].echo and value != DECLINED and not half_known


def in_order(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts in the order of ``facts.yml``: the person first, then their project."""
    order = {fact: place for place, fact in enumerate(catalogue().facts)}
    return dict(sorted(facts.items(), key=lambda item: order[item[0]]))


def ask_about_sum(turn: Turn) -> bool:
    """Ask which of two readings of a sum was meant; True when there was one to ask about."""
    for entity in turn.entities("ambiguous"):
        if not isinstance(entity, Mapping) or entity.get("id") not in catalogue().facts:
            continue
        fact, readings = entity["id"], entity.get("readings") or ()
        sums = {wording().value(fact, reading, turn.language): reading for reading in readings}
        buttons = [
            button(shown, "inform", fact={"id": fact, "value": reading})
            for shown, reading in sums.items()
        ]
        turn.say("utter_ambiguous", buttons, readings=turn.words("either").join(sums))
        turn.remember(pending=fact)
        turn.has_asked = True
        return True
    return False


def settle_contradiction(turn: Turn, facts: Mapping[str, Any]) -> bool:
    """Keep the statement that was chosen and forget the other; False where none was."""
    statements = turn.talk.get("clash") or ()
    chosen = next((s for s in statements if set(s) & set(facts)), None)
    if chosen is None:
        return False
    dropped = {fact for s in statements if s is not chosen for fact in s} - set(chosen)
    kept = {fact: value for fact, value in turn.profile.items() if fact not in dropped}
    turn.remember(profile=kept)
    turn.note(clash=None)
    return True


def ask_about_contradiction(turn: Turn, match: eligibility.Match) -> bool:
    """Show two statements that cannot both be true; True when there were some."""
    for contradiction in match.contradictions:
        fact = contradiction.fact
        if fact in turn.talk.get("rested", ()):
            continue
        buttons = [
            button(
                in_words(statement, turn.language),
                "inform",
                fact=[{"id": name, "value": value} for name, value in statement.items()],
            )
            for statement in contradiction.statements
        ]
        turn.say("utter_contradiction", buttons, fact=turn.local(catalogue().facts[fact].label))
        turn.remember(pending=fact)
        turn.has_asked = True
        turn.note(clash=[list(statement) for statement in contradiction.statements])
        return True
    return False


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(str(part) for part in value.values())
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)
