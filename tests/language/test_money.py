"""Sums as ten different people would type them."""

from __future__ import annotations

import pytest

from language import read

SURE, ASK = True, False

SAID = [
    ("khassni 30000 dh bach nchri makina", 30000, SURE),
    ("khassni 30000dh", 30000, SURE),
    ("j'ai besoin de 35.000 dhs", 35000, SURE),
    ("un pret de 35 000 dirhams", 35000, SURE),
    ("bghit 9erd dyal 35,000 drhm", 35000, SURE),
    ("le devis est de 100.000,00 DH", 100000, SURE),
    ("خاصني ٣٥٬٠٠٠ درهم", 35000, SURE),
    ("محتاجة 20000 درهم باش نبدا", 20000, SURE),
    ("الثمن 4500 د.م", 4500, SURE),
    ("budget dyali 70k", 70000, SURE),
    ("3ndi 70 k dh", 70000, SURE),
    ("100 ryal", 5, SURE),
    ("bi3t b 2000 ryal", 100, SURE),
    ("عشرين ألف ريال", 1000, SURE),
    ("500 frank", 5, SURE),
    ("3 millions de centimes", 30000, SURE),
    ("6 mlayn", 60000, ASK),
    ("khassni 6 dlmlayn", 60000, ASK),
    ("bghit kridi dyal 6 mlayen", 60000, ASK),
    ("بغيت 6 ملايين", 60000, ASK),
    ("خاصني جوج ملاين", 20000, ASK),
    ("j'ai besoin de 5 millions", 50000, ASK),
    ("mlyoun w nss", 15000, ASK),
    ("nss mlyoun", 5000, ASK),
    ("عندي مليون ونص", 15000, ASK),
    ("3ndi mlyoun w mitayn", 12000, ASK),
    ("2 millions de dirhams", 2000000, SURE),
    ("2 MDH", 2000000, SURE),
    ("2mdh", 2000000, SURE),
    ("jouj mlayn dyal drhm", 2000000, SURE),
    ("3 mlyoun dyal dirham", 3000000, SURE),
    ("3 ملايين درهم", 3000000, SURE),
    ("1,5 million de dirhams", 1500000, SURE),
    ("khassni 60 alf", 60000, ASK),
    ("bghit 60 alf bach nbda", 60000, ASK),
    ("خاصني عشرين ألف", 20000, ASK),
    ("un credit de 50 mille", 50000, ASK),
    ("50 mille dirhams", 50000, SURE),
    ("cinquante mille dh", 50000, SURE),
    ("khmsin alf drhm", 50000, SURE),
    ("خمسين ألف درهم", 50000, SURE),
    ("mya w khmsin alf dh", 150000, SURE),
    ("deux cent mille dirhams", 200000, SURE),
    ("مية ألف درهم", 100000, SURE),
    ("خمسمية درهم", 500, SURE),
    ("khmsmyat drhm fnhar", 500, SURE),
    ("alf w khmsmya drhm", 1500, SURE),
    ("alfayn dh", 2000, SURE),
    ("ألفين درهم فالشهر", 2000, SURE),
    ("tlt alaf dh f chher", 3000, SURE),
    ("تلتالاف درهم", 3000, SURE),
    ("stalaf drhm", 6000, SURE),
    ("mon budget est 80000", 80000, SURE),
    ("capital de 25000", 25000, SURE),
    ("salaire 4500", 4500, SURE),
    ("kanrbe7 3000 f chher", 3000, SURE),
    ("كنربح 3000 فالشهر", 3000, SURE),
    ("chrit tilifoun b 1500 drhm", 1500, SURE),
    ("ta ryal", 0, SURE),
    ("ma 3ndi ta derhem", 0, SURE),
    ("ما عندي حتى ريال", 0, SURE),
    ("j'ai pas un sou", 0, SURE),
    ("plus de 100 000 dh", {"above": 100000}, SURE),
    ("kter mn 20000 dh", {"above": 20000}, SURE),
    ("moins de 50000 dirhams", {"below": 50000}, SURE),
    ("9el mn 10000 drhm", {"below": 10000}, SURE),
    ("entre 20000 et 30000 dh", {"from": 20000, "to": 30000}, SURE),
    ("entre 20.000 dh et 30.000 dh", {"from": 20000, "to": 30000}, SURE),
    ("ma bin 20 w 30 alf dh", {"from": 20000, "to": 30000}, SURE),
    ("بين 20 و 30 ألف درهم", {"from": 20000, "to": 30000}, SURE),
    ("2 wla 3 mlayn", {"from": 20000, "to": 30000}, ASK),
    ("20000 à 30000 dh", {"from": 20000, "to": 30000}, SURE),
    ("mn 5000 l 8000 dh", {"from": 5000, "to": 8000}, SURE),
    ("jusqu'à 100000 dh", {"to": 100000}, SURE),
    ("chi 40 alf drhm", 40000, SURE),
    ("environ 15 000 dhs", 15000, SURE),
    ("un milyar", 10000000, ASK),
    ("10000 dh/mois", 10000, SURE),
    ("DH 5000", 5000, SURE),
    ("5000 MAD", 5000, SURE),
    ("khssni 20.000dh wla kter", {"from": 20000}, SURE),
    ("3endi 12 000,50 dh", 12000.5, SURE),
    ("tlatin alf dirham", 30000, SURE),
    ("quatre-vingt mille dirhams", 80000, SURE),
    ("quatre vingt dix mille dh", 90000, SURE),
    ("ثلاثين ألف درهم", 30000, SURE),
    ("خمسطاش ألف درهم", 15000, SURE),
    ("عشرة آلاف درهم", 10000, SURE),
    ("10 آلاف درهم", 10000, SURE),
    ("2 millions et demi de dirhams", 2500000, SURE),
    ("3 mlayn w nss", 35000, ASK),
    ("b chi 4 dlmlayn", 40000, ASK),
]


@pytest.mark.parametrize(("text", "dh", "certain"), SAID)
def test_a_sum_is_read_in_dirhams_and_doubt_is_reported(
    text: str, dh: object, certain: bool
) -> None:
    assert [(item.dh, item.certain) for item in read(text).money] == [(dh, certain)]


@pytest.mark.parametrize(
    "text",
    [
        "j'ai 27 ans",
        "mon numero 0661234567",
        "appelez moi au 06 12 34 56 78",
        "cin AB123456",
        "ne en 1998",
        "depuis 2021",
        "j'ai 3 enfants",
        "3ndi 3 alaf djaja",
        "élevage de 2000 poulets",
        "30% de l'apport",
        "f 12/03/2020",
        "bac+2",
        "3ndi 5 dyal lkhddama",
        "hna 7 dyal la3yalat",
        "500 euros",
        "programme 3",
        "salam bghit n3ref chno hiya anapec",
        "عندنا 20 منخرط",
        "loi 112-12",
    ],
)
def test_other_numbers_are_not_money(text: str) -> None:
    assert read(text).money == ()


@pytest.mark.parametrize(
    ("text", "dh", "certain"),
    [
        ("50000", 50000, SURE),
        ("35 000", 35000, SURE),
        ("walo", 0, SURE),
        ("rien", 0, SURE),
        ("والو", 0, SURE),
        ("0", 0, SURE),
        ("6 mlayn", 60000, ASK),
        ("60 alf", 60000, ASK),
        ("5", 5, ASK),
        ("1000000", 1000000, ASK),
        ("3000 f chher", 3000, SURE),
        ("b7al 20000", 20000, SURE),
        ("entre 10000 et 20000", {"from": 10000, "to": 20000}, SURE),
        ("9el mn 5000", {"below": 5000}, SURE),
    ],
)
def test_a_bare_number_answers_how_much(text: str, dh: object, certain: bool) -> None:
    assert [(item.dh, item.certain) for item in read(text, "money").money] == [(dh, certain)]


def test_a_doubtful_sum_carries_both_readings() -> None:
    (sum_,) = read("6 mlayn").money
    assert sum_.readings == (60000, 6000000)
    (sum_,) = read("khassni 60 alf").money
    assert sum_.readings == (60000, 600)


def test_several_sums_keep_their_order_and_places() -> None:
    text = "projet 80000 dh, apport 20 000 dhs"
    found = read(text).money
    assert [text[item.start : item.end] for item in found] == ["80000 dh", "20 000 dhs"]
