"""A fact or scheme gets another name, and what was stored of people follows."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

import eligibility
from eligibility.check import check

OURS = Path(__file__).parents[2] / "catalogue"
DAY = "2026-03-01"


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """A copy of our catalogue in which a fact and a scheme have been renamed."""
    folder = tmp_path / "catalogue"
    shutil.copytree(OURS, folder)
    facts = folder / "facts.yml"
    facts.write_text(
        facts.read_text() + "\nrenamed: {years_old: age, aides_recues: past_support}\n"
    )
    scheme = folder / "schemes" / "anapec" / "idmaj.yml"
    scheme.write_text(scheme.read_text() + "\nformerly: [contrat-idmaj]\n")
    return folder


@pytest.mark.parametrize(
    ("stored", "today"),
    [
        ({"years_old": 27}, {"age": 27}),
        (
            {"years_old": {"value": 27, "stated_on": DAY}},
            {"age": {"value": 27, "stated_on": DAY}},
        ),
        ({"years_old": 27, "age": 28}, {"age": 28}),
        ({"years_old": "declined"}, {"age": "declined"}),
        ({"past_support": ["contrat-idmaj"]}, {"past_support": ["idmaj"]}),
        ({"past_support": {"only": ["contrat-idmaj", "idmaj"]}}, {"past_support": {"only": ["idmaj"]}}),
        (
            {"aides_recues": {"value": ["contrat-idmaj"], "stated_on": DAY}},
            {"past_support": {"value": ["idmaj"], "stated_on": DAY}},
        ),
        ({"age": 27, "no_longer_a_fact": 3}, {"age": 27}),
        ({"age": 27, "education": "no_longer_a_choice"}, {"age": 27}),
        ({}, {}),
    ],
)  # fmt: skip
def test_a_stored_profile_follows(
    catalogue: Path, stored: dict[str, Any], today: dict[str, Any]
) -> None:
    loaded = eligibility.load(catalogue)
    adopted = loaded.adopt(stored)
    assert adopted == today
    loaded.match(adopted)


def test_a_profile_of_today_is_left_as_it_is() -> None:
    profile = {"age": {"value": 27, "stated_on": DAY}, "seeking": {"only": ["job"]}}
    assert eligibility.load().adopt(profile) == profile


def test_the_renamed_catalogue_is_sound(catalogue: Path) -> None:
    assert [problem for problem in check(catalogue) if not problem.warning] == []


@pytest.mark.parametrize(
    ("file", "line", "message"),
    [
        ("facts.yml", "renamed: {years_old: agee}", "“agee” is no fact, did you mean “age”"),
        ("facts.yml", "renamed: {age: province}", "age is renamed and yet there is a fact"),
        ("facts.yml", "renamed: [age]", "renamed"),
        ("schemes/anapec/idmaj.yml", "formerly: [tahfiz]", "is the id of a scheme today"),
        ("schemes/anapec/idmaj.yml", "formerly: [pcs-2, pcs-2]", "also a former id"),
    ],
)
def test_check_says_what_is_wrong_with_a_renaming(
    tmp_path: Path, file: str, line: str, message: str
) -> None:
    folder = tmp_path / "catalogue"
    shutil.copytree(OURS, folder)
    changed = folder / file
    changed.write_text(f"{changed.read_text()}\n{line}\n")
    errors = [problem for problem in check(folder) if not problem.warning]
    assert any(message in problem.message for problem in errors), errors
    assert all(problem.file == str(changed) for problem in errors)
