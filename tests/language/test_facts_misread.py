"""What is easily taken for something it is not: denials, questions, plans, other people, places."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import yamlsource
from language import FactReader, detect

CATALOGUE = Path(__file__).parents[2] / "catalogue"
READER = FactReader(
    yamlsource.plain(CATALOGUE / "facts.yml"), yamlsource.plain(CATALOGUE / "places.yml")
)
TODAY = date(2026, 11, 24)
YEAR_2019 = {"from": date(2019, 1, 1), "to": date(2019, 12, 31)}
YEAR_2020 = {"from": date(2020, 1, 1), "to": date(2020, 12, 31)}


def facts(text: str, expecting: str | None = None) -> dict[str, Any]:
    return READER.read(text, expecting, today=TODAY).facts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "عندي الإجازة وهادي 14 شهر بلا خدمة ومسجلة فلانابيك فمكناس",
            {
                "education": "bachelor",
                "situation": "unemployed",
                "unemployed_months": 14,
                "anapec_registered": True,
                "province": "meknes",
                "sex": "female",
            },
        ),
        (
            "bla khdma wmsjla f lanapik",
            {"situation": "unemployed", "anapec_registered": True, "sex": "female"},
        ),
        (
            "بلا خدمة وبلا دبلوم",
            {
                "situation": "unemployed",
                "education": {"below": "baccalaureate"},
                "vocational_diploma": "none",
            },
        ),
        ("بلا وراق", {"stage": "informal", "legal_form": "none"}),
    ],
)
def test_a_denial_ends_at_an_and_glued_to_the_next_word(
    text: str, expected: dict[str, Any]
) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize("expecting", ["cnss_affiliated", "anapec_registered"])
@pytest.mark.parametrize(
    "text",
    [
        "ok et pour la première embauche?",
        "oui, quels papiers ?",
        "ah w chno lwra9 ?",
        "wakha w ch7al",
        "صافي وشحال؟",
        "pourquoi pas tahfiz?",
    ],
)
def test_a_word_of_assent_before_a_question_answers_nothing(text: str, expecting: str) -> None:
    read = READER.read(text, expecting, today=TODAY)
    assert (read.answer, read.facts) == (None, {})


def test_an_answer_may_be_followed_by_a_question_about_it() -> None:
    assert facts("non, c'est obligatoire ?", "anapec_registered") == {"anapec_registered": False}
    assert facts("oui et ma société a 3 salariés", "cnss_affiliated") == {
        "cnss_affiliated": True,
        "employees": 3,
    }


@pytest.mark.parametrize("expecting", ["stage", "anapec_registered"])
@pytest.mark.parametrize("text", ["لا عندي الماستر", "la 3ndi master", "non j'ai un master"])
def test_a_no_that_puts_another_fact_right_answers_nothing(text: str, expecting: str) -> None:
    read = READER.read(text, expecting, today=TODAY)
    assert (read.facts, read.answer) == ({"education": "master"}, None)


def test_a_no_with_a_comma_or_a_denial_behind_it_is_an_answer() -> None:
    assert facts("non, je suis au chomage", "anapec_registered")["anapec_registered"] is False
    assert facts("la ma 3ndich projet", "stage") == {"stage": "none"}


@pytest.mark.parametrize(
    ("expecting", "text", "expected"),
    [
        ("salary_offered", "lla 12000", {"salary_offered": 12000}),
        ("cnss_affiliated", "lla 12000", {"salary_offered": 12000}),
        ("hires_planned", "lla 12000", {"salary_offered": 12000}),
        ("salary_offered", "6000 drhm", {"salary_offered": 6000}),
        ("contract_offered", "6000 drhm", {"salary_offered": 6000}),
        ("contract_offered", "à 8000 dh", {"salary_offered": 8000}),
        ("cnss_affiliated", "8000 درهم", {"salary_offered": 8000}),
        ("seeking", "8000 dh", {}),
        ("stage", "27 ans", {"age": 27}),
        ("stage", "3ndi 27 3am", {"age": 27}),
        ("salary_offered", "30000 dh par an", {"turnover": 30000}),
    ],
)
def test_a_sum_or_an_age_alone_is_taken_where_it_can_mean_one_thing(
    expecting: str, text: str, expected: dict[str, Any]
) -> None:
    read = READER.read(text, expecting, today=TODAY)
    assert (read.facts, read.instead) == (expected, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3ndi jouj wlad bghit nkhdem", {"seeking": ["job"]}),
        ("عندي تلاتة ديال الولاد وبغيت نخدم", {"seeking": ["job"]}),
        ("bghit nkhdem", {"seeking": ["job"]}),
        ("بغيت نخدم", {"seeking": ["job"]}),
        ("bghit nkhdem jouj nas m3aya", {"seeking": ["hiring"], "hires_planned": 2}),
        ("بغيت نخدم جوج ديال الناس", {"seeking": ["hiring"], "hires_planned": 2}),
        ("bghit nkheddem chi wa7d", {"seeking": ["hiring"]}),
        ("3ndi 2 wlad w khddam m3aya 3", {"employees": 3}),
    ],
)
def test_children_are_not_hired_and_working_is_not_hiring(
    text: str, expected: dict[str, Any]
) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize("expecting", [None, "age", "stage"])
@pytest.mark.parametrize(
    "text",
    ["et quand j'aurai 18 ans?", "وملي نكمل 18؟", "mnin n9fel 18", "dans 2 ans j'aurai 18 ans"],
)
def test_what_will_be_is_supposed(text: str, expecting: str | None) -> None:
    read = READER.read(text, expecting, today=TODAY)
    assert (read.facts, read.supposed) == ({"age": 18}, frozenset({"age"}))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("à Meknès", "fr"),
        ("à 8000 dh", "fr"),
        ("10 à 15", "fr"),
        ("a Meknes", "other"),
        ("10 a 15", "other"),
        ("a khoya fin", "ary-Latn"),
    ],
)
def test_an_a_alone_decides_no_language_and_an_accent_is_french(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize("expecting", [None, "sector", "stage"])
def test_words_inside_the_name_of_a_place_say_nothing_else(expecting: str | None) -> None:
    assert facts("bni mellal", expecting) == {"province": "beni-mellal"}
    assert facts("hay riad", expecting) == {"province": "rabat"}


def test_who_came_back_lives_here_and_is_no_trade_or_business() -> None:
    read = READER.read(
        "ana kont f talyan 12 3am w rj3t l bni mellal bghit ndir projet dyal café 3ndi 40 mlyoun",
        today=TODAY,
    )
    assert read.facts == {
        "resident": True,
        "stage": ["idea", "project"],
        "sector": "services",
        "province": "beni-mellal",
    }
    assert read.ambiguous == {"own_contribution": [400000, 40000000]}


@pytest.mark.parametrize("text", ["quels papiers", "شنو الوراق", "w lwra9?", "w lwra9 chno"])
def test_a_question_about_papers_is_no_wish_for_a_status(text: str) -> None:
    assert facts(text, "seeking") == {}
    assert facts("lwra9", "seeking") == {"seeking": ["status"]}


@pytest.mark.parametrize("expecting", [None, "stage", "anapec_registered"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("non pardon la société date de 2019", {"created_on": YEAR_2019, "legal_form": "company"}),
        ("غلطت الشركة ديال 2020", {"created_on": YEAR_2020, "legal_form": "company"}),
        ("ma 3ndich 27 3am 3ndi 37", {"age": 37}),
        ("je n'ai pas 27 ans j'ai 37", {"age": 37}),
        ("la machi f fes f sefrou", {"province": "sefrou"}),
        ("ماشي ففاس فصفرو", {"province": "sefrou"}),
    ],
)
def test_what_puts_something_right_is_read_and_answers_nothing(
    text: str, expected: dict[str, Any], expecting: str | None
) -> None:
    read = READER.read(text, expecting, today=TODAY)
    assert (read.facts, read.answer, read.instead) == (expected, None, ())


@pytest.mark.parametrize("text", ["machi fes meknes", "ana machi mn fes", "ma bghitch f fes"])
def test_a_town_that_is_only_denied_stays_denied(text: str) -> None:
    assert facts(text) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("180000 dh f l3am", {"turnover": 180000}),
        ("kandir 180 alf f l3am", {"turnover": 180000}),
        ("mon salaire est de 60000 dh par an", {"salary_offered": 60000}),
        ("khdam f services", {"sector": "services"}),
        ("f les services", {"sector": "services"}),
        (
            "je suis auto-entrepreneur dans les services",
            {"legal_form": "auto_entrepreneur", "sector": "services"},
        ),
        (
            "licenciée après 20 ans dans le textile",
            {"sector": "industry", "situation": "unemployed"},
        ),
        ("عمري اثنان وعشرون سنة", {"age": 22}),
        ('/inform{"a":1}', {}),
        ("/inform", {}),
    ],
)
def test_sums_by_the_year_and_what_is_over(text: str, expected: dict[str, Any]) -> None:
    assert facts(text) == expected


def test_an_answer_about_the_project_keeps_the_form_it_names() -> None:
    both = {"stage": "operating", "legal_form": "cooperative"}
    assert facts("عندنا تعاونية", "stage") == both
    assert facts("3ndna ta3awniya", "legal_form") == both


@pytest.mark.parametrize(
    "text",
    ["le président a 62 ans", "3ndi sn3a 30 3am", "un jeune de 17 ans peut s'inscrire ?",
     "la retraite à 62 ans"],
)  # fmt: skip
def test_years_of_somebody_or_something_else_are_no_age(text: str) -> None:
    assert "age" not in facts(text)


@pytest.mark.parametrize(
    ("text", "age"),
    [("je suis un jeune de 17 ans", 17), ("jeune de 27 ans", 27), ("un emploi à 62 ans", 62)],
)
def test_years_of_the_writer_are_an_age(text: str, age: int) -> None:
    assert facts(text) == {"age": age}


def test_agreeing_names_no_town_and_a_district_is_no_other_town() -> None:
    assert facts("ah safi") == {}
    assert facts("ah safi", "province") == {}
    assert facts("ana mn safi") == {"province": "safi"}
    assert facts("f sidi boujida").get("province") != "oujda-angad"


@pytest.mark.parametrize(
    ("expecting", "text", "expected"),
    [
        ("situation", "خدام مع الدولة", {"situation": "employee"}),
        ("situation", "khddam f lwdifa", {"situation": "employee"}),
        ("situation", "je travaille plus", {"situation": "unemployed"}),
        ("cnss_affiliated", "3ndna cnss", {"cnss_affiliated": True}),
        ("seeking", "un boulot", {"seeking": ["job"]}),
        ("employees", "10 à 15", {"employees": {"from": 10, "to": 15}}),
        ("employees", "lla ghir 3", {"employees": 3}),
        ("employees", "لا غير واحد", {"employees": 1}),
        ("created_on", "non pardon 2019", {"created_on": YEAR_2019}),
    ],
)
def test_answers_as_people_give_them(expecting: str, text: str, expected: dict[str, Any]) -> None:
    read = READER.read(text, expecting, today=TODAY)
    assert (read.facts, read.instead) == (expected, ())


@pytest.mark.parametrize(
    "text", ["salam ana ma mssejelch f lanapik", "ana ma msejlch f anapec", "ما مسجلش فلانابيك"]
)
def test_not_being_registered_there_says_nothing_of_a_company(text: str) -> None:
    assert facts(text) == {"anapec_registered": False}


def test_what_somebody_else_looks_for_is_not_the_writers_wish() -> None:
    assert facts("mon fils a 22 ans, il a un bac+2 et cherche du travail à Khénifra") == {}
    assert facts("j'ai 22 ans et cherche du travail à Khénifra") == {
        "age": 22,
        "seeking": ["job"],
        "province": "khenifra",
    }


def test_opening_a_workshop_is_no_job_as_a_worker() -> None:
    assert "situation" not in facts("une jeune femme à fes veut ouvrir un atelier")
    assert facts("je suis ouvrière")["situation"] == "employee"


def test_time_without_work_counts_though_after_stands_before_it() -> None:
    assert facts("après 2 ans de chômage")["unemployed_months"] == 24


@pytest.mark.parametrize(
    "text",
    [
        "ما عنديش المحل",
        "ma 3ndich 7anout",
        "واش لازم يكون عندي محل باش ندفع فالمبادرة",
        "ila ma kanch 3ndi l7anout ?",
    ],
)
def test_a_shop_that_is_denied_or_required_is_no_activity(text: str) -> None:
    assert "stage" not in facts(text)
    assert facts("3ndi 7anout")["stage"] == ["informal", "operating"]


def test_a_ceiling_by_the_year_is_nobodys_turnover() -> None:
    assert facts("le plafond c'est 200 000 dh par an ?") == {}
    assert facts("je vends pour 50 000 dh par an")["turnover"] == 50000
