"""What tells who somebody is goes; what is told to be helped stays."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import yamlsource
from bot.privacy import mask
from bot.privacy.mask import MASK

ROOT = Path(__file__).parents[3]

PERSONAL = {
    "identity cards": [
        "ma CIN est AB123456", "cin ab123456", "BK 654321", "BE-123456", "j123456", "AB 123 456",
        "cin dyali j 300000", "la carte nationale numéro BE 12 34 56", "cin: 4567890",
        "البطاقة الوطنية ديالي ٩٨٧٦٥٤", "AB١٢٣٤٥٦", "passeport AB1234567", "je m'appelle X, T 234567",
    ],
    "telephones": [
        "0612345678", "06 12 34 56 78", "06.12.34.56.78", "06-12-34-56-78", "0612 345 678",
        "06/12/34/56/78", "06 1234 5678", "061 234 56 78", "(06) 12 34 56 78", "06  12  34  56  78",
        "+212612345678", "+212 6 12 34 56 78", "00212 6 12 34 56 78", "+212 (0)6 12 34 56 78",
        "212612345678", "6 12 34 56 78", "612345678", "٠٦١٢٣٤٥٦٧٨", "٠٦ ١٢ ٣٤ ٥٦ ٧٨", "۰۶۱۲۳۴۵۶۷۸",
        "0522 12 34 56", "+33 6 12 34 56 78", "tel:0612345678", "رقمي0612345678",
        "０６１２３４５６７８", "06\u00a012\u00a034\u00a056\u00a078", "06–12–34–56–78",
        "whatsapp 612 345 678",
    ],
    "addresses": [
        "ahmed.alami@gmail.com", "ahmed @ gmail.com", "ahmed@gmail . com", "fatima27@menara.ma",
        "x@y", "ahmed＠gmail.com",
    ],
    "bank numbers": [
        "230 810 1234567890123456 12", "011780000012345678901234", "011 780 0000123456789012 34",
        "0117 8000 0012 3456 7890 1234", "MA64 0117 8000 0012 3456 7890 1234",
        "ma64011519000001205000534921", "FR76 3000 6000 0112 3456 7890 189",
        "4111 1111 1111 1111", "4111-1111-1111-1111", "4111111111111111", "3782 822463 10005",
        "رقم الحساب ٢٣٠٨١٠١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦١٢",
    ],
    "other numbers of the state": ["ICE 001234567000089", "numéro cnss 123456789"],
}  # fmt: skip

TOLD = [
    "300000 DH", "j'ai 300 000 dh", "DH 300000", "dh300000", "300.000,00 dh", "1 000 000 dh",
    "né en 1998", "2019 2020 2021 2022", "2019 2020 2021 2022 2023 2024", "depuis 2021, 30000 dh",
    "06/12/1998", "06 12 1998", "15-06-2021", "07/2024 3000", "b 45000 dh", "b45000",
    "bghit 20000 l 30000 dh", "entre 20000 et 30000", "27 3am, 300000 dh, 14 chhar",
    "10 000 000 000", "w 50000 drhm", "3ndi carte auto entrepreneur w 300000",
    "ma cin et 300000 dh", "500000000", "600 000 000 dh", "612345678 dh", "de 300000 a 500000",
    "MAD 250000", "SA 200 000", "AE 2021 27", "5 employés, 2 ans, 150000 de chiffre",
    "٣٠٠٠٠٠ درهم", "عندي ٢٧ عام", "100000 200000 300000 400000", "1500 2000 2500 3000 3500 4000",
    "2 500 000", "loi 09-08", "500.000", "1.200.000", "je compte investir 120000",
    "@mouwakib_bot", "/profil@mouwakib_bot", "20000x3", "taxi 3000 km", "12 000-15 000 dh", "30 000 / 40 000",
    "un pret de 345678 dh", "il 123456", "0,5 million", "25%",
]  # fmt: skip


@pytest.mark.parametrize("text", [text for texts in PERSONAL.values() for text in texts])
def test_what_identifies_a_person_is_masked_whole(text: str) -> None:
    masked = mask(f"salam, {text} — merci")
    assert MASK in masked
    assert len(re.sub(r"\D", "", masked)) == 0, masked
    assert "gmail" not in masked
    assert masked.startswith("salam, ")
    assert masked.endswith("merci")


@pytest.mark.parametrize("text", TOLD)
def test_sums_years_ages_and_lists_of_them_survive(text: str) -> None:
    assert mask(text) == text


def test_only_the_number_goes_from_a_message_that_tells_more() -> None:
    said = "3ndi 27 3am, 300000 dh, nmrti 0612345678 w CIN AB123456, f Fès mn 2021"
    assert mask(said) == f"3ndi 27 3am, 300000 dh, nmrti {MASK} w CIN {MASK}, f Fès mn 2021"


def test_nothing_that_people_say_in_the_training_and_test_messages_is_touched() -> None:
    examples = [
        line[2:]
        for entry in yamlsource.plain(ROOT / "data" / "nlu.yml")["nlu"]
        for line in entry["examples"].splitlines()
    ]
    for name in ("messages.yml", "heldout.yml"):
        examples += re.findall(r"text: (.*)", (ROOT / "tests" / "language" / name).read_text())
    assert len(examples) > 1000
    changed = [text for text in examples if mask(text) != text]
    assert [text for text in changed if "0612345678" not in text and "CD123456" not in text] == []


@given(st.integers(1, 999), st.sampled_from(["000", " 000", ".000", " 000 000"]))
def test_round_sums_survive_however_they_are_written(number: int, zeros: str) -> None:
    for said in (f"{number}{zeros} dh", f"bghit {number}{zeros}", f"b {number}{zeros}"):
        assert mask(said) == said


@given(
    st.sampled_from("567"),
    st.text("0123456789", min_size=8, max_size=8),
    st.sampled_from(["", " ", ".", "-", ". ", "_"]),
)
def test_every_national_number_is_masked_with_any_gaps(kind: str, rest: str, gap: str) -> None:
    pairs = gap.join([f"0{kind}", *(rest[n : n + 2] for n in range(0, 8, 2))])
    if re.match(r"0\d[ .-]\d\d[ .-](19|20)\d\d", pairs):
        return
    assert re.sub(r"\D", "", mask(f"appelez {pairs}")) in ("", *_dates(pairs))


def _dates(pairs: str) -> list[str]:
    """A number that reads as month and year stays, as in 06 2019."""
    return [re.sub(r"\D", "", pairs)] if re.match(r"0\d[ .-](19|20) ?\.?-?\d\d", pairs) else []


@given(st.text(max_size=300))
def test_masking_twice_is_masking_once(text: str) -> None:
    once = mask(text)
    assert mask(once) == once


@pytest.mark.parametrize(
    "hostile", ["1 ", "06 ", "a1", "a@", "cin n ", "+212 ", "رقم ", "MA12 3", "0 ", "@a.a."]
)
def test_a_hostile_message_takes_no_long_time(hostile: str) -> None:
    started = time.process_time()
    mask((hostile * 2000)[:2000])
    assert time.process_time() - started < 1
