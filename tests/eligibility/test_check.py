"""``check`` says what is wrong, where, and what was expected; nothing makes it fall over."""

from __future__ import annotations

import json
import random
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import eligibility
from eligibility.check import check
from tests.eligibility import builders
from tests.eligibility.builders import scheme

ON = date(2026, 11, 24)
GOOD = scheme(
    "aid",
    [{"age": {"from": 18}, "source": "LAW"}],
    examples=[
        {"date": "2026-01-01", "profile": {"age": 20}, "verdict": "eligible"},
        {"date": "2026-01-01", "profile": {"age": 17}, "verdict": "ineligible"},
        {"date": "2026-01-01", "profile": {}, "verdict": "undetermined"},
    ],
)


def problems(directory: Path, *schemes: dict[str, Any], **more: Any) -> list[str]:
    root = builders.write(directory, *schemes, **more)
    return [str(problem).replace(str(root) + "/", "") for problem in check(root, ON)]


def test_a_good_catalogue_has_nothing_to_mend(tmp_path: Path) -> None:
    assert problems(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"requires": [{"agee": {"from": 18}}]}, "“agee” is no fact, did you mean “age”?"),
        ({"requires": [{"age": {"form": 18}}]}, "“form” means nothing here"),
        ({"requires": [{"age": {"from": 18}, "sex": "female"}]}, "one fact or group"),
        ({"requires": [{"any": [{"age": 18}]}]}, "needs an id"),
        ({"requires": [{"age": 18}, {"age": 20}]}, "give one an id"),
        ({"requires": [{"id": "x", "any": []}]}, "has no conditions"),
        ({"requires": [{"age": {"from": 40, "to": 18}}]}, "can never hold"),
        ({"requires": [{"age": {"from": 0}}]}, "always holds"),
        (
            {"requires": [{"id": "x", "any": [{"age": {"to": 30}}, {"age": {"from": 20}}]}]},
            "x always holds",
        ),
        (
            {"requires": [{"id": "x", "all": [{"age": {"to": 20}}, {"age": {"from": 30}}]}]},
            "x can never hold",
        ),
        ({"requires": [{"age": {"from": 18}, "source": "LAWS"}]}, "did you mean “LAW”?"),
        ({"requires": [{"age": {"from": 18}, "certainty": "sure"}]}, "no certainty"),
        ({"requires": [{"age": {"from": 18}, "counts": "margin"}]}, "inside any"),
        ({"requires": [{"province": {"within": "fes-mekness"}}]}, "did you mean “fes-meknes”?"),
        ({"requires": [{"legal_form": ["company", "coop"]}]}, "no value of legal_form"),
        ({"requires": {"persons": [{"age": 18}]}}, "no applicant"),
        ({"status": "opened"}, "did you mean “open”?"),
        ({"as_of": "2027-01-01"}, "lies in the future"),
        ({"as_of": "soon"}, "must be a date"),
        ({"sources": {"LAW": {"titel": "x"}}}, "did you mean “title”?"),
        ({"excludes": ["aid"]}, "names itself in excludes"),
        ({"excludes": ["adi"]}, "did you mean “aid”?"),
        ({"name": {"fr": "mot"}}, "no text in ary"),
        ({"stepps": []}, "did you mean “steps”?"),
        ({"gives": [{"kind": "gift", "text": builders.WORD}]}, "no kind of benefit"),
        ({"local": [{"within": "fez"}]}, "no place"),
        ({"local": [{"within": "fes", "requires": {"agee": None}}]}, "to drop"),
        ({"local": [{"within": "fes", "opens": "2026-02-01", "closes": "2026-01-01"}]}, "closes"),
        (
            {"examples": [{"date": "2026-01-01", "profile": {"age": 20}, "verdict": "possible"}]},
            "the rules give eligible",
        ),
        (
            {"examples": [{"date": "2026-01-01", "profile": {"agee": 2}, "verdict": "eligible"}]},
            "did you mean “age”?",
        ),
        ({"examples": []}, "no example of the verdict eligible"),
    ],
)
def test_each_mistake_is_told_in_one_line_with_its_place(
    tmp_path: Path, change: dict[str, Any], message: str
) -> None:
    found = problems(tmp_path, {**GOOD, **change})
    assert any(message in line for line in found), found
    for line in found:
        assert re.match(r"schemes/body/aid\.yml:[1-9][0-9]*:[1-9][0-9]*: \S", line)


def test_the_place_is_that_of_the_mistake(tmp_path: Path) -> None:
    root = builders.write(tmp_path, GOOD)
    file = root / "schemes" / "body" / "aid.yml"
    lines = file.read_text(encoding="utf-8").splitlines()
    number = next(i for i, line in enumerate(lines) if '"from": 18' in line)
    lines[number] = lines[number].replace("from", "form")
    file.write_text("\n".join(lines), encoding="utf-8")
    (problem,) = check(root, ON)
    assert (problem.line, problem.column) == (number + 1, lines[number].index('"form"') + 1)


def test_a_missing_text_in_latin_darija_is_only_a_warning(tmp_path: Path) -> None:
    (line,) = problems(tmp_path, {**GOOD, "name": {"fr": "mot", "ary": "كلمة"}})
    assert ": warning: " in line
    assert eligibility.load(tmp_path / "catalogue").schemes["aid"].name["fr"] == "mot"


def test_implications_that_go_round_or_contradict_themselves_are_told(tmp_path: Path) -> None:
    round_about = [
        {"when": {"stage": "idea"}, "then": {"legal_form": "none"}},
        {"when": {"legal_form": "none"}, "then": {"stage": "idea"}},
    ]
    assert any("cycle" in line for line in problems(tmp_path, GOOD, implies=round_about))
    absurd = [{"when": {"stage": "idea"}, "then": {"stage": "none"}}]
    assert any("contradicts itself" in line for line in problems(tmp_path, GOOD, implies=absurd))


def test_a_fact_that_lacks_its_question_is_told(tmp_path: Path) -> None:
    facts = {**builders.FACTS, "extra": {"type": "bool", "label": builders.WORD}}
    assert any("needs “ask”" in line for line in problems(tmp_path, GOOD, facts=facts))


def test_loading_raises_all_problems_at_once(tmp_path: Path) -> None:
    bad = {**GOOD, "status": "opened", "requires": [{"agee": 1}]}
    with pytest.raises(eligibility.CatalogueError) as caught:
        eligibility.load(builders.write(tmp_path, bad))
    assert len(caught.value.problems) == 2


def _damaged(text: str, chance: random.Random) -> str:
    """Return a text with one small thing wrong, as a hand or a merge leaves it."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    kind = chance.randrange(7)
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines.insert(at, lines[chance.randrange(len(lines))])
    elif kind == 2:
        lines[at] = chance.choice(["  ", " ", ""]) + lines[at].lstrip()
    elif kind == 3:
        lines[at] = re.sub(r":.*", ": " + chance.choice(
            ["", "null", "[]", "{}", "[1, [2]]", "{a: {b: c}}", "-1", "true", "1e9", "9" * 25,
             "2026-02-30", "'", "*x", "!!x 1", "{from: x}", "{not: {not: 3}}"]
        ), lines[at])  # fmt: skip
    elif kind == 4:
        words = re.findall(r"[\w-]+", lines[at]) or ["x"]
        lines[at] = lines[at].replace(
            chance.choice(words), chance.choice(["zzz", "from", "any", ""])
        )
    elif kind == 5:
        cut = chance.randrange(len(lines[at]) + 1)
        lines[at] = lines[at][:cut]
    else:
        lines[at] = lines[at].replace('"', "", 1)
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(60))
def test_no_damage_to_a_file_makes_check_fall_over(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    rich = scheme(
        "rich",
        {"person": [{"age": {"from": 18}, "margin": {"test": {"from": 16}}}],
         "employer": [{"id": "form", "any": [{"legal_form": "company"},
                                             {"stage": "idea", "counts": "margin"}]}]},
        gives=[{"kind": "grant", "share": {"from": 1, "to": 2}, "text": builders.WORD}],
        local=[{"within": "fes", "requires": {"age": None}, "opens": "2026-01-01"}],
        documents=["cin", {"id": "rib", "when": [{"registered": True}]}],
        steps=[builders.WORD], deadline=builders.WORD,
        examples=[{"date": "2026-01-01", "profile": {"age": 20}, "verdict": "eligible"}],
    )  # fmt: skip
    root = builders.write(tmp_path, GOOD, rich)
    file = chance.choice(sorted(root.rglob("*.yml")))
    text = file.read_text(encoding="utf-8")
    for _ in range(4):
        file.write_text(_damaged(text, chance), encoding="utf-8")
        for problem in check(root, ON):
            assert problem.line >= 1
            assert "\n" not in problem.message


REAL = Path(eligibility.__file__).parent.parent / "catalogue"


@pytest.mark.parametrize("seed", range(6))
def test_no_damage_to_our_own_catalogue_makes_check_fall_over(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    root = tmp_path / "catalogue"
    shutil.copytree(REAL, root)
    file = chance.choice(sorted(root.rglob("*.yml")))
    file.write_text(_damaged(file.read_text(encoding="utf-8"), chance), encoding="utf-8")
    for problem in check(root, ON):
        assert "\n" not in problem.message


def test_our_own_catalogue_has_nothing_to_mend() -> None:
    assert [str(problem) for problem in check(REAL, ON)] == []


@pytest.mark.parametrize(
    ("seat", "message"),
    [
        ([34.0], "must be latitude and longitude"),
        (["north", -5.0], "must be a number"),
        ([-5.0, 341.0], "lies outside the earth"),
    ],
)
def test_a_seat_that_is_no_position_is_named(tmp_path: Path, seat: list[Any], message: str) -> None:
    root = builders.write(tmp_path, GOOD)
    places = {**builders.PLACES}
    places["fes-meknes"] = {"name": builders.WORD, "provinces": {"fes": {"name": builders.WORD}}}
    places["fes-meknes"]["provinces"]["fes"]["seat"] = seat
    (root / "places.yml").write_text(json.dumps(places), encoding="utf-8")
    assert any(message in str(problem) for problem in check(root, ON))
