"""Taking what a person says of themselves into the profile, and saying it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import eligibility
from actions.knowledge import catalogue, joined, wording
from actions.turn import Turn, button

DECLINED = "declined"

SENSITIVE = "sensitive"
"""The topic of facts that are asked only while nothing else has helped, and never said unasked."""


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
        before = profile.get(fact)
        if before is None or stated(before) == DECLINED:
            taken.new[fact] = value
        elif stated(before) != value:
            taken.corrected[fact] = value
        else:
            continue
        profile[fact] = value if value == DECLINED else {"value": value, "stated_on": day}
    if taken.something:
        turn.remember(profile=profile)
    return taken


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


def in_words(facts: Mapping[str, Any], language: str) -> str:
    """Say facts back in one short line, as in “27 ans, Fès, couture”."""
    said = [said_value(fact, stated(value), language) for fact, value in facts.items()]
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

    A pressed button needs no echo; what is sensitive, or only half known, is not said back.
    """
    told = {**taken.corrected, **taken.new}
    loud = {fact: value for fact, value in told.items() if _is_said_back(fact, value)}
    if loud and not turn.is_button:
        response = "utter_corrected" if taken.corrected else "utter_noted"
        turn.say(response, facts=in_words(in_order(loud), turn.language))
    for fact, value in taken.refused.items():
        label = turn.local(catalogue().facts[fact].label)
        turn.say("utter_impossible", value=_plain(value), fact=label)


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
        buttons = [
            button(
                wording().value(fact, reading, turn.language),
                "inform",
                fact={"id": fact, "value": reading},
            )
            for reading in readings
        ]
        turn.say("utter_ambiguous", buttons)
        turn.remember(pending=fact)
        return True
    return False


def ask_about_contradiction(turn: Turn, match: eligibility.Match) -> bool:
    """Show two statements that cannot both be true; True when there were some."""
    for contradiction in match.contradictions:
        fact = contradiction.fact
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
        return True
    return False


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(str(part) for part in value.values())
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)
