"""Conditions, values and amounts in words, in three languages."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import eligibility
import yamlsource
from eligibility.loading import DEFAULT
from eligibility.wording import Wording
from tests.eligibility import builders
from tests.eligibility.builders import fact, scheme

FORMS = {
    "company": {"label": {"fr": "Société", "ary": "شركة", "ary_latn": "Charika"}},
    "gie": {"label": {"fr": "GIE", "ary": "GIE", "ary_latn": "GIE"}},
    "none": {"label": {"fr": "Sans statut", "ary": "بلا وراق", "ary_latn": "Bla wra9"}},
}
LEGAL = {"fr": "statut légal", "ary": "الوراق", "ary_latn": "lwra9"}
STAFF = {"fr": "salariés", "ary": "الخدامة", "ary_latn": "lkhddama"}
FACTS = {
    **builders.FACTS,
    "form": {**fact("choice", choices=FORMS), "label": LEGAL},
    "staff": {**fact("number", unit="persons", integer=True), "label": STAFF},
    "cost": {**fact("number", unit="dh", range={"from": 0}), "label": STAFF},
}


def phrase(directory: Path, condition: dict[str, Any], language: str = "fr") -> str:
    rules = [{"id": "c", **condition}]
    catalogue = eligibility.load(builders.write(directory, scheme("aid", rules), facts=FACTS))
    return Wording(catalogue).condition(catalogue.schemes["aid"].requires[0], language)


@pytest.mark.parametrize(
    ("condition", "language", "words"),
    [
        ({"age": {"from": 18, "to": 35}}, "fr", "18 à 35 ans"),
        ({"age": {"from": 18, "to": 35}}, "ary", "من 18 حتى ل 35 عام"),
        ({"age": {"from": 18}}, "ary-Latn", "3la l2a9el 18 3am"),
        ({"age": {"below": 5}}, "ary", "قل من 5 سنين"),
        ({"age": {"below": 2}}, "ary-Latn", "9el mn 3amayn"),
        ({"form": ["company", "gie"]}, "fr", "société ou GIE"),
        ({"form": ["company", "gie"]}, "ary-Latn", "charika wla GIE"),
        ({"staff": {"from": 1, "below": 10}}, "fr", "salariés : 1 à 10 personnes"),
        ({"office": True}, "fr", "le guichet décide"),
        (
            {"age": {"to": 35}, "margin": {"test": {"to": 45}}},
            "fr",
            "au plus 35 ans (le guichet accepte parfois : au plus 45 ans)",
        ),
        (
            {"any": [{"age": {"to": 20}}, {"form": "gie", "counts": "margin"}]},
            "fr",
            "au plus 20 ans (le guichet accepte parfois : GIE)",
        ),
        (
            {"all": [{"age": {"to": 20}}, {"any": [{"form": "gie"}, {"age": 30}]}]},
            "fr",
            "au plus 20 ans et (GIE ou 30 ans)",
        ),
    ],
)
def test_a_condition_is_a_short_phrase(
    tmp_path: Path, condition: dict[str, Any], language: str, words: str
) -> None:
    assert phrase(tmp_path, condition, language).replace("\u00a0", " ") == words


def test_a_reason_says_only_what_made_its_outcome(tmp_path: Path) -> None:
    rules = [
        {"id": "path", "any": [{"age": {"to": 20}}, {"form": "gie"}]},
        {"age": {"to": 35}, "margin": {"test": {"to": 45}}},
    ]
    root = builders.write(tmp_path, scheme("aid", rules), facts=FACTS)
    catalogue = eligibility.load(root)
    words = Wording(catalogue)

    def phrases(**profile: Any) -> list[str]:
        reasons = catalogue.match(profile).verdict("aid").reasons
        return [words.condition(reason, "fr").replace("\u00a0", " ") for reason in reasons]

    assert phrases(age=30, form="gie") == ["GIE", "au plus 35 ans"]
    assert phrases(age=30) == ["GIE", "au plus 35 ans"]
    assert phrases(age=40, form="none") == [
        "au plus 20 ans ou GIE",
        "au plus 35 ans (le guichet accepte parfois : au plus 45 ans)",
    ]


def test_values_dates_and_amounts_are_written_as_moroccans_do(tmp_path: Path) -> None:
    gives = [
        {"kind": "grant", "share": {"from": 60, "to": 90}, "of": "cost", "months": 24,
         "ceiling": {"dh": 300000}, "text": builders.WORD}
    ]  # fmt: skip
    root = builders.write(tmp_path, scheme("aid", gives=gives), facts=FACTS)
    catalogue = eligibility.load(root)
    words = Wording(catalogue)
    assert words.value("age", 27, "fr") == "27 ans"
    assert words.value("form", "company", "ary") == "شركة"
    assert words.value("age", {"from": 27, "to": 28}, "fr") == "27 à 28 ans"
    assert words.date(date(2026, 11, 4), "ary") == "4 نونبر 2026"
    assert words.date("2026-11", "ary-Latn") == "novembre 2026"
    assert words.number(30000, "ary") == "30.000"
    amount = words.amount(catalogue.schemes["aid"].gives[0], "fr").replace("\u00a0", " ")
    assert amount == "60 à 90 % (salariés) · 24 mois · plafond 300 000 DH"


def test_a_sentence_in_brackets_gives_up_its_full_stop(tmp_path: Path) -> None:
    words = Wording(eligibility.load(builders.write(tmp_path, scheme(), facts=FACTS)))
    said = words.say("talk", "noted", "fr", text="Statuts", note="Signés par les membres.")
    assert said == "Statuts (Signés par les membres)"
    missing = words.say("lines", "missing", "fr", what="Une carte.").replace("\u00a0", " ")
    assert missing == "Il manque : Une carte."


def test_every_wording_exists_in_three_languages() -> None:
    def texts(node: Any, path: str) -> list[tuple[str, set[str]]]:
        if not isinstance(node, dict):
            return []
        if "fr" in node:
            return [(path, set(node))]
        return [one for key, below in node.items() for one in texts(below, f"{path}.{key}")]

    found = texts(yamlsource.plain(DEFAULT / "wording.yml"), "")
    assert len(found) > 60
    assert [path for path, languages in found if languages != {"fr", "ary", "ary_latn"}] == []
