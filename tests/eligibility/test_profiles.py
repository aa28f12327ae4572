"""What a profile may say, what follows from it, and how contradictions are kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import eligibility
from tests.eligibility import builders

ON = date(2026, 11, 24)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> eligibility.Catalogue:
    return eligibility.load(builders.write(tmp_path_factory.mktemp("c"), builders.scheme()))


def known(catalogue: eligibility.Catalogue, profile: dict[str, Any], fact: str) -> Any:
    match = catalogue.match(profile, ON)
    return catalogue.facts[fact].show(match.known[fact]) if fact in match.known else None


def test_knowledge_is_exact_one_of_several_a_range_or_nothing(
    catalogue: eligibility.Catalogue,
) -> None:
    assert known(catalogue, {"age": 27}, "age") == 27
    assert known(catalogue, {"province": ["fes", "taza"]}, "province") == ["fes", "taza"]
    assert known(catalogue, {"employees": {"from": 1, "below": 10}}, "employees") == {
        "from": 1,
        "to": 9,
    }
    assert known(catalogue, {"age": None}, "age") is None
    assert known(catalogue, {"age": "declined"}, "age") is None


@pytest.mark.parametrize(
    ("profile", "named"),
    [
        ({"agee": 27}, "did you mean “age”"),
        ({"age": 150}, "at most 120"),
        ({"age": "27"}, "no number"),
        ({"age": {"from": 30, "to": 20}}, "no value is possible"),
        ({"age": {"form": 30}}, "did you mean “from”"),
        ({"age": True}, "no number"),
        ({"registered": "yes"}, "true or false"),
        ({"province": "fez"}, "did you mean “fes”"),
        ({"province": []}, "empty"),
        ({"legal_form": {"from": "company"}}, "no order"),
        ({"birth_date": "2030-01-01"}, "future"),
        ({"birth_date": "1990-02-31"}, "no date"),
        ({"seeking": ["jobs"]}, "did you mean “job”"),
        ({"seeking": {"only": "jobs"}}, "did you mean “job”"),
        ({"employees": 2.5}, "whole number"),
        ({"age": {"value": 27, "stated_on": "March"}}, "stated_on"),
        ([], "mapping"),
    ],
)
def test_a_wrong_profile_is_refused_by_name(
    catalogue: eligibility.Catalogue, profile: Any, named: str
) -> None:
    with pytest.raises(eligibility.ProfileError, match=named):
        catalogue.match(profile, ON)


def test_a_province_tells_its_region_and_a_region_narrows_the_province(
    catalogue: eligibility.Catalogue,
) -> None:
    assert known(catalogue, {"province": "taza"}, "region") == "fes-meknes"
    assert known(catalogue, {"region": "oriental"}, "province") == ["berkane", "oujda"]
    assert known(catalogue, {"province": {"within": "oriental"}}, "region") == "oriental"


def test_a_birth_date_tells_the_age_and_an_age_bounds_the_birth_date(
    catalogue: eligibility.Catalogue,
) -> None:
    assert known(catalogue, {"birth_date": "1998-11-24"}, "age") == 28
    assert known(catalogue, {"birth_date": "1998-11-25"}, "age") == 27
    assert known(catalogue, {"birth_date": 1998}, "age") == {"from": 27, "to": 28}
    bounds = {"from": "1998-11-25", "to": "1999-11-24"}
    assert known(catalogue, {"age": 27}, "birth_date") == bounds


def test_27_said_in_march_is_27_or_28_in_november(catalogue: eligibility.Catalogue) -> None:
    said = {"age": {"value": 27, "stated_on": "2026-03-01"}}
    assert known(catalogue, said, "age") == {"from": 27, "to": 28}
    assert known(catalogue, {**said, "birth_date": "1998-12-01"}, "age") == 27


def test_months_since_creation_are_whole_months(catalogue: eligibility.Catalogue) -> None:
    assert known(catalogue, {"created_on": "2026-01-31"}, "business_age") == 9
    assert known(catalogue, {"business_age": 0.25}, "business_age") == 0


def test_a_share_follows_from_both_amounts_and_bounds_them(
    catalogue: eligibility.Catalogue,
) -> None:
    money = {"own_contribution": 7_000, "project_cost": 70_000}
    assert known(catalogue, money, "share") == 10
    assert known(catalogue, {**money, "own_contribution": {"from": 7_000}}, "share") == {"from": 10}
    least = known(catalogue, {"share": {"from": 20}, "project_cost": 50_000}, "own_contribution")
    assert least["from"] == pytest.approx(10_000)


def test_implications_work_forwards_and_backwards(catalogue: eligibility.Catalogue) -> None:
    assert known(catalogue, {"stage": "idea"}, "employees") == 0
    assert known(catalogue, {"stage": "idea"}, "turnover") == {"from": 0, "to": 100_000}
    assert known(catalogue, {"employees": 3}, "stage") == ["none", "operating"]
    empty = {"employees": 0, "legal_form": "company"}
    assert known(catalogue, empty, "registered") is False
    assert known(catalogue, {"employees": 0, "registered": True}, "legal_form") == [
        "none",
        "cooperative",
    ]


def test_statements_that_clash_are_both_reported_and_the_fact_is_one_of_them(
    catalogue: eligibility.Catalogue,
) -> None:
    match = catalogue.match({"stage": "idea", "legal_form": "company"}, ON)
    (clash,) = match.contradictions
    assert clash.fact == "legal_form"
    assert clash.statements == ({"legal_form": "company"}, {"stage": "idea"})
    assert match.known["legal_form"] == {"none", "company"}

    (clash,) = catalogue.match({"age": 20, "birth_date": "1990-01-01"}, ON).contradictions
    assert {fact for said in clash.statements for fact in said} == {"age", "birth_date"}


def test_a_listed_set_stays_open_unless_it_is_given_as_only(tmp_path: Path) -> None:
    rules = [{"seeking": ["job"]}, {"id": "new", "past_support": {"not": ["aid"]}}]
    catalogue = eligibility.load(builders.write(tmp_path, builders.scheme("aid", rules)))

    def verdict(**profile: Any) -> str:
        return catalogue.match(profile, ON).verdict("aid").outcome

    assert verdict(seeking=["job"]) == "undetermined"
    assert verdict(seeking=["job"], past_support={"only": []}) == "eligible"
    assert verdict(seeking=["funding"], past_support={"only": []}) == "undetermined"
    assert verdict(seeking={"only": ["funding"]}) == "ineligible"
    assert verdict(seeking=["job"], past_support=["aid"]) == "ineligible"


def test_a_value_is_brought_to_its_normal_form(catalogue: eligibility.Catalogue) -> None:
    assert catalogue.validate("age", 27.0) == 27
    assert catalogue.validate("birth_date", 1998) == {"from": "1998-01-01", "to": "1998-12-31"}
    assert catalogue.validate("age", "declined") == "declined"
    with pytest.raises(eligibility.ProfileError):
        catalogue.validate("age", -1)
