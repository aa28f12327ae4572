"""The fact just asked for decides what a short message means, in every way of writing."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from rasa.core.agent import Agent

import yamlsource
from bot.rasa.parse import read
from bot.rasa.training import newest_model
from bot.settings import ROOT

ANYTHING = object()

ANSWERS: list[tuple[str, str, str, Any]] = [
    ("seeking", "du travail", "inform", ["job"]),
    ("seeking", "lflous", "inform", ["funding"]),
    ("seeking", "تكوين", "inform", ["training"]),
    ("age", "35", "inform", 35),
    ("age", "3ndi 28 3am", "inform", 28),
    ("age", "ربعين عام", "inform", 40),
    ("age", "trente-deux ans", "inform", 32),
    ("birth_date", "12/03/1998", "inform", "1998-03-12"),
    ("birth_date", "mzyoud f 98", "inform", ANYTHING),
    ("birth_date", "مزيود ف 1985", "inform", ANYTHING),
    ("sex", "femme", "inform", "female"),
    ("sex", "ana rajel", "inform", "male"),
    ("sex", "مرا", "inform", "female"),
    ("moroccan", "oui", "affirm", True),
    ("moroccan", "ah mghribi", ("affirm", "inform"), True),
    ("moroccan", "لا", "deny", False),
    ("resident", "ah", "affirm", True),
    ("resident", "non, en France", ("deny", "inform"), False),
    ("resident", "إيه", "affirm", True),
    ("province", "Fès", "inform", "fes"),
    ("province", "f tanja", "inform", "tanger-assilah"),
    ("province", "فمكناس", "inform", "meknes"),
    ("region", "Souss Massa", "inform", "souss-massa"),
    ("region", "jiht fes meknes", "inform", "fes-meknes"),
    ("region", "جهة الشرق", "inform", "oriental"),
    ("setting", "à la campagne", "inform", "rural"),
    ("setting", "f lmdina", "inform", "urban"),
    ("setting", "فالعروبية", "inform", "rural"),
    ("situation", "chômeur", "inform", "unemployed"),
    ("situation", "khddam f charika", "inform", "employee"),
    ("situation", "طالب", "inform", "student"),
    ("unemployed_months", "14 mois", "inform", 14),
    ("unemployed_months", "hadi 3amayn", "inform", 24),
    ("unemployed_months", "عام", "inform", 12),
    ("anapec_registered", "non pas encore", "deny", False),
    ("anapec_registered", "mazal", "deny", False),
    ("anapec_registered", "آه مسجل", ("affirm", "inform"), True),
    ("employer_found", "oui", "affirm", True),
    ("employer_found", "lla mazal", "deny", False),
    ("employer_found", "باقي", "deny", False),
    ("education", "bac+2", "inform", "bac_plus_2"),
    ("education", "walou", ("deny", "inform"), {"below": "baccalaureate"}),
    ("education", "عندي الإجازة", "inform", "bachelor"),
    ("vocational_diploma", "technicien spécialisé", "inform", "specialised_technician"),
    ("vocational_diploma", "walou", ("deny", "inform"), "none"),
    ("vocational_diploma", "تقني", "inform", "technician"),
    ("stage", "juste une idée", "inform", "idea"),
    ("stage", "ba9i fikra", "inform", "idea"),
    ("stage", "خدامة بلا وراق", "inform", "informal"),
    ("sector", "couture", "inform", "crafts"),
    ("sector", "lfla7a", "inform", "agriculture"),
    ("sector", "التجارة", "inform", "commerce"),
    ("project_cost", "100 000 dh", "inform", 100_000),
    ("project_cost", "50 alf drhm", "inform", 50_000),
    ("project_cost", "ستين ألف درهم", "inform", 60_000),
    ("own_contribution", "20000", "inform", 20_000),
    ("own_contribution", "walou", ("deny", "inform"), 0),
    ("own_contribution", "والو", ("deny", "inform"), 0),
    ("contribution_share", "10 %", "inform", 10),
    ("contribution_share", "20 f lmya", "inform", 20),
    ("contribution_share", "30 فالمية", "inform", 30),
    ("past_support", "non rien", "deny", {"only": []}),
    ("past_support", "khdit forsa", "inform", ["forsa"]),
    ("past_support", "لا والو", "deny", {"only": []}),
    ("legal_form", "auto-entrepreneur", "inform", "auto_entrepreneur"),
    ("legal_form", "walou", ("deny", "inform"), "none"),
    ("legal_form", "شركة", "inform", "company"),
    ("business_age", "3 ans", "inform", 36),
    ("business_age", "hadi 6 chhor", "inform", 6),
    ("business_age", "عامين", "inform", 24),
    ("created_on", "en mars 2022", "inform", ANYTHING),
    ("created_on", "f 2021", "inform", ANYTHING),
    ("created_on", "01/06/2020", "inform", "2020-06-01"),
    ("employees", "trois", "inform", 3),
    ("employees", "walou", ("deny", "inform"), 0),
    ("employees", "خمسة", "inform", 5),
    ("turnover", "200000 dh", "inform", 200_000),
    ("turnover", "80 alf dh f l3am", "inform", 80_000),
    ("turnover", "مية ألف درهم", "inform", 100_000),
    ("members", "7", "inform", 7),
    ("members", "7na khmsa", "inform", 5),
    ("members", "حداش", "inform", 11),
    ("women_or_youth_share", "60", "inform", 60),
    ("women_or_youth_share", "50 %", "inform", 50),
    ("women_or_youth_share", "سبعين", "inform", 70),
    ("cnss_affiliated", "oui", "affirm", True),
    ("cnss_affiliated", "lla", "deny", False),
    ("cnss_affiliated", "نعم", "affirm", True),
    ("hires_planned", "deux", "inform", 2),
    ("hires_planned", "jouj d nas", "inform", 2),
    ("hires_planned", "تلاتة", "inform", 3),
    ("contract_offered", "cdi", "inform", "cdi"),
    ("contract_offered", "stage", "inform", "internship"),
    ("contract_offered", "cdd 3afak", "inform", "cdd"),
    ("salary_offered", "3500", "inform", 3500),
    ("salary_offered", "4000 dh f chher", "inform", 4000),
    ("salary_offered", "تلت آلاف درهم", "inform", 3000),
    ("disability", "nn", "deny", False),
    ("disability", "ah", "affirm", True),
    ("disability", "لا الحمد لله", "deny", False),
    ("precarity", "non", "deny", "none"),
    ("precarity", "lla walou", "deny", "none"),
    ("precarity", "خرجت من الحبس", "inform", "prison_leaver"),
]

NO_ANSWER = [
    ("dont_know", "je ne sais pas"),
    ("dont_know", "ma 3rftch"),
    ("dont_know", "ma3reftch"),
    ("dont_know", "ما عرفتش"),
    ("cancel", "ça te regarde pas"),
    ("cancel", "je préfère ne pas répondre"),
    ("cancel", "ma bghitch njaweb"),
    ("cancel", "ما بغيتش نقول"),
]

QUESTIONS = [
    ("age", "c'est quoi forsa ?"),
    ("own_contribution", "wach darori?"),
    ("legal_form", "c quoi ça"),
    ("education", "3lach katsewwel?"),
    ("province", "فين كاينة لانابيك؟"),
    ("anapec_registered", "chno homa lwra9 d idmaj?"),
    ("disability", "pourquoi vous demandez ça"),
    ("turnover", "ch7al kat3ti forsa?"),
]


@pytest.fixture(scope="module")
def agent() -> Agent:
    model = newest_model()
    assert model, "make train comes before the tests"
    return Agent.load(str(model))


@pytest.mark.parametrize("fact, said, intent, value", ANSWERS)
def test_an_answer_is_read_as_the_value_of_the_fact_that_was_asked(
    agent: Agent, fact: str, said: str, intent: str | tuple[str, ...], value: Any
) -> None:
    parsed = read(agent, said, fact)
    assert parsed["intent"] in (intent if isinstance(intent, tuple) else (intent,))
    if parsed["intent"] == "inform":
        assert fact in parsed["facts"], parsed["facts"]
    if fact in parsed["facts"] and value is not ANYTHING:
        assert parsed["facts"][fact] == value


@pytest.mark.parametrize("fact", ["age", "education", "own_contribution", "disability"])
@pytest.mark.parametrize("intent, said", NO_ANSWER)
def test_not_knowing_and_not_saying_are_understood_whatever_was_asked(
    agent: Agent, fact: str, intent: str, said: str
) -> None:
    parsed = read(agent, said, fact)
    assert parsed["intent"] == intent
    assert fact not in parsed["facts"]


@pytest.mark.parametrize("fact, said", QUESTIONS)
def test_a_question_stays_a_question_while_another_is_pending(
    agent: Agent, fact: str, said: str
) -> None:
    parsed = read(agent, said, fact)
    assert parsed["intent"].startswith(("ask_", "follow_up"))
    assert fact not in parsed["facts"]


def test_every_fact_that_may_be_asked_is_answered_here_in_three_ways() -> None:
    facts = yamlsource.plain(ROOT / "catalogue" / "facts.yml")["facts"]
    given = Counter(fact for fact, *_ in ANSWERS)
    asked = [fact for fact, told in facts.items() if told["asked"]]
    assert {fact: given[fact] for fact in asked if given[fact] < 3} == {}


@pytest.mark.parametrize(
    "said",
    ["", "   ", "\u200b", "xxxxxxxxxxxx", "你好吗", "how are you doing my friend", "asdkjh qweoiu"],
)
def test_what_says_nothing_in_our_languages_is_out_of_scope(agent: Agent, said: str) -> None:
    assert read(agent, said, None)["intent"] == "out_of_scope"
