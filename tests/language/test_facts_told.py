"""What is denied, forgotten, owned or told unasked, and trades in every way of writing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import yamlsource
from language import FactReader

CATALOGUE = Path(__file__).parents[2] / "catalogue"
TODAY = date(2026, 11, 24)
READER = FactReader(
    yamlsource.plain(CATALOGUE / "facts.yml"),
    yamlsource.plain(CATALOGUE / "places.yml"),
)


def facts(text: str, expecting: str | None = None) -> dict[str, Any]:
    return READER.read(text, expecting, today=TODAY).facts


@pytest.mark.parametrize(
    "text",
    [
        "je ne suis pas étudiant", "je ne suis plus étudiante", "je suis plus au chômage", "machi battal",
        "ma b9itch kan9ra", "ما بقيتش كنقرا", "أنا ماشي معطل", "je ne suis plus salarié", "je ne suis pas fonctionnaire",
        "9rit 3amayn f lfac w 7best",
    ],
)  # fmt: skip
def test_a_situation_that_is_denied_or_over_is_not_stated(text: str) -> None:
    assert "situation" not in facts(text)


@pytest.mark.parametrize("text", ["ma b9itch khddam", "ما بقيتش خدامة", "je ne travaille plus"])
def test_who_works_no_more_is_without_work(text: str) -> None:
    assert facts(text)["situation"] == "unemployed"


@pytest.mark.parametrize(("text", "year"), [("98", 1998), ("1998", 1998), ("05", 2005)])
def test_a_year_answers_how_old(text: str, year: int) -> None:
    assert facts(text, "age") == {
        "birth_date": {"from": date(year, 1, 1), "to": date(year, 12, 31)}
    }
    assert facts("29", "age") == {"age": 29}


@pytest.mark.parametrize("asked", ["situation", "province", "legal_form", "anapec_registered"])
def test_a_number_that_answers_nothing_is_an_age(asked: str) -> None:
    assert facts("29", asked) == {"age": 29}
    assert facts("400", asked) == {}


def test_who_has_44_while_a_sum_is_asked_tells_their_age() -> None:
    for text in ("3ndi 44", "عندي 44", "j'ai 44"):
        assert facts(text, "project_cost") == {"age": 44}
    assert facts("44", "employees") == {"employees": 44}
    own = READER.read("3ndi 44", "own_contribution", today=TODAY)
    assert own.facts == {}
    assert own.ambiguous["own_contribution"][0] == 44


@pytest.mark.parametrize("text", ["oublie fes", "nsa fes", "نسا فاس"])
def test_a_town_to_forget_is_not_taken(text: str) -> None:
    assert facts(text) == {}


def test_the_town_after_the_forgotten_one_is_taken() -> None:
    assert facts("nsa sefrou w dir meknes") == {"province": "meknes"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3ndi 30000 dh w bghit ndir projet dyal 100000 dh", {"own_contribution": 30000, "project_cost": 100000}),
        ("عندي 50000 درهم ديالي والمشروع كيطلب 200000 درهم", {"own_contribution": 50000, "project_cost": 200000}),
        ("j'ai 50000 dh de côté", {"own_contribution": 50000}),
        ("kandkhel 7000 dh f chher", {"turnover": 84000}),
        ("1500 dh f nhar", {}),
        ("3ndi 3000 dh kridi", {}),
    ],
)  # fmt: skip
def test_the_words_near_a_sum_tell_whose_it_is(text: str, expected: dict[str, Any]) -> None:
    read = facts(text)
    sums = ("own_contribution", "project_cost", "turnover", "salary_offered")
    assert {id_: read[id_] for id_ in sums if id_ in read} == expected


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("7na 9 fihom 7 dyal l3yalat", 78), ("حنا 12 فيهم 8 عيالات", 67), ("8 membres dont 5 femmes", 62),
        ("coopérative de 7 femmes", 100), ("80% femmes", 80),
    ],
)  # fmt: skip
def test_the_share_of_women_is_counted(text: str, share: int) -> None:
    assert facts(text)["women_or_youth_share"] == share


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("grutier à Tanger", "construction"), ("frigoriste", "construction"), ("opératrice de câblage", "industry"),
        ("ana neggafa", "services"), ("عساس فباركينغ", "services"), ("bayya3 dyal l7out", "commerce"),
        ("moul sfenj", "crafts"), ("خبازة", "crafts"), ("monteur vidéo", "digital"), ("مونتير", "digital"),
        ("berger", "agriculture"), ("سراح", "agriculture"), ("institutrice", "education"), ("كنقري", "education"),
        ("gnaoui", "culture"), ("réceptionniste", "tourism"), ("khddam f lotil", "tourism"), ("سنديك", "real_estate"),
        ("déménageur", "transport"), ("chirurgien", "liberal_profession"), ("garde malade", "health_social"),
        ("marin pêcheur", "fishing"),
    ],
)  # fmt: skip
def test_a_trade_tells_the_sector(text: str, sector: str) -> None:
    assert facts(text)["sector"] == sector


@pytest.mark.parametrize(
    "text",
    [
        "salaire 4500 dh brut",
        "kolchi mzyan",
        "je quitte le gouvernement",
        "ana mrid",
        "loyer impayé",
    ],
)
def test_words_that_look_like_a_trade_are_none(text: str) -> None:
    assert "sector" not in facts(text)
