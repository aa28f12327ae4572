"""Any text gives a result, in bounded time."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import yamlsource
from language import FactReader, detect, normalise, read, skeleton, tokens
from language.__main__ import main, read_lines

ROOT = Path(__file__).parents[2]
READER = FactReader(
    yamlsource.plain(ROOT / "catalogue" / "facts.yml"),
    yamlsource.plain(ROOT / "catalogue" / "places.yml"),
)
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
@given(
    st.one_of(st.text(st.characters(), max_size=200), st.lists(PIECES, max_size=30).map(" ".join)),
    st.sampled_from([None, "age", "province", "project_cost", "education", "anapec_registered"]),
)
def test_facts_are_read_from_any_text_and_stand_where_they_are_said(text: str, asked: str) -> None:
    said = READER.read(text, asked)
    for start, end in said.spans.values():
        assert 0 <= start <= end <= len(text)
    assert set(said.supposed) <= set(said.facts)


@LOOSE
@given(st.text(st.characters(), max_size=200))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == normalise(normalise(once))


HOSTILE = [
    "a", "b", "ه", "1", "1 000 ", "1.", "3ndi 27 3am w ", "a.a@", "machi ", "w nss ", "khmsa w ", "mlyoun w ",
    "entre 3 et ", "+212 6", "l'", "-", "\u202e\u200f", "\u200b", "\ud800", "٣۵2", "12/12/", "فال", "وو", "bac+", "fes meknes ",
    "fes, ", "la ", "l l ", "7 nas ", "5000 dh ", "ma 3ndich bac ", "je ne suis pas ", "ila kan ", "société ", "depuis 3 ans ",
    "xqzkjwvp", "xqzkjwvp ", "khoya 3ndo ", "?", "é", "e\u0301", "ﷺ", "😀", "zqx1", "hay fes ",
]  # fmt: skip
FUNCTIONS = {
    "read": read,
    "facts": READER.read,
    "tokens": tokens,
    "skeleton": skeleton,
    "normalise": normalise,
    "detect": detect,
}


def cost(function: Callable[[str], Any], text: str) -> float:
    """Return the seconds of the quicker of two readings, each of a text never read before."""
    taken = []
    for turn in range(2):
        fresh = text[:-1] + str(turn)
        began = time.process_time()
        function(fresh)
        taken.append(time.process_time() - began)
    return min(taken)


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("piece", HOSTILE, ids=ascii)
def test_four_times_the_text_costs_about_four_times_the_time(piece: str, name: str) -> None:
    function = FUNCTIONS[name]
    short, long = (piece * (n // len(piece)) for n in (800, 3_200))
    a_moment = 0.02
    assert cost(function, long) <= 10 * cost(function, short) + a_moment


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("piece", ["a", "ه", "\u200b", "3ndi 27 3am w ", "la "], ids=ascii)
def test_what_nobody_types_is_cut_off(piece: str, name: str) -> None:
    function = FUNCTIONS[name]
    long, endless = (piece * (n // len(piece)) for n in (25_000, 100_000))
    a_moment = 0.05
    assert cost(function, endless) <= 3 * cost(function, long) + a_moment


def test_one_word_a_thousand_times_fills_no_stack() -> None:
    for word in ("la", "l", "w", "machi", "ma"):
        assert READER.read(f"{word} " * 5000).facts == {}


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
