"""Listed phrases are found however they are spelt, and nothing else is."""

import pytest

from language.gazetteer import Gazetteer

TRADES = Gazetteer(
    {
        "sewing": ["khyata", "couturière", "الخياطة"],
        "bees": ["n7el w 3sel", "apiculture"],
        "auto_entrepreneur": ["auto-entrepreneur", "carte d'auto entrepreneur", "مقاول ذاتي"],
        "registered": ["tsejjelt … anapec", "inscrit … anapec"],
        "cooperative": ["coopérative", "تعاونية"],
        "woman": ["=inscrite"],
        "bac": ["bac"],
        "bac_plus_2": ["bac + 2"],
    }
)


def ids(text: str) -> list[str]:
    return [found.id for found in TRADES.find(text)]


@pytest.mark.parametrize(
    "text",
    ["khyata", "khayata", "5yata", "خياطة", "الخياطه", "ana khiyata f fes", "lkhyata dyali",
     "je suis couturiere", "f lkhyata", "فالخياطة"],
)  # fmt: skip
def test_one_listed_spelling_stands_for_many_in_both_scripts(text: str) -> None:
    assert ids(text) == ["sewing"]


@pytest.mark.parametrize(
    "text",
    ["auto entrepreneur", "autoentrepeneur auto entrepeneur", "l'auto-entrepreneur",
     "carte auto entrepreneur", "la carte de l'auto-entrepreneur", "المقاول الذاتي",
     "بطاقة مقاول ذاتي", "auto entreprenneur"],
)  # fmt: skip
def test_articles_and_small_mistakes_do_not_matter(text: str) -> None:
    assert ids(text) == ["auto_entrepreneur"]


def test_a_misspelt_word_is_reported_as_inexact() -> None:
    (right,) = TRADES.find("cooperative")
    (wrong,) = TRADES.find("coopefative")
    assert right.exact
    assert wrong.id == "cooperative"
    assert not wrong.exact


@pytest.mark.parametrize(
    "text", ["bach", "back", "bak l", "bacha", "sac", "operation", "cooperer", ""]
)
def test_short_words_are_not_guessed_at(text: str) -> None:
    assert "bac" not in ids(text)
    assert "cooperative" not in ids(text)


def test_the_longest_phrase_wins_and_nothing_overlaps() -> None:
    assert ids("j'ai un bac +2") == ["bac_plus_2"]
    assert ids("j'ai le bac") == ["bac"]


def test_a_gap_takes_up_to_three_words() -> None:
    assert ids("inscrit depuis deux ans à l'anapec") == ["registered"]
    assert ids("inscrit à la chambre de commerce de la ville puis anapec") == []
    assert ids("inscrit. anapec") == []


def test_a_verb_inside_ma_ch_is_found_and_marked() -> None:
    (found,) = TRADES.find("baqi ma tsejjeltch f l'anapec")
    assert found.negated
    (glued,) = TRADES.find("matsejjeltch f lanapec")
    assert glued.negated
    (plain,) = TRADES.find("tsejjelt f lanapec")
    assert not plain.negated


def test_an_equals_sign_asks_for_these_very_letters() -> None:
    assert ids("je suis inscrite") == ["woman"]
    assert ids("je suis inscrit") == []


def test_places_are_those_of_the_message_as_typed() -> None:
    text = "Je suis une  COUTURIÈRE, à Fès"
    (found,) = TRADES.find(text)
    assert text[found.start : found.end] == "COUTURIÈRE"


def test_phrases_of_different_layers_may_overlap() -> None:
    layered = Gazetteer(
        {("sex", "f"): ["femme au foyer"], ("work", "home"): ["au foyer"]}, layer=lambda id_: id_[0]
    )
    assert {found.id[0] for found in layered.find("femme au foyer")} == {"sex", "work"}


def test_a_long_message_is_read_quickly() -> None:
    assert len(TRADES.find("khyata w coopérative w bac " * 300)) == 900


def test_any_text_at_all_is_survived() -> None:
    for text in ("…", "= = =", "\u200f\u202e", "🙂" * 50, "ma ma ma ch ch", "'" * 40, "1/2/3"):
        TRADES.find(text)
