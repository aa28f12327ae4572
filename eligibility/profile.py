"""Read a profile: what is known of the facts of one person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from eligibility.days import read_day
from eligibility.facts import Fact, FormError
from eligibility.inference import Statement
from eligibility.problems import ProfileError, did_you_mean, spell
from eligibility.values import Spans

DECLINED = "declined"


class Profile:
    """Statements by fact, and the facts the person will not or cannot speak of.

    Attributes:
        statements: What is said, in the order given.
        declined: Facts never to be asked again.
    """

    def __init__(self, statements: dict[str, Statement], declined: frozenset[str]) -> None:
        self.statements = statements
        self.declined = declined


def read_profile(facts: Mapping[str, Fact], given: Any, on: date) -> Profile:
    """Return the statements of a profile.

    Args:
        facts: Those that may be named.
        given: A mapping of fact ids to an exact value, a list, a range, ``declined``, nothing,
            or ``{value: …, stated_on: …}``.
        on: The day of statements that carry none.

    Raises:
        ProfileError: An unknown fact, or a value it cannot have.
    """
    if given is None:
        given = {}
    if not isinstance(given, Mapping):
        raise ProfileError("", "a profile is a mapping of facts, such as {age: 27, province: fes}")
    statements: dict[str, Statement] = {}
    declined: set[str] = set()
    for id, form in given.items():
        fact = facts.get(id) if isinstance(id, str) else None
        if fact is None:
            raise ProfileError(spell(id), f"there is no such fact{did_you_mean(id, facts)}")
        day = on
        if isinstance(form, Mapping) and "stated_on" in form:
            form, day = _stated(fact.id, form)
        if form is None:
            continue
        if form == DECLINED and DECLINED not in fact.values:
            declined.add(fact.id)
            continue
        statements[fact.id] = _statement(fact, form, day, on, facts)
    return Profile(statements, frozenset(declined))


def _stated(id: str, form: Mapping[Any, Any]) -> tuple[Any, date]:
    day = read_day(form["stated_on"])
    if day is None or day.last is None or day.precision != "day":
        raise ProfileError(id, f"stated_on is “{spell(form['stated_on'])}”; a day was expected")
    rest = {key: value for key, value in form.items() if key != "stated_on"}
    return (rest["value"] if set(rest) == {"value"} else rest), day.last


def _statement(fact: Fact, form: Any, day: date, on: date, facts: Mapping[str, Fact]) -> Statement:
    try:
        known = fact.knowledge(form)
    except FormError as error:
        raise ProfileError(fact.id, error.message) from None
    if fact.type == "date" and isinstance(known, Spans) and _is_start(fact.id, facts):
        past = Spans(((1, 0), (max(on, day).toordinal() + 1, 0)))
        if not known & past:
            raise ProfileError(fact.id, f"{spell(form)} lies in the future")
        known = known & past
    return Statement(fact.id, known, day, form)


def _is_start(id: str, facts: Mapping[str, Fact]) -> bool:
    """Return whether years or months are counted from this date."""
    return any(
        fact.derive.kind.endswith("_since") and id in fact.derive.bases
        for fact in facts.values()
        if fact.derive
    )
