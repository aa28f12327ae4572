"""What a message says while a question is pending that it does not answer, and what does answer it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import yamlsource
from language import FactReader
from language.facts import FactsRead

CATALOGUE = Path(__file__).parents[2] / "catalogue"
READER = FactReader(
    yamlsource.plain(CATALOGUE / "facts.yml"), yamlsource.plain(CATALOGUE / "places.yml")
)
TODAY = date(2026, 11, 24)
SUMS = ("project_cost", "turnover", "own_contribution", "salary_offered", "contribution_share")
PERSONS = ("employees", "hires_planned", "members")
TIMES = ("business_age", "unemployed_months", "age")


def read(text: str, expecting: str | None = None) -> FactsRead:
    return READER.read(text, expecting, today=TODAY)


@pytest.mark.parametrize("expecting", [*SUMS, *PERSONS, *TIMES, "women_or_youth_share"])
@pytest.mark.parametrize(
    "text",
    [
        "بغيت نهضر مع شي واحد",
        "je veux parler à quelqu'un",
        "bghit nhder m3a chi wa7d",
        "j'ai un diplôme de technicien spécialisé",
        "je propose un CDI",
        "en fait j'ai une SARL",
        "je suis un homme",
        "شي واحد قال ليا",
        "aucune idée",
        "7ett dossier w mazal ma jawboni",
    ],
)
def test_an_article_and_a_word_in_passing_answer_no_number(text: str, expecting: str) -> None:
    said = read(text, expecting)
    assert expecting not in said.facts
    assert expecting not in said.ambiguous


@pytest.mark.parametrize("expecting", SUMS)
@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("j'ai 5 salariés", "employees", 5),
        ("nous sommes 7 membres", "members", 7),
        ("3ndi 3 dyal lkhddama", "employees", 3),
        ("عندي 3 ديال الخدامة", "employees", 3),
        ("j'ai 30 ans", "age", 30),
        ("au chômage depuis 6 mois", "unemployed_months", 6),
    ],
)
def test_a_number_beside_its_own_unit_is_no_sum(
    text: str, fact: str, value: int, expecting: str
) -> None:
    said = read(text, expecting)
    assert said.facts[fact] == value
    assert expecting not in {**said.facts, **said.ambiguous}


@pytest.mark.parametrize(
    ("expecting", "text", "value"),
    [
        ("employees", "un", 1),
        ("employees", "wa7d", 1),
        ("employees", "non, un seul", 1),
        ("employees", "ghir wa7d", 1),
        ("employees", "une personne", 1),
        ("hires_planned", "واحد", 1),
        ("hires_planned", "2 salariés", 2),
        ("employees", "on est 5", 5),
        ("employees", "خمسة", 5),
        ("members", "7", 7),
        ("business_age", "un an", 12),
        ("project_cost", "environ 80000", 80000),
        ("project_cost", "b 80000", 80000),
        ("contribution_share", "20", 20),
    ],
)
def test_a_number_that_counts_what_was_asked_answers(expecting: str, text: str, value: int) -> None:
    said = read(text, expecting).facts
    assert {k: v for k, v in said.items() if k in (*SUMS, *PERSONS, *TIMES)} == {expecting: value}


@pytest.mark.parametrize(
    ("expecting", "text", "expected"),
    [
        ("hires_planned", "5 personnes travaillent avec moi", {"employees": 5}),
        ("project_cost", "نقدر نحط 20.000 درهم", {"own_contribution": 20000}),
        ("seeking", "عندي 2 ديال الخدامة", {"employees": 2}),
        ("seeking", "3ndi bac+2", {"education": "bac_plus_2"}),
        ("sector", "j'ai 5 salariés", {"employees": 5}),
        ("province", "شنو هو المبادرة ديال الشباب؟", {}),
        ("seeking", "efface tout", {}),
        ("seeking", "mse7 kolchi", {}),
        ("seeking", "مسح كلشي", {}),
        ("seeking", "kolchi 3afak", {"seeking": ["funding", "job"]}),
        ("seeking", "les deux", {"seeking": ["funding", "job"]}),
        ("legal_form", "le statut d'auto-entrepreneur c'est encore ouvert ?", {}),
        ("legal_form", "où aller pour l'auto-entrepreneur ?", {}),
        ("legal_form", "fin nmchi l auto entrepreneur", {}),
        ("legal_form", "فين نمشي للمقاول الذاتي؟", {}),
        ("legal_form", "auto-entrepreneur", {"legal_form": "auto_entrepreneur"}),
        ("legal_form", "باقي ما عندنا تعاونية", {"legal_form": "none"}),
        ("legal_form", "je n'ai ni carte ni entreprise", {"legal_form": "none"}),
        ("legal_form", "ما عندي لا كارط لا شركة", {"legal_form": "none"}),
        ("legal_form", "ma 3ndi la carte la charika", {"legal_form": "none"}),
        ("education", "je n'ai pas été à l'école", {"education": "none"}),
        ("stage", "باقي ما درنا والو", {"stage": ["idea", "project"]}),
        (
            "contract_offered",
            "oui ils seront en CDI avec 5000 dh par mois",
            {"contract_offered": "cdi", "salary_offered": 5000},
        ),
    ],
)
def test_a_message_says_this_while_that_was_asked(
    expecting: str, text: str, expected: dict[str, Any]
) -> None:
    assert read(text, expecting).facts == expected


@pytest.mark.parametrize("expecting", ["anapec_registered", "resident", "employer_found"])
@pytest.mark.parametrize("text", ["mazal ma jawboni", "حطيت الدوسي ومازال ما جاوبوني"])
def test_what_others_have_not_done_denies_nothing(text: str, expecting: str) -> None:
    assert expecting not in read(text, expecting).facts


@pytest.mark.parametrize("expecting", ["legal_form", "stage", "education", "own_contribution"])
@pytest.mark.parametrize("text", ["aucune idée", "je n'ai aucune idée", "ما عندي حتى فكرة"])
def test_no_idea_is_not_knowing(text: str, expecting: str) -> None:
    said = read(text, expecting)
    assert (said.facts, said.answer) == ({}, "dont_know")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وإلا تسجلت فلانابيك؟", {"anapec_registered": True}),
        ("وإلا درت بطاقة المقاول الذاتي؟", {"legal_form": "auto_entrepreneur"}),
        ("وإلا خديت الباك؟", {"education": "baccalaureate"}),
        ("وإلا كنا 4؟", {"members": 4}),
        ("وإلا حليت شركة؟", {"legal_form": "company"}),
        ("et si je faisais 250 000 dh ?", {"turnover": 250000}),
        (
            "w ila kan 3ndi 40 3am w ana mssajel f anapec",
            {"age": 40, "anapec_registered": True},
        ),
    ],
)
def test_a_what_if_in_the_past_tense_is_one(text: str, expected: dict[str, Any]) -> None:
    said = read(text)
    assert (said.facts, said.hypothetical) == (expected, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "j'ai un diplôme de technicien spécialisé",
            {"vocational_diploma": "specialised_technician"},
        ),
        ("mon activité existe depuis 6 mois", {"business_age": 6}),
        ("المشروع ديالي خدام هادي 6 شهور", {"business_age": 6}),
        ("lmchrou3 dyali khddam hadi 6 chhor", {"business_age": 6}),
        ("أنا خدام عند شركة", {"situation": "employee", "sex": "male"}),
        ("غنعطي CDI", {"contract_offered": "cdi"}),
        ("ghadi n3ti CDD", {"contract_offered": "cdd"}),
        ("mon projet coûte 80 000 dh", {"project_cost": 80000}),
        ("lmchrou3 dyali kayswa 80000 dh", {"project_cost": 80000}),
        ("دعم مالي", {"seeking": ["funding"]}),
        ("j'ai dit Meknès mais c'est Sefrou", {"province": "sefrou"}),
        ("أنا مغربي ساكن فإسبانيا", {"moroccan": True, "resident": False}),
    ],
)
def test_facts_told_unasked(text: str, expected: dict[str, Any]) -> None:
    assert read(text).facts == expected


def test_one_person_to_take_on() -> None:
    said = read("عندي شركة ف الدار البيضاء من 2019 وبغيت نخدم واحد ب CDI بتحفيز").facts
    assert (said["hires_planned"], said["seeking"]) == (1, ["hiring"])
    assert said["contract_offered"] == "cdi"
