"""Lengths of time and dates since when."""

from __future__ import annotations

import pytest

from language import read


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("hadi 3 snin", 36),
        ("hadi 3am", 12),
        ("hadi 3am w nss bla khdma", 18),
        ("hadi 3amayn", 24),
        ("3amayn w nss", 30),
        ("عامين ونص", 30),
        ("هادي عامين وأنا بلا خدمة", 24),
        ("هادي 3 سنين", 36),
        ("هادي شهرين", 2),
        ("هادي عام", 12),
        ("من 6 شهور", 6),
        ("depuis 14 mois", 14),
        ("depuis 3 ans", 36),
        ("depuis un an", 12),
        ("depuis deux ans et demi", 30),
        ("ça fait 6 mois que je suis au chômage", 6),
        ("il y a 8 mois", 8),
        ("un an et 3 mois", 15),
        ("1 an et demi", 18),
        ("3 ans d'expérience", 36),
        ("j'ai 3 ans d'expérience", 36),
        ("j'ai 10 ans d'experience dans la couture", 120),
        ("3ndi 20 3am dyal tajriba", 240),
        ("hadi chhrayn", 2),
        ("hadi chher", 1),
        ("3 chhor", 3),
        ("hadi 4chhor", 4),
        ("6mois", 6),
        ("hadi simana", 0.25),
        ("2 semaines", 0.5),
        ("hadi 3 simanat", 0.75),
        ("tlt snin", 36),
        ("khms snin", 60),
        ("خمس سنين", 60),
        ("ست شهور", 6),
        ("hadi stt chhor", 6),
        ("3am w 3 chhor", 15),
        ("nss 3am", 6),
        ("dix-huit mois", 18),
        ("plus de 5 ans d'ancienneté", {"above": 60}),
        ("kter mn 3amayn", {"above": 24}),
        ("hadi kter mn 3 snin", {"above": 36}),
        ("moins de 6 mois", {"below": 6}),
        ("9el mn 3am", {"below": 12}),
        ("entre 2 et 3 ans", {"from": 24, "to": 36}),
        ("3 wla 4 snin", {"from": 36, "to": 48}),
        ("hadi chi 3 snin", 36),
        ("ma société a 3 ans", 36),
        ("charika dyali 3ndha 3 snin", 36),
        ("formation de 6 mois", 6),
        ("hadi 20 3am w ana khdam", 240),
        ("mn 2 ans", 24),
        ("3ad bdit", 0),
        ("je viens de commencer", 0),
        ("mazal ma bditch", 0),
        ("pas encore commencé", 0),
        ("عاد بديت", 0),
        ("باقي ما بديناش", 0),
        ("galsa f dar hadi 7 snin", 84),
        ("battal mn chi 3am", 12),
        ("sans emploi depuis plus d'un an", {"above": 12}),
    ],
)
def test_a_length_of_time_is_read_in_months(text: str, months: object) -> None:
    assert [item.months for item in read(text).durations] == [months]


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("depuis 2021", "2021"),
        ("mn 2021", "2021"),
        ("من 2021", "2021"),
        ("mn 3am 2019", "2019"),
        ("منذ سنة 2020", "2020"),
        ("société créée en 2019", "2019"),
        ("charika créée f 2019", "2019"),
        ("bdit f 2020", "2020"),
        ("depuis mars 2022", "2022-03"),
        ("depuis le 12/03/2022", "2022-03-12"),
        ("بديت ف 2018", "2018"),
        ("fte7t l7anout f 2017", "2017"),
        ("mn juin 2023", "2023-06"),
    ],
)
def test_since_a_date_is_kept_as_a_date(text: str, since: str) -> None:
    assert [item.since for item in read(text).durations] == [since]


@pytest.mark.parametrize(
    "text",
    ["j'ai 27 ans", "3ndi 27 3am", "عمري 30 سنة", "mon fils a 5 ans", "wldi 3ndo 7 snin", "had l3am",
     "cette année", "chaque mois", "3000 dh par mois", "3000 dh f chher", "né en 1998", "l3am jay"],
)  # fmt: skip
def test_what_is_no_length_of_time_is_not_read_as_one(text: str) -> None:
    assert read(text).durations == ()


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("3 ans", 36),
        ("27 ans", 324),
        ("mazal", 0),
        ("pas encore", 0),
        ("3am", 12),
        ("باقي", 0),
        ("عامين", 24),
    ],
)
def test_a_bare_answer_tells_how_long(text: str, months: float) -> None:
    assert [item.months for item in read(text, "duration").durations] == [months]
