"""Any text gives a result, in bounded time."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from language import detect, normalise, read, skeleton, tokens
from language.__main__ import main, read_lines

ROOT = Path(__file__).parents[2]
PIECES = st.sampled_from(
    ["3ndi", "27", "3am", "dh", "mlyoun", "w", "nss", "fes", "machi", "و", "ألف", "درهم", "depuis", "quatre", "vingt",
     "\u202e", "\u200b", "\ud800", "٣", "۵", "1.000", "12/13/1998", "99/99/99", "0", ",", ".", "-", "+", "%", "'", "é",
     "mzyoud", "f", "98", "entre", "et", "plus de", "k", "M", "\n", "عامين", "ﷺ", "½", "²", "①", "😀", "e\u0301" * 3]
)  # fmt: skip
LOOSE = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@LOOSE
@given(st.text(st.characters(), max_size=300))
def test_any_unicode_is_read_and_can_be_printed(text: str) -> None:
    shown = json.dumps(read(text).to_json(), allow_nan=False)
    assert json.loads(shown)["text"] == text


@LOOSE
@given(
    st.lists(PIECES, max_size=40),
    st.sampled_from([" ", ""]),
    st.sampled_from(
        [None, "age", "money", "duration", "count", "birth_date", "date", "percent", "place"]
    ),
)
def test_our_own_words_in_any_order_are_read(pieces: list[str], glue: str, asked: str) -> None:
    text = glue.join(pieces)
    reading = read(text, asked)
    json.dumps(reading.to_json(), allow_nan=False)
    for item in (
        *reading.numbers,
        *reading.money,
        *reading.ages,
        *reading.births,
        *reading.durations,
        *reading.places,
        *tokens(text),
    ):
        assert 0 <= item.start < item.end <= len(text)


@LOOSE
@given(st.text(st.characters(), max_size=200))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == normalise(normalise(once))


@pytest.mark.parametrize(
    "text",
    [
        "a" * 5000,
        "b" * 2000 + " fes",
        "ه" * 2000,
        "1" * 5000,
        "1 000 " * 800,
        "1." * 2500,
        "3ndi 27 3am w " * 350,
        "a.a@" * 1250,
        "machi " * 800 + "fes",
        "w nss " * 800,
        "khmsa w " * 600,
        "mlyoun w " * 600,
        "entre 3 et " * 450,
        "+212 6" * 800,
        "l'" * 2500,
        "-" * 5000,
        "\u202e\u200f" * 2500,
        "12/12/" * 800,
        "فال" * 1600,
        "bac+" * 1250,
        "fes meknes " * 450,
        "xqzkjwvp" * 600,
        "".join(chr(97 + i * 7 % 26) for i in range(5000)),
        " ".join("".join(chr(97 + (i * j) % 26) for j in range(8)) for i in range(550)),
    ],
)
def test_five_thousand_characters_take_a_moment(text: str) -> None:
    began = time.perf_counter()
    read(text)
    detect(text), skeleton(text)
    assert time.perf_counter() - began < 1.5


def test_a_normal_message_is_read_in_a_millisecond_or_two() -> None:
    messages = [
        "salam, 3ndi lissance w hadi 3am w nss bla khdma, wach kayn chi 7aja liya",
        "bjr je couds chez moi, jai 27 ans, je voudrai ouvrir un petit atelier a fes",
        "عندي 27 عام وساكن فالدار البيضاء وبغيت 50 ألف درهم",
        "khassni 3 mlayn bach nbda, 3ndi 25 3am, sakn f oujda",
    ] * 15
    taken = []
    for message in messages:
        began = time.perf_counter()
        read(message)
        taken.append(time.perf_counter() - began)
    assert sorted(taken)[len(taken) // 2] < 0.005


def test_each_line_gives_one_json_line_whatever_its_bytes() -> None:
    lines = [b"35\n", b"\n", b"\xff\xfe\x00abc\n", b"fes\r\n", "ab\u2028c\x0bd\n".encode(), b"last"]
    target = io.BytesIO()
    read_lines(io.BytesIO(b"".join(lines)), target)
    shown = [json.loads(line) for line in target.getvalue().decode().split("\n")[:-1]]
    assert len(shown) == 6
    assert shown[3]["text"] == "fes"
    assert shown[4]["text"] == "ab\u2028c\x0bd"
    assert list(shown[0]) == [
        "text", "language", "normal", "numbers", "money", "ages", "birth_years", "durations", "places",
    ]  # fmt: skip


def test_the_command_answers_line_by_line() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "language", "read"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT,
    ) as process:  # fmt: skip
        assert process.stdin
        assert process.stdout
        process.stdin.write("عندي 27 عام\n".encode())
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["ages"] == [27]
        process.stdin.close()
    assert process.returncode == 0


def test_a_wrong_call_says_how_to_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["write"]) == 2
    assert "usage" in capsys.readouterr().err
