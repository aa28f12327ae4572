"""Yes, no, don't know, rather not, next, enough: in all the ways they are typed."""

import pytest

from language.answers import read_answer

ANSWERS = {
    "yes": "oui|Oui merci|ouiii|ok|okay|d'accord|dacc|wakha|waxa|wakha nchallah|oui nchallah|iyeh|ah|ahh"
    "|ah 3ndi|wah|n3am|na3am asidi|safi|sahha|exactement|c'est ça|bien sûr|👍|oui j'ai la carte"
    "|واخا|نعم|اه|أه|إيه|صافي|نعم عندي|أكيد|oui, depuis 2 ans|kayn|3ndi|ah khoya|tout à fait",
    "no": "non|nn|non merci|nooon|la|La|lla|lala|la la|la, 37|la machi fes|la ma 3ndich|la mazal|mazal|baqi"
    "|pas encore|pas du tout|jamais|walou|rien|non rien encore|ma 3ndich|ma3ndich|makaynch|la chokran"
    "|لا|لا ما عنديش|والو|مازال|باقي|ما عنديش|باقي ما درناهاش|non pas encore|machi|la hamdoulah|lla walo",
    "dont_know": "je sais pas|je ne sais pas|jsp|chais pas|aucune idée|ma3reftch|ma3rftch|m3rftch|ma 3reft"
    "|ma 3reftch|makan3refch|wallah ma 3reft|ما عرفتش|ماعرفتش|معرفتش|ما عرفت|mo7al|peut-être|momkin"
    "|je sais pas, peut etre 30000|الله أعلم|pas sûr|je ne suis pas sûre|ma 3labalich",
    "refuse": "je préfère ne pas dire|je veux pas répondre|c'est privé|ça ne vous regarde pas|machi chghlek"
    "|ma bghitch ngoul|mabghitch njaweb|ما بغيتش نقول|شخصي|hadchi chakhsi",
    "skip": "passer|je passe|question suivante|suivant|skip|douz|ndouzo|دوز|من بعد|mn b3d|autre question",
    "stop": "stop|arrête|annuler|7bes|baraka|safi baraka|laisse tomber|حبس|براكا",
}


@pytest.mark.parametrize(
    ("text", "kind"),
    [(text, kind) for kind, texts in ANSWERS.items() for text in texts.split("|")],
)
def test_an_answer_is_understood(text: str, kind: str) -> None:
    assert read_answer(text) == kind


@pytest.mark.parametrize(
    "text",
    ["nchallah", "in cha allah", "إن شاء الله", "merci", "chokran", "la carte auto", "la coopérative de fes",
     "ah bon ?", "27", "fes", "", "   ", "?!", "je ne sais pas lire", "passer le permis", "mazal kan9ra",
     "les deux", "salam", "bghit nkhdem", "non stop", "la formation", "la patente", "kayn chi da3m ?",
     "عندي 27 عام", "machi fes meknes", "ma3ndich lbac", "j'ai 27 ans"],
)  # fmt: skip
def test_what_is_no_answer_is_not_taken_for_one(text: str) -> None:
    assert read_answer(text) is None


def test_not_knowing_weighs_more_than_the_yes_before_it() -> None:
    assert read_answer("oui, enfin je sais pas") == "dont_know"


def test_a_long_story_is_no_answer() -> None:
    assert read_answer("oui " + "mot " * 200) is None
