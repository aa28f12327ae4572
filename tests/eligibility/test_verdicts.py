"""Verdicts, reasons, editions, applicants, periods, changes and windows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import eligibility
from tests.eligibility import builders
from tests.eligibility.builders import scheme

ON = date(2026, 11, 24)


class House:
    """Loads catalogues into a directory of its own."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def load(self, *schemes: dict[str, Any]) -> eligibility.Catalogue:
        return eligibility.load(builders.write(self.directory, *schemes))

    def verdict(
        self, requires: Any, profile: dict[str, Any], on: date = ON, **more: Any
    ) -> eligibility.Verdict:
        return self.load(scheme("aid", requires, **more)).match(profile, on).verdict("aid")


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


YOUNG = [{"age": {"from": 18, "to": 35}, "margin": {"test": {"from": 36, "to": 45}}}]


@pytest.mark.parametrize(
    ("age", "outcome"),
    [
        (17, "ineligible"),
        (18, "eligible"),
        (35, "eligible"),
        (36, "possible"),
        (46, "ineligible"),
        ({"from": 20, "to": 30}, "eligible"),
        ({"from": 36, "to": 45}, "possible"),
        ({"from": 30, "to": 40}, "undetermined"),
        ({"above": 60}, "ineligible"),
    ],
)
def test_a_margin_makes_the_office_decide(house: House, age: Any, outcome: str) -> None:
    assert house.verdict(YOUNG, {"age": age}).outcome == outcome


def test_what_the_office_decides_is_at_best_possible(house: House) -> None:
    rules = [{"age": {"from": 18}}, {"id": "committee", "office": True, "source": "LAW"}]
    verdict = house.verdict(rules, {"age": 20})
    assert verdict.outcome == "possible"
    assert [(r.condition, r.outcome, r.source, r.facts) for r in verdict.reasons] == [
        ("age", "holds", (), ("age",)),
        ("committee", "margin", ("LAW",), ()),
    ]
    assert house.verdict(rules, {"age": 17}).outcome == "ineligible"


def test_alternatives_on_one_fact_that_leave_no_gap_hold_before_it_is_known(house: House) -> None:
    rules = [
        {"id": "either", "any": [{"age": {"from": 30}}, {"age": {"below": 40}}]},
        {"sex": "female"},
    ]
    verdict = house.verdict(rules, {"sex": "female"})
    assert verdict.outcome == "eligible"
    assert verdict.reasons[0].outcome == "holds"


def test_alternatives_that_hang_together_are_looked_at_case_by_case(house: House) -> None:
    either = {
        "any": [
            {"all": [{"sex": "female"}, {"age": {"from": 18}}]},
            {"all": [{"sex": "male"}, {"age": {"from": 18}}]},
        ]
    }
    assert house.verdict([{"id": "adult", **either}], {"age": 20}).outcome == "eligible"
    assert house.verdict([{"id": "adult", **either}], {"age": 17}).outcome == "ineligible"


def test_missing_names_only_facts_that_can_still_decide(house: House) -> None:
    rules = [
        {"id": "path", "any": [{"age": {"below": 18}}, {"legal_form": "company"}]},
        {"registered": True},
        {"sex": "female"},
    ]
    verdict = house.verdict(rules, {"age": 30, "sex": "female"})
    assert verdict.missing == ("legal_form", "registered")
    assert house.verdict(rules, {"age": 30, "sex": "male"}).missing == ()


def test_person_and_employer_are_alternatives_with_their_own_parts(house: House) -> None:
    rules = {
        "person": [{"seeking": "job"}, {"registered": True}],
        "employer": [{"seeking": "hiring"}, {"legal_form": "company"}],
    }
    verdict = house.verdict(rules, {"seeking": {"only": ["hiring"]}, "legal_form": "company"})
    assert verdict.outcome == "eligible"
    assert [(r.condition, r.outcome) for r in verdict.reasons] == [
        ("person", "fails"),
        ("employer", "holds"),
    ]
    assert [part.condition for part in verdict.reasons[1].parts] == ["seeking", "legal_form"]
    only_job = {"seeking": {"only": ["job"]}, "registered": False}
    assert house.verdict(rules, only_job).outcome == "ineligible"
    open_person = house.verdict(rules, {"seeking": {"only": ["job"]}})
    assert open_person.outcome == "undetermined"
    assert open_person.missing == ("registered",)


def test_a_condition_outside_its_period_is_as_if_absent(house: House) -> None:
    rules = [{"age": {"from": 18}}, {"sex": "female", "valid": {"to": "2026-06-30"}}]
    man = {"age": 20, "sex": "male"}
    assert house.verdict(rules, man, date(2026, 6, 30)).outcome == "ineligible"
    assert house.verdict(rules, man, date(2026, 7, 1)).outcome == "eligible"


LOCAL = [
    {"within": "taza", "requires": {"age": {"age": {"from": 18, "to": 45}}}},
    {"within": "oriental", "closes": "2026-01-01", "requires": {"age": None}},
    {"within": "fes", "requires": {"extra": {"sex": "female"}}},
]


@pytest.mark.parametrize(
    ("profile", "outcome"),
    [
        ({"age": 40, "province": "taza"}, "eligible"),
        ({"age": 40, "province": "berkane"}, "ineligible"),
        ({"age": 40}, "undetermined"),
        ({"age": 50}, "ineligible"),
        ({"age": 30}, "undetermined"),
        ({"age": 30, "sex": "female"}, "eligible"),
        ({"age": 30, "province": ["taza", "berkane"]}, "eligible"),
        ({"age": 30, "region": "fes-meknes", "sex": "male"}, "undetermined"),
        ({"age": 30, "province": "fes", "sex": "male"}, "ineligible"),
    ],
)
def test_local_editions_replace_add_and_agree_where_the_place_is_unknown(
    house: House, profile: dict[str, Any], outcome: str
) -> None:
    rules = [{"age": {"from": 18, "to": 35}}]
    verdict = house.verdict(rules, profile, local=LOCAL)
    assert verdict.outcome == outcome
    if outcome == "undetermined" and "province" not in profile:
        assert "province" in verdict.missing


def test_of_several_editions_the_best_verdict_counts(house: House) -> None:
    local = [
        {"within": "fes-meknes", "requires": {"age": {"age": {"to": 25}}}},
        {"within": "fes", "requires": {"age": {"age": {"to": 30}}}},
    ]
    rules = [{"age": {"to": 20}}]
    assert house.verdict(rules, {"age": 28, "province": "fes"}, local=local).outcome == "eligible"
    assert (
        house.verdict(rules, {"age": 28, "province": "taza"}, local=local).outcome == "ineligible"
    )


def test_benefits_and_papers_that_cannot_concern_a_person_are_left_out(house: House) -> None:
    gives = [
        {"kind": "grant", "text": builders.WORD, "when": [{"legal_form": "company"}]},
        {"kind": "loan", "text": builders.WORD},
    ]
    catalogue = house.load(scheme("aid", gives=gives))
    items = catalogue.schemes["aid"].gives

    def kinds(**profile: Any) -> list[str]:
        return [item.kind for item in catalogue.match(profile, ON).applicable(items)]

    assert kinds() == ["grant", "loan"]
    assert kinds(legal_form="company") == ["grant", "loan"]
    assert kinds(legal_form="none") == ["loan"]


def test_recommended_schemes_come_first_and_closed_ones_last(house: House) -> None:
    catalogue = house.load(
        scheme("closed", [{"age": {"from": 18}}], status="closed"),
        scheme("no", [{"age": {"below": 18}}]),
        scheme("vague", [{"sex": "female"}]),
        scheme("near", [{"age": {"from": 18}}, {"id": "s", "sex": "female"}]),
        scheme("maybe", YOUNG),
        scheme("call", [{"age": {"from": 18}}], status="by_call"),
        scheme("yes", [{"age": {"from": 18}}]),
    )
    order = [verdict.scheme for verdict in catalogue.match({"age": 40}, ON).verdicts]
    assert order == ["yes", "call", "maybe", "near", "vague", "no", "closed"]


# -- changes -----------------------------------------------------------------------------------


def test_registering_is_the_change_that_helps(house: House) -> None:
    rules = [{"age": {"from": 18}}, {"registered": True}]
    assert house.verdict(rules, {"age": 20, "registered": False}).changes == ({"registered": True},)
    assert house.verdict(rules, {"age": 17, "registered": False}).changes == ()


def test_a_cooperative_of_five_is_founded_in_two_changes_and_an_idea_must_be_opened(
    house: House,
) -> None:
    rules = [{"legal_form": "cooperative"}, {"members": {"from": 5}}]
    verdict = house.verdict(rules, {"legal_form": "none", "members": 2})
    assert verdict.changes == ({"legal_form": "cooperative", "members": 5},)
    with_idea = house.verdict([{"legal_form": "cooperative"}], {"stage": "idea"})
    assert with_idea.changes == ({"stage": "operating", "legal_form": "cooperative"},)


def test_nobody_is_told_to_undo_a_legal_form(house: House) -> None:
    rules = [{"legal_form": "company"}]
    assert house.verdict(rules, {"legal_form": "none"}).changes == ({"legal_form": "company"},)
    assert house.verdict(rules, {"legal_form": "cooperative"}).changes == ()
    # what is not known yet is asked, not changed
    assert house.verdict(rules, {"age": 30}).changes == ()


def test_while_learning_more_may_make_eligible_no_change_to_possible_is_proposed(
    house: House,
) -> None:
    rules = [
        {"id": "either", "any": [{"age": {"from": 40}}, {"registered": True, "counts": "margin"}]},
    ]
    assert house.verdict(rules, {"registered": False}).outcome == "undetermined"
    assert house.verdict(rules, {"registered": False}).changes == ()
    refused = house.verdict(rules, {"registered": False, "age": 20})
    assert refused.changes == ({"registered": True},)
    # as a cooperative she may be eligible: becoming a company for less is poor advice
    either = {
        "id": "either",
        "any": [
            {"all": [{"legal_form": "cooperative"}, {"members": {"from": 5}}]},
            {"legal_form": "company", "counts": "margin"},
        ],
    }
    assert house.verdict([either], {"legal_form": "none", "members": 2}).changes == (
        {"legal_form": "cooperative", "members": 5},
    )
    older = [either, {"age": {"from": 18}}]
    assert house.verdict(older, {"legal_form": "none", "members": 2}).changes == ()


# -- windows -----------------------------------------------------------------------------------


def window(verdict: eligibility.Verdict) -> dict[str, str | None] | None:
    return verdict.window.plain() if verdict.window else None


def test_a_window_ends_the_day_before_the_birthday(house: House) -> None:
    rules = [{"age": {"from": 18, "below": 35}}]
    verdict = house.verdict(rules, {"birth_date": "1992-05-12"})
    assert window(verdict) == {"from": "2010-05-12", "to": "2027-05-11"}
    child = house.verdict(rules, {"birth_date": "2010-05-12"})
    assert child.outcome == "ineligible"
    assert window(child) == {"from": None, "to": "2028-05-11"}


def test_with_an_age_in_years_the_window_is_what_is_certain(house: House) -> None:
    rules = [{"age": {"from": 18, "below": 35}}]
    verdict = house.verdict(rules, {"age": 33})
    # born between 1992-11-25 and 1993-11-24: 35 on 2027-11-25 at the earliest
    assert window(verdict) == {"from": "2011-11-24", "to": "2027-11-24"}


def test_an_end_more_than_ten_years_away_is_none(house: House) -> None:
    near = house.verdict([{"age": {"from": 18, "to": 45}}], {"birth_date": "1992-05-12"})
    assert window(near) == {"from": "2010-05-12", "to": None}
    oldest = house.verdict([{"age": {"from": 18}}], {"birth_date": "1992-05-12"})
    assert window(oldest) == {"from": "2010-05-12", "to": None}


def test_twenty_four_months_are_over_on_the_day_they_are_full(house: House) -> None:
    rules = [{"business_age": {"below": 24}}]
    over = house.verdict(rules, {"created_on": "2024-11-01"})
    assert over.outcome == "ineligible"
    young = house.verdict(rules, {"created_on": "2026-03-01"})
    assert window(young) == {"from": "2026-03-01", "to": "2028-02-29"}
    month = house.verdict(rules, {"created_on": {"from": "2026-03-01", "to": "2026-03-31"}})
    assert (window(month) or {})["to"] == "2028-02-29"


def test_no_date_bounds_a_verdict_that_has_nothing_to_do_with_time(house: House) -> None:
    assert house.verdict([{"sex": "female"}], {"sex": "female", "age": 20}).window is None
    assert house.verdict([{"age": {"from": 18}}], {}).window is None


def test_periods_and_editions_bound_a_window(house: House) -> None:
    rules = [{"sex": "female", "valid": {"from": "2026-01-01", "to": "2026-12-31"}}]
    verdict = house.verdict(rules, {"sex": "male"})
    assert window(verdict) == {"from": "2026-01-01", "to": "2026-12-31"}


# -- questions ---------------------------------------------------------------------------------


def test_no_question_is_asked_once_nothing_can_change(house: House) -> None:
    catalogue = house.load(scheme("aid", [{"age": {"from": 18}}, {"sex": "female"}]))
    match = catalogue.match({"age": 17}, ON)
    assert match.undecided == 0
    assert match.next_question is None


def test_a_declined_question_is_not_asked_again(house: House) -> None:
    catalogue = house.load(scheme("aid", [{"age": {"from": 18}}]))
    assert catalogue.match({}, ON).next_question == "age"
    match = catalogue.match({"age": "declined"}, ON)
    assert match.next_question is None
    assert match.undecided == 1


def test_a_dear_question_waits_for_the_cheap_one(house: House) -> None:
    catalogue = house.load(scheme("aid", [{"turnover": {"to": 10}}, {"registered": True}]))
    assert catalogue.match({}, ON).next_question == "registered"


def test_a_question_that_only_makes_sense_for_some_waits_for_the_one_that_tells(
    house: House,
) -> None:
    catalogue = house.load(scheme("aid", [{"members": {"from": 5}}]))
    assert catalogue.match({}, ON).next_question == "legal_form"
    assert catalogue.match({"legal_form": "cooperative"}, ON).next_question == "members"
    assert catalogue.match({"legal_form": "company"}, ON).next_question is None


def test_a_derived_fact_is_asked_by_what_it_follows_from(house: House) -> None:
    catalogue = house.load(scheme("aid", [{"share": {"from": 10}}]))
    profile: dict[str, Any] = {}
    asked = []
    while (question := catalogue.match(profile, ON).next_question) is not None:
        asked.append(question)
        profile[question] = 1000
    assert sorted(asked) == ["own_contribution", "project_cost"]


def test_closed_schemes_ask_nothing(house: House) -> None:
    catalogue = house.load(scheme("aid", [{"age": {"from": 18}}], status="closed"))
    assert catalogue.match({}, ON).next_question is None
