"""Numbers in digits and words, both scripts, up to a billion."""

from __future__ import annotations

import pytest

from language import read

SAID = {
    "wa7d w 3chrin": 21,
    "tnayn w 3chrin": 22,
    "ts3oud w 3chrin": 29,
    "تسعة وعشرين": 29,
    "واحد وعشرين": 21,
    "khmsmya": 500,
    "teltemya": 300,
    "stalaf": 6000,
    "تلتالاف": 3000,
    "tlt mya": 300,
    "mitayn": 200,
    "alfayn": 2000,
    "ألفين": 2000,
    "tlt alaf": 3000,
    "3chr alaf": 10000,
    "7dach alf": 11000,
    "mya w khmsin alf": 150000,
    "mlyoun w nss": 1500000,
    "nss mlyoun": 500000,
    "rb3 mlyoun": 250000,
    "rb3 mlayn": 4000000,
    "khmsa dlmlayn": 5000000,
    "6 d lmlayn": 6000000,
    "6 mlayn": 6000000,
    "6 ملايين": 6000000,
    "ستة ديال الملاين": 6000000,
    "quatre vingt douze": 92,
    "quatre-vingt-dix-sept": 97,
    "soixante et onze": 71,
    "soixante quinze": 75,
    "vingt-cinq": 25,
    "deux mille cinq cents": 2500,
    "mille cinq cent": 1500,
    "deux millions cinq cent mille": 2500000,
    "cent vingt mille": 120000,
    "35 000": 35000,
    "35.000": 35000,
    "35,000": 35000,
    "35.000,00": 35000,
    "٣٥٬٠٠٠": 35000,
    "1,5": 1.5,
    "70k": 70000,
    "1.5M": 1500000,
    "khmsa w rb3in": 45,
    "خمسة وربعين": 45,
    "sb3tach": 17,
    "tltach": 13,
    "alf w khmsmya": 1500,
    "alf w 500": 1500,
    "100 mille": 100000,
    "milyar": 1000000000,
    "3chrin alf": 20000,
    "عشرين ألف": 20000,
    "mlyoun w mitayn": 1200000,
    "jouj w nss mlyoun": 2500000,
    "خمسطاش": 15,
    "ثلاثمائة": 300,
    "خمسمية": 500,
    "ربعمية": 400,
    "mya": 100,
    "tmanin": 80,
    "tmnya w tmanin": 88,
    "mya w tlata w settin": 163,
    "une trentaine": 30,
    "deux": 2,
    "jouj": 2,
    "جوج": 2,
    "zouj": 2,
    "100.000": 100000,
    "100 000": 100000,
    "2 millions 300 mille": 2300000,
    "cinquante mille": 50000,
    "b khmsin alf": 50000,
    "بخمسين ألف": 50000,
    "khamsa w tlatin": 35,
    "trente cinq": 35,
    "stin": 60,
    "quatre vingt": 80,
    "quatre vingts ans": 80,
    "vingt et un": 21,
    "sb3in": 70,
    "ثلاثة وثلاثين": 33,
    "tletin": 30,
    "3echrin": 20,
    "ts3 mya": 900,
    "rb3 mya w khmsin": 450,
    "alf": 1000,
    "100 alf": 100000,
    "khamsmiya": 500,
    "tmnmya": 800,
    "خمسالاف": 5000,
    "khms alaf": 5000,
    "3chrat alaf": 10000,
    "عشرة الاف": 10000,
    "عشرة آلاف": 10000,
    "خمسة الاف": 5000,
    "khamsa alaf": 5000,
    "تسعين": 90,
    "soixante dix": 70,
    "dix huit": 18,
    "dix-huit mois": 18,
    "mille": 1000,
    "un million": 1000000,
    "wahed lmlyoun": 1000000,
    "1 mlyoun": 1000000,
    "chi 3chra": 10,
}


@pytest.mark.parametrize(("text", "value"), SAID.items())
def test_a_number_is_read(text: str, value: float) -> None:
    assert [item.value for item in read(text).numbers] == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ma bin 20 w 30", {"from": 20, "to": 30}),
        ("entre deux et cinq", {"from": 2, "to": 5}),
        ("plus de 5", {"above": 5}),
        ("9el mn 10", {"below": 10}),
        ("au moins 3", {"from": 3}),
        ("jusqu'a 7", {"to": 7}),
        ("3 ou 4", {"from": 3, "to": 4}),
        ("18-35", {"from": 18, "to": 35}),
        ("كتر من 5", {"above": 5}),
        ("بين 3 و 6", {"from": 3, "to": 6}),
        ("machi kter mn 4", {"to": 4}),
        ("chi 12", 12),
    ],
)
def test_words_around_a_number_make_a_range(text: str, value: object) -> None:
    assert [item.value for item in read(text).numbers] == [value]


@pytest.mark.parametrize(
    "text",
    ["un projet", "une idee", "wa7d l mchrou3", "bac+2", "06 12 34 56 78", "12/03/1998", "AB123456",
     "3ndi 7anout", "neuve", "safar", "nas bzaf", "bghit", "الفلوس", "العيالات"],
)  # fmt: skip
def test_articles_codes_and_digit_letters_are_no_numbers(text: str) -> None:
    assert read(text).numbers == ()


def test_percentages_are_apart() -> None:
    for text in ("30%", "30 pour cent", "30 f lmya", "٣٠ فالمية", "30 بالمئة", "tlatin f lmya"):
        assert [item.value for item in read(text).percents] == [30], text
    assert [item.value for item in read("40", "percent").percents] == [40]
    assert read("40").percents == ()
