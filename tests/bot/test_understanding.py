"""What is read in a message beside its intent: the language of the answer, names, what-ifs."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.understanding import Understanding

UNDERSTANDING = Understanding(Path(__file__).parents[2] / "catalogue")


@pytest.mark.parametrize(
    ("text", "before", "language"),
    [
        ("la la, 38", "ary-Latn", "ary-Latn"),
        ("la la, 38", "fr", "fr"),
        ("ne99ezha", "ary-Latn", "ary-Latn"),
        ("ok merci", "ary-Latn", "ary-Latn"),
        ("38 ans", "ary", "ary"),
        ("la", "fr", "fr"),
        ("bonjour", "ary", "fr"),
        ("bonjour", "ary-Latn", "fr"),
        ("3ndi diplome technicien specialise", "fr", "ary-Latn"),
        ("ghlett, 3ndi la carte auto entrepreneur", "fr", "ary-Latn"),
        ("je veux une aide", "ary-Latn", "fr"),
        ("wakha", "fr", "ary-Latn"),
    ],
)
def test_what_is_too_short_to_tell_keeps_the_language_of_the_talk(
    text: str, before: str, language: str
) -> None:
    assert UNDERSTANDING.read(text, None, before).language == language


@pytest.mark.parametrize(
    "text",
    [
        "le statut d'auto-entrepreneur c'est encore ouvert ?",
        "où aller pour l'auto-entrepreneur ?",
        "fin nmchi l auto entrepreneur",
    ],
)
def test_a_question_about_a_status_keeps_the_scheme_named(text: str) -> None:
    understood = UNDERSTANDING.read(text, "legal_form")
    assert (understood.facts, understood.schemes) == ({}, ("auto-entrepreneur",))


@pytest.mark.parametrize("text", ["lmobadara dyal ta3awniyat", "المبادرة ديال التعاونيات"])
def test_the_programme_of_cooperatives_goes_by_its_name(text: str) -> None:
    assert UNDERSTANDING.read(text).schemes == ("indh-p3-ess",)


def test_another_language_of_few_words_is_foreign() -> None:
    assert UNDERSTANDING.read("hablas espanol").foreign
