"""Nothing a hand, a merge or a bad copy does to a catalogue makes ``check`` fall over.

Whatever is wrong is told in one line each, with file, line and column of the catalogue.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import eligibility
from eligibility.check import check
from eligibility.cli import main
from tests.eligibility import builders
from tests.eligibility.builders import scheme

ON = date(2026, 11, 24)
REAL = Path(eligibility.__file__).parent.parent / "catalogue"
KEY = re.compile(r"^(\s*(?:- )?\{?)([\w-]+):", re.MULTILINE)
VALUES = (
    "", "null", "~", "true", "no", "0", "-1", "1e9", "9" * 40, "0.5", "2026-02-30", "2026-13",
    "9999-12-31", "unknown", "''", '"', "'", "[", "]", "{", "}", "[]", "{}", "[[[]]]", "{a: {b: [c]}}",
    "*x", "&x 1", "&x [*x]", "!!python/object:os.system x", "!x 1", "|", ">", "%", "@", "`", "\t",
    "{from: x}", "{from: 9, to: 1}", "{not: {not: 3}}", "{within: nowhere}", "{only: []}", "? a",
    "{<<: {a: 1}}", "<<: 1", "\x00", "\ufeff", "\u202e", "\u2028", "\x85", "\U0001f600", "\ud7ff",
    "é" * 5000, "x: y: z",
)  # fmt: skip


def drop_line(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    del lines[chance.randrange(len(lines))]
    return "\n".join(lines)


def double_lines(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    some = lines[at : at + chance.randint(1, 6)]
    to = chance.randrange(len(lines))
    return "\n".join([*lines[:to], *some, *lines[to:]])


def rename_key(text: str, chance: random.Random) -> str:
    keys = list(KEY.finditer(text))
    if not keys:
        return text
    here, other = chance.choice(keys), chance.choice(keys)
    new = chance.choice([other[2], here[2] + "s", here[2][1:], "any", "office", "valid", "é", "1"])
    return text[: here.start(2)] + new + text[here.end(2) :]


def other_value(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    lines[at] = re.sub(
        r"([:\[,-] ).*$", lambda found: found[1] + chance.choice(VALUES), lines[at], count=1
    )
    return "\n".join(lines)


def odd_letters(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(VALUES) + text[at:]


def cut_off(text: str, chance: random.Random) -> str:
    return text[: chance.randrange(len(text) + 1)]


def indent(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    lines[at] = " " * chance.randrange(12) + lines[at].lstrip()
    return "\n".join(lines)


def nest(text: str, chance: random.Random) -> str:
    depth = chance.choice([5, 60, 3000])
    opening, closing = chance.choice([("[", "]"), ("{a: ", "}"), ("{any: [", "]}"), ("- ", "")])
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    lines[at] = re.sub(
        r": .*$", lambda _: ": " + opening * depth + "1" + closing * depth, lines[at], count=1
    )
    return "\n".join(lines)


DAMAGES: tuple[Callable[[str, random.Random], str], ...] = (
    drop_line, double_lines, rename_key, other_value, odd_letters, cut_off, indent, nest,
)  # fmt: skip


def well_told(root: Path, damaged: Path) -> int:
    """Check a catalogue; return how many problems it has, each told as it should be."""
    found = check(root, ON)
    for problem in found:
        file = Path(problem.file)
        assert file.is_relative_to(root), problem
        lines = file.read_bytes().count(b"\n") + 1 if file.is_file() else 1
        assert 1 <= problem.line <= lines + 1, problem
        assert problem.column >= 1
        assert problem.message
        assert len(str(problem).splitlines()) == 1, repr(str(problem))
    return len(found)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small catalogue that uses every part of the language."""
    rich = scheme(
        "rich",
        {"person": [{"age": {"from": 18}, "margin": {"test": {"from": 16}, "source": "LAW"}},
                    {"id": "some", "at_least": {"count": 1, "of": [{"sex": "male"},
                                                                   {"registered": True}]}}],
         "employer": [{"id": "form", "any": [{"legal_form": "company"},
                                             {"stage": "idea", "counts": "margin"}]},
                      {"id": "later", "office": True, "valid": {"from": "2027-01-01"}}]},
        gives=[{"kind": "grant", "share": {"from": 1, "to": 2}, "text": builders.WORD}],
        local=[{"within": "fes", "requires": {"age": None}, "opens": "2026-01-01"}],
        documents=["cin", {"id": "rib", "when": [{"registered": True}]}],
        steps=[builders.WORD], deadline=builders.WORD,
        examples=[{"date": "2026-01-01", "profile": {"age": 20}, "verdict": "eligible"}],
    )  # fmt: skip
    return builders.write(tmp_path_factory.mktemp("small"), scheme("plain"), rich)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_damage_is_told_with_its_place(small: Path, tmp_path: Path, damage: object) -> None:
    assert callable(damage)
    told = 0
    for seed in range(40):
        chance = random.Random(seed)
        root = tmp_path / str(seed)
        shutil.copytree(small, root)
        file = chance.choice(sorted(root.rglob("*.yml")))
        text = damage(file.read_text("utf-8"), chance)
        file.write_text(text, "utf-8")
        told += well_told(root, file) > 0
    assert told >= 10  # the damage is real


@pytest.mark.parametrize("seed", range(8))
def test_damage_to_our_own_files_is_told_with_its_place(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    root = tmp_path / "catalogue"
    shutil.copytree(REAL, root)
    file = chance.choice(sorted(root.rglob("*.yml")))
    text = file.read_text("utf-8")
    for _ in range(chance.randint(1, 3)):
        text = chance.choice(DAMAGES)(text, chance)
    file.write_text(text, "utf-8")
    well_told(root, file)


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"\xc3", b"---\n---\n", b"a: b\n...\nc: d", b"[" * 5000, b"- " * 5000,
     b"a: &a [*a]", b"{? [1, 2] : 3}", b"\x00", b"just a text", b"3", b"[1, 2]", b"\t- a: b",
     b"a: " + b"x" * 200_000, "\u202e\u0627: \u0628".encode(), b"a: !!binary x", b"%YAML 9.9\n---\n"],
)  # fmt: skip
@pytest.mark.parametrize(
    "name", ["facts.yml", "places.yml", "schemes/body/plain.yml", "offices.yml"]
)
def test_a_file_of_something_else_is_told(
    small: Path, tmp_path: Path, content: bytes, name: str
) -> None:
    root = tmp_path / "catalogue"
    shutil.copytree(small, root)
    (root / name).write_bytes(content)
    told = well_told(root, root / name)
    assert told or (not content and name != "facts.yml") or name == "offices.yml"


# -- the mistakes that look right ----------------------------------------------------------------


def lines_of(directory: Path, rules: object, **more: object) -> list[str]:
    root = builders.write(directory, scheme("aid", rules, **more))  # type: ignore[arg-type]
    well_told(root, root)
    return [problem.message for problem in check(root, ON)]


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ([{"age": {"from": 18}}, {"id": "old", "age": {"to": 12}}], "can never all hold"),
        (
            [{"legal_form": "company"}, {"id": "start", "stage": "idea"}],
            "can never all hold",
        ),
        ([{"id": "x", "any": [{"age": {"to": 40}}, {"age": {"above": 30}}]}], "always holds"),
        ([{"id": "x", "any": [{"sex": "male"}, {"sex": "female"}]}], "always holds"),
        ([{"id": "x", "none": [{"age": {"from": 0}}]}], "can never hold"),
        ([{"seeking": {"not": ["job", "nothing"]}}], "no value of seeking"),
    ],
)
def test_conditions_that_cannot_decide_anything_are_told(
    tmp_path: Path, rules: object, said: str
) -> None:
    assert any(said in line for line in lines_of(tmp_path, rules)), lines_of(tmp_path, rules)


def test_a_scheme_that_excludes_itself_by_its_past_support_is_told(tmp_path: Path) -> None:
    rules = [{"past_support": "aid"}]
    assert any("bars itself" in line for line in lines_of(tmp_path, rules))
    again = lines_of(tmp_path, [{"past_support": {"not": "aid"}}])  # only once: quite usual
    assert not any("bars itself" in line for line in again)


def test_dates_in_the_future_are_told(tmp_path: Path) -> None:
    found = lines_of(tmp_path, None, as_of="2027", sources={"LAW": {"title": "A", "date": "2031"}})
    assert sum("lies in the future" in line for line in found) == 2


def test_implications_that_go_round_by_three_are_told(tmp_path: Path) -> None:
    rules = [
        {"when": {"stage": "idea"}, "then": {"legal_form": "none"}},
        {"when": {"legal_form": "none"}, "then": {"registered": False}},
        {"when": {"registered": False}, "then": {"stage": "idea"}},
    ]
    root = builders.write(tmp_path, scheme("aid"), implies=rules)
    assert sum("a cycle of implications" in problem.message for problem in check(root, ON)) >= 1


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        ("{agee: 27}", "did you mean “age”?"),
        ("{age: -1}", "at least 0"),
        ("{age: old}", "“old” is no number"),
        ("{sex: femal}", "did you mean “female”?"),
        ("{province: fez}", "fez"),
        ("{registered: 1}", "true or false"),
        ("{birth_date: 2030-01-01}", "lies in the future"),
        ("{birth_date: 2026-02-30}", "calendar"),
        ("{seeking: [jobs]}", "did you mean “job”?"),
        ("{age: {value: 27, stated_on: soon}}", "a day was expected"),
        ("{age: 1, age: 2}", "twice"),
        ('{"age": 1, "age": 2}', "twice"),
        ('{"age": 1e999}', "age"),
        ('{"age": NaN}', "age"),
        ("[]", "profile"),
        ("{\x00: 1}", "profile"),
        ("{" * 3000, "profile"),
    ],
)
def test_a_wrong_profile_is_one_line_and_exit_code_2(
    small: Path, capsys: pytest.CaptureFixture[str], profile: str, said: str
) -> None:
    assert main(["match", profile, "--json", "--on", "2026-11-24", "--catalogue", str(small)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err
    assert captured.err.count("\n") == 1
