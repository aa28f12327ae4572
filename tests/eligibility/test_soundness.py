"""Learning more never overturns a certain verdict, and full knowledge gives the plain truth.

The rules are evaluated a second time here, in the simplest way there is, without any code of the
engine: one value for every fact, one of three numbers for every condition.
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import eligibility
from tests.eligibility import builders

ON = date(2026, 11, 24)
FAILS, MARGIN, HOLDS = 0, 1, 2
VALUES: dict[str, list[Any]] = {
    "age": list(range(14, 70, 5)),
    "province": ["fes", "taza", "berkane", "oujda"],
    "stage": ["none", "idea", "operating"],
    "legal_form": ["none", "company", "cooperative"],
    "education": ["none", "primary", "baccalaureate", "master"],
    "registered": [True, False],
    "employees": [0, 1, 5, 20],
    "turnover": [0, 50_000, 100_000, 100_000.5, 900_000],
    "seeking": [[], ["job"], ["funding"], ["job", "hiring"], ["job", "funding", "hiring"]],
}
SINGLE = [fact for fact in VALUES if fact != "seeking"]


# -- random rules ------------------------------------------------------------------------------


@st.composite
def random_test(draw: st.DrawFn, fact: str) -> Any:
    if fact == "seeking":
        form: Any = draw(st.lists(st.sampled_from(["job", "funding", "hiring"]), min_size=1))
        return draw(st.sampled_from([form, {"not": form}]))
    if fact in ("age", "employees", "turnover"):
        low, high = sorted(draw(st.tuples(*[st.sampled_from(VALUES[fact])] * 2)))
        keys = draw(st.sampled_from([("from",), ("to",), ("above",), ("below",), ("from", "to")]))
        return {key: (low if key in ("from", "above") else high) for key in keys}
    some = draw(st.lists(st.sampled_from(VALUES[fact]), min_size=1, max_size=2, unique=True))
    options: list[Any] = [some, some[0], {"not": some}]
    if fact == "education":
        options += [{"from": some[0]}, {"below": some[0]}]
    if fact == "province":
        options += [{"within": "fes-meknes"}, {"not": {"within": ["oriental", "fes"]}}]
    return draw(st.sampled_from(options))


@st.composite
def conditions(draw: st.DrawFn, depth: int = 2) -> dict[str, Any]:
    kind = draw(
        st.sampled_from(["fact"] * 5 + (["any", "all", "none", "at_least"] if depth else []))
    )
    if kind == "fact":
        fact = draw(st.sampled_from(list(VALUES)))
        found: dict[str, Any] = {fact: draw(random_test(fact))}
        if draw(st.integers(0, 3)) == 0:
            found["margin"] = {"test": draw(random_test(fact))}
            if isinstance(found["margin"]["test"], dict) and fact == "seeking":
                del found["margin"]
        return found
    parts = draw(st.lists(conditions(depth=depth - 1), min_size=2, max_size=3))
    if kind == "any" and draw(st.booleans()):
        parts[-1]["counts"] = "margin"
    if kind == "at_least":
        count = draw(st.integers(1, len(parts)))
        return {"at_least": {"count": count, "of": parts}}
    return {kind: parts}


@st.composite
def schemes(draw: st.DrawFn) -> dict[str, Any]:
    rules = draw(st.lists(conditions(), min_size=1, max_size=4))
    if draw(st.integers(0, 4)) == 0:
        rules.append({"office": True})
    rules = [{"id": f"c{number}", **rule} for number, rule in enumerate(rules)]
    local = []
    for _ in range(draw(st.integers(0, 2))):
        changed = draw(st.sampled_from([rule["id"] for rule in rules] + ["extra"]))
        new = draw(st.one_of(st.none(), conditions(depth=1)))
        if changed == "extra" and new is None:
            continue
        local.append({
            "within": draw(st.sampled_from(["fes", "fes-meknes", "oriental"])),
            "requires": {changed: new},
            **draw(st.sampled_from([{}, {"closes": "2026-01-01"}, {"opens": "2026-11-24"}])),
        })  # fmt: skip
    requires: Any = rules
    if draw(st.integers(0, 3)) == 0:
        more = draw(st.lists(conditions(depth=1), min_size=1, max_size=2))
        more = [{"id": f"e{number}", **rule} for number, rule in enumerate(more)]
        requires = {"person": rules, "employer": more}
    return builders.scheme("aid", requires, local=local)


# -- the plain truth -----------------------------------------------------------------------------


def passes(fact: str, test: Any, value: Any) -> bool:
    if isinstance(test, dict) and "not" in test:
        return not passes(fact, test["not"], value)
    if fact == "seeking":
        return bool(set(value) & set(test if isinstance(test, list) else [test]))
    if isinstance(test, dict) and "within" in test:
        places = test["within"] if isinstance(test["within"], list) else [test["within"]]
        return any(
            place == value or value in builders.PLACES.get(place, {"provinces": ()})["provinces"]
            for place in places
        )
    if isinstance(test, dict):
        order = VALUES[fact].index if fact == "education" else float
        return all(
            {"from": order(value) >= order(end), "to": order(value) <= order(end),
             "above": order(value) > order(end), "below": order(value) < order(end)}[key]
            for key, end in test.items()
        )  # fmt: skip
    return value in test if isinstance(test, list) else value == test


def outcome(rule: dict[str, Any], person: dict[str, Any]) -> int:
    if rule.get("office"):
        return MARGIN
    key = next(k for k in rule if k not in ("id", "margin", "counts"))
    below = rule[key]
    if key == "any":
        found = max(outcome(part, person) for part in below)
    elif key == "all":
        found = min(outcome(part, person) for part in below)
    elif key == "none":
        found = HOLDS - max(outcome(part, person) for part in below)
    elif key == "at_least":
        ranked = sorted((outcome(part, person) for part in below["of"]), reverse=True)
        found = ranked[below["count"] - 1]
    elif passes(key, below, person[key]):
        found = HOLDS
    else:
        margin = rule.get("margin")
        found = MARGIN if margin and passes(key, margin["test"], person[key]) else FAILS
    return min(found, MARGIN) if rule.get("counts") else found


def all_of(rules: list[dict[str, Any]], person: dict[str, Any]) -> int:
    return min((outcome(rule, person) for rule in rules), default=HOLDS)


def truth(scheme: dict[str, Any], person: dict[str, Any]) -> str:
    core = scheme["requires"]
    results = []
    for edition in scheme["local"]:
        open_now = edition.get("closes") is None
        if open_now and passes("province", {"within": edition["within"]}, person["province"]):
            results.append(evaluate(core, edition["requires"], person))
    best = max(results) if results else evaluate(core, {}, person)
    return ("ineligible", "possible", "eligible")[best]


def evaluate(core: Any, changes: dict[str, Any], person: dict[str, Any]) -> int:
    used = set()

    def changed(rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
        found = []
        for rule in rules:
            if rule["id"] in changes:
                used.add(rule["id"])
                if changes[rule["id"]] is not None:
                    found.append(changes[rule["id"]])
            else:
                found.append(rule)
        return found

    if isinstance(core, dict):
        result = max(all_of(changed(rules), person) for rules in core.values())
    else:
        result = all_of(changed(core), person)
    added = [rule for id, rule in changes.items() if id not in used and rule is not None]
    return min(result, all_of(added, person))


def sensible(person: dict[str, Any]) -> bool:
    """Return whether a person does not contradict what builders.IMPLIES says."""
    idea = person["stage"] != "idea" or (person["legal_form"], person["employees"]) == ("none", 0)
    staff = person["legal_form"] != "company" or not person["registered"] or person["employees"]
    return (
        idea and bool(staff) and (person["legal_form"] != "none" or person["turnover"] <= 100_000)
    )


def widened(draw: st.DrawFn, fact: str, value: Any) -> Any:
    """Return something true but less exact about a fact, or None for nothing at all."""
    how = draw(st.sampled_from(["exact", "nothing", "vague", "declined"]))
    if how == "nothing":
        return None
    if how == "declined":
        return "declined"
    if fact == "seeking":
        return {"only": value} if how == "exact" else value[: draw(st.integers(0, 2))] or None
    if how == "exact":
        return value
    if fact in ("age", "employees", "turnover"):
        return {"from": value, "to": value + draw(st.integers(0, 30))}
    return [value, *draw(st.lists(st.sampled_from(VALUES[fact]), max_size=2))]


@st.composite
def cases(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    scheme = draw(schemes())
    person = {fact: draw(st.sampled_from(values)) for fact, values in VALUES.items()}
    if person["stage"] == "idea":
        person.update(legal_form="none", employees=0)
    if person["legal_form"] == "none":
        person["turnover"] = min(person["turnover"], 100_000)
    if person["legal_form"] == "company" and person["registered"]:
        person["employees"] = max(person["employees"], 1)
    vague = {fact: widened(draw, fact, value) for fact, value in person.items()}
    return scheme, person, vague


def full(person: dict[str, Any]) -> dict[str, Any]:
    return {**person, "seeking": {"only": person["seeking"]}}


def load(scheme: dict[str, Any]) -> eligibility.Catalogue:
    with tempfile.TemporaryDirectory() as directory:
        return eligibility.load(builders.write(Path(directory), scheme))


ROUNDS = settings(
    max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


@ROUNDS
@given(cases())
def test_a_full_profile_gets_the_verdict_of_plain_logic(case: Any) -> None:
    scheme, person, _ = case
    assert sensible(person)
    match = load(scheme).match(full(person), ON)
    assert not match.contradictions
    assert match.verdict("aid").outcome == truth(scheme, person)
    assert match.undecided == 0
    assert match.next_question is None


@ROUNDS
@given(cases())
def test_learning_more_never_overturns_a_certain_verdict(case: Any) -> None:
    scheme, person, vague = case
    before = load(scheme).match(vague, ON)
    assert not before.contradictions
    verdict = before.verdict("aid")
    if verdict.outcome in ("eligible", "ineligible"):
        assert verdict.outcome == truth(scheme, person)
    if verdict.outcome == "possible":
        assert truth(scheme, person) != "ineligible"


@ROUNDS
@given(cases())
def test_answering_the_questions_decides_everything_that_is_not_declined(case: Any) -> None:
    scheme, person, vague = case
    catalogue = load(scheme)
    profile = {fact: form for fact, form in vague.items() if form != "declined"}
    for _ in range(len(VALUES) + 1):
        match = catalogue.match(profile, ON)
        question = match.next_question
        if question is None:
            break
        profile[question] = full(person)[question]
    assert match.verdict("aid").outcome == truth(scheme, person)


@ROUNDS
@given(cases())
def test_every_proposed_change_is_proved_by_matching_again(case: Any) -> None:
    scheme, person, _ = case
    catalogue = load(scheme)
    match = catalogue.match(full(person), ON)
    verdict = match.verdict("aid")
    for change in verdict.changes:
        assert set(change) <= {"stage", "legal_form", "registered", "members"}
        after = catalogue.match({**full(person), **change}, ON)
        assert not after.contradictions
        wanted = {"eligible"} if verdict.outcome == "possible" else {"eligible", "possible"}
        assert after.verdict("aid").outcome in wanted
