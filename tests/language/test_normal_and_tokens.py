"""Normal form, the key of both scripts, and cutting into words."""

from __future__ import annotations

import pytest

from language import normalise, skeleton, tokens


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("Slt, j’ai 27 ans!!!!", "salut, j'ai 27 ans!"),
        ("bzaaaaf", "bzaaf"),
        ("٣٥٬٠٠٠ ۳۵", "35,000 35"),
        ("فَلَّاح", "فلاح"),
        ("خدمـــــة", "خدمه"),
        ("أكادير إلى آسفي", "اكادير الي اسفي"),
        ("\u200fÉcole\u200b\u202e", "ecole"),
        ("ok😀ok", "ok 😀 ok"),
        ("1000000", "1000000"),
        ("cest bcp", "c'est beaucoup"),
        ("3ndi 7anout", "3ndi 7anout"),
        ("ﻣﺮﺣﺒﺎ", "مرحبا"),
        ("a\ud800b", "ab"),
        ("  a \n b  ", "a b"),
    ],
)
def test_the_normal_form_is_readable_and_keeps_digit_letters(typed: str, normal: str) -> None:
    assert normalise(typed) == normal


@pytest.mark.parametrize(
    "spellings",
    [
        "bghit bghyt بغيت",
        "khdma khedma khadma 5dma خدمة خدمه",
        "bzaf bezaf bzf bezzaf بزاف bzaaaaf",
        "chnou chno xno شنو",
        "wach wax wash wx واش وش",
        "dyal dial diyal dyl ديال",
        "khassni khasni خاصني خصني",
        "jam3iya jam3ia جمعية",
        "7it hit حيت",
        "3andi 3ndi andi عندي",
        "machrou3 mchrou3 machro3 mechro3 مشروع",
        "tlata tleta تلاتة ثلاثة",
        "3chrin 3echrin 3achrin عشرين",
        "9elb 9lb qalb قلب",
        "mli7 mlih مليح",
        "gha 4a غا",
        "7ta hta حتى",
        "3la على",
    ],
)
def test_spellings_of_one_word_meet_in_one_key(spellings: str) -> None:
    assert len(set(skeleton(spellings).split())) == 1


def test_different_words_keep_different_keys() -> None:
    words = [
        "dar",
        "drari",
        "fes",
        "safi",
        "khdma",
        "khayata",
        "bghit",
        "brit",
        "3ndi",
        "machi",
        "mcha",
    ]
    assert len({skeleton(word) for word in words}) == len(words)


def cut(text: str) -> list[str]:
    return [
        f"{token.text}/{token.kind}" if token.kind != "word" else token.text
        for token in tokens(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "31ans 4snin 15dh 70k",
            ["31/number", "ans", "4/number", "snin", "15/number", "dh", "70/number", "k"],
        ),
        ("3ndi wa7d l7anout", ["3ndi", "wa7d", "l/clitic", "7anout"]),
        ("f2019 f98", ["f", "2019/number", "f", "98/number"]),
        ("ffes", ["f/clitic", "fes"]),
        ("flbanka", ["f/clitic", "l/clitic", "banka"]),
        ("l9it khdma", ["l9it", "khdma"]),
        ("l'anapec", ["l/clitic", "'/punct", "anapec"]),
        ("فالبنكة", ["ف/clitic", "ال/clitic", "بنكه"]),
        ("للخدمة", ["ل/clitic", "ل/clitic", "خدمه"]),
        ("ألفين درهم", ["الفين", "درهم"]),
        ("06 12 34 56 78", ["06 12 34 56 78/phone"]),
        ("+212661234567", ["+212661234567/phone"]),
        ("AB123456", ["ab123456/code"]),
        ("12/03/1998", ["12/03/1998/date"]),
        ("35 000 dh", ["35 000/number", "dh"]),
        ("عندي CV؟", ["عندي", "cv", "?/punct"]),
        ("ok 😀", ["ok", "😀/emoji"]),
        ("2eme", ["2eme"]),
        ("a@b.ma", ["a@b.ma/link"]),
    ],
)
def test_a_digit_inside_a_word_is_a_letter_unless_a_unit_follows(
    text: str, expected: list[str]
) -> None:
    assert cut(text) == expected


def test_tokens_point_into_the_message_as_typed() -> None:
    text = "  Slt !!! ana\u200b mn FÈS"
    assert [text[t.start : t.end] for t in tokens(text) if t.kind == "word"] == [
        "Slt",
        "ana",
        "mn",
        "FÈS",
    ]
