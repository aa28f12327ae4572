"""Ages and birth years, and the years that are neither."""

from __future__ import annotations

import pytest

from language import read


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("j'ai 27 ans", 27),
        ("jai 27ans", 27),
        ("27 ans", 27),
        ("g 31 ans et je cherche du travail", 31),
        ("je suis une femme de 40 ans", 40),
        ("agée de 33 ans", 33),
        ("âgé de 45 ans, marié, deux enfants", 45),
        ("mon age est 29", 29),
        ("age : 29 ans", 29),
        ("khadija, 34 ans, couturière", 34),
        ("3ndi 27 3am", 27),
        ("3andi 27 3am w ana khdam f usine", 27),
        ("ana 3ndi 22 ans w bghit ndir projet", 22),
        ("3omri 35", 35),
        ("f 3omri 35 3am", 35),
        ("3mri 19 3am", 19),
        ("ana f 3mri 41", 41),
        ("عندي 27 عام", 27),
        ("عمري 30 سنة", 30),
        ("عمري 30", 30),
        ("فعمري 26 عام وساكنة ففاس", 26),
        ("أنا عندي ثلاثين عام", 30),
        ("عندي خمسة وعشرين عام", 25),
        ("عندي ٢٨ عام", 28),
        ("3ndi khmsa w 3chrin 3am", 25),
        ("3ndi tlata w tlatin 3am", 33),
        ("3ndi vingt-cinq ans", 25),
        ("j'ai trente deux ans", 32),
        ("j'ai quarante et un ans", 41),
        ("j'ai soixante dix ans", 70),
        ("dakhl f 28", 28),
        ("dakhla f 30 3am", 30),
        ("داخلة ف 30", 30),
        ("kbir 3la 35", {"above": 35}),
        ("kbira 3la 35 3am", {"above": 35}),
        ("fayt 45", {"above": 45}),
        ("fayta 40 3am", {"above": 40}),
        ("j'ai plus de 45 ans", {"above": 45}),
        ("j'ai moins de 35 ans", {"below": 35}),
        ("3ndi 9el mn 30 3am", {"below": 30}),
        ("عندي كتر من 40 عام", {"above": 40}),
        ("3ndi chi 38 3am", 38),
        ("j'ai environ 50 ans", 50),
        ("ana chab 3ndi 24 3am mn taza", 24),
        ("jeune de 24 ans diplomé cherche stage", 24),
        ("salam ana mra 3ndi 52 3am", 52),
        ("wakha 3ndi 36 3am ?", 36),
        ("je m appelle said j ai 23 ans", 23),
        ("la, 37 ans", 37),
        ("3ndi 18 ans w nss", 18.5),
        ("ana 3omri 44 w 3ndi 3 drari", 44),
        ("السن 33 سنة", 33),
        ("سني 33", 33),
    ],
)
def test_the_age_of_the_writer_is_read(text: str, age: object) -> None:
    assert [item.years for item in read(text).ages] == [age]


@pytest.mark.parametrize(
    "text",
    [
        "hadi 3 snin",
        "depuis 3 ans",
        "hadi 20 3am w ana khdam",
        "3 ans d'expérience",
        "j'ai 20 ans d'experience",
        "3ndi 20 3am dyal tajriba",
        "عندي 20 عام ديال التجربة",
        "ma société a 20 ans",
        "mon fils a 20 ans",
        "wldi 3ndo 22 3am",
        "bnti 3ndha 18 3am",
        "ولدي عندو 20 عام",
        "j'ai un fils de 20 ans",
        "charika dyali 3mrha 17 3am",
        "il a 30 ans",
        "l'INDH c'est pour les 18-35 ans ?",
        "c'est pour les moins de 35 ans ?",
        "3ndi 27",
        "j'ai 3 enfants",
        "35",
        "il y a 15 ans que je travaille",
        "entreprise de 16 ans",
        "contrat de 24 mois",
        "khdamt 18 3am f lbni",
        "chaque 20 ans",
        "dakhla f projet",
    ],
)
def test_other_years_are_not_the_age_of_the_writer(text: str) -> None:
    assert read(text).ages == ()


@pytest.mark.parametrize(
    ("text", "age"),
    [("35", 35), ("35 ans", 35), ("3ndi 35", 35), ("tlata w tlatin", 33), ("خمسة وتلاتين", 35),
     ("35 3am", 35), ("la, 37", 37), ("chi 40", 40), ("fayt 40", {"above": 40}), ("٢٧", 27)],
)  # fmt: skip
def test_a_bare_number_answers_how_old(text: str, age: object) -> None:
    assert [item.years for item in read(text, "age").ages] == [age]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("mzyoud f 98", 1998),
        ("mzyouda f 1998", 1998),
        ("ana mzyod 3am 2001", 2001),
        ("mwalid 95", 1995),
        ("mawalid 1990", 1990),
        ("né en 1998", 1998),
        ("née en 98", 1998),
        ("je suis née le 12/03/1998", 1998),
        ("né le 3 mars 1985", 1985),
        ("né à Fès en 1998", 1998),
        ("date de naissance : 05/11/2000", 2000),
        ("مزيود ف 98", 1998),
        ("مزيودة عام 1993", 1993),
        ("مواليد 1988", 1988),
        ("ولدت سنة 1979", 1979),
        ("tzadit f 99", 1999),
        ("mzyouda f 05", 2005),
        ("مزداد ف 1970", 1970),
        ("je suis ne en 77", 1977),
    ],
)
def test_birth_years_are_read(text: str, year: int) -> None:
    reading = read(text)
    assert reading.birth_years == (year,)
    assert reading.ages == ()
    assert reading.money == ()


def test_a_bare_year_answers_when_were_you_born() -> None:
    assert read("1998", "birth_date").birth_years == (1998,)
    assert read("98", "birth_date").birth_years == (1998,)
    assert read("1998", "age").birth_years == (1998,)
    assert [birth.born for birth in read("12/03/1998", "birth_date").births] == ["1998-03-12"]


def test_other_years_are_not_birth_years() -> None:
    for text in ("société créée en 2019", "depuis 1998", "bac 2015", "programme 2023-2026"):
        assert read(text).birth_years == ()
