"""The command line: exit codes, one-line errors, and the JSON other programs read."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from eligibility.cli import main
from tests.eligibility import builders
from tests.eligibility.builders import scheme


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MOUWAKIB_TODAY", "2026-11-24")
    rules = [{"age": {"from": 18, "to": 35}, "source": ["LAW"]}, {"registered": True}]
    return builders.write(tmp_path, scheme("aid", rules), scheme("other", {
        "person": [{"age": {"from": 18}}], "employer": [{"legal_form": "company"}]}))  # fmt: skip


def output(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["match", *arguments, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_the_json_of_match_has_exactly_the_agreed_shape(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = output(capsys, "{birth_date: 1999-05-12, registered: false}", "--catalogue", str(root))
    assert list(found) == ["on", "schemes", "next_question", "undecided", "contradictions"]
    assert found["on"] == "2026-11-24"
    by_id = {one["id"]: one for one in found["schemes"]}
    assert by_id["aid"] == {
        "id": "aid",
        "verdict": "ineligible",
        "status": "open",
        "reasons": [
            {"condition": "age", "facts": ["age"], "outcome": "holds", "source": ["LAW"]},
            {"condition": "registered", "facts": ["registered"], "outcome": "fails", "source": []},
        ],
        "missing": [],
        "changes": [{"registered": True}],
        "window": None,
    }
    assert [part["condition"] for part in by_id["other"]["reasons"][0]["parts"]] == ["age"]


def test_contradictions_are_reported_with_both_statements(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = output(capsys, '{"stage": "idea", "employees": 4}', "--catalogue", str(root))
    assert found["contradictions"] == [
        {"fact": "employees", "statements": [{"employees": 4}, {"stage": "idea"}]}
    ]


def test_a_profile_comes_from_a_file_from_standard_input_or_inline(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    where = ("--catalogue", str(root), "--on", "2026-01-01")
    inline = output(capsys, "age: 20", *where)
    file = tmp_path / "profile.yml"
    file.write_text("age: 20\n", encoding="utf-8")
    assert output(capsys, str(file), *where) == inline
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"age": 20}')))
    assert output(capsys, "-", *where) == inline
    assert inline["on"] == "2026-01-01"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["match", "{agee: 27}"], "agee"),
        (["match", "{age: 200}"], "age"),
        (["match", "nosuchfile.yml"], "nosuchfile.yml"),
        (["match", "{age: 27"], "YAML"),
        (["match", "{age: 27}", "--on", "someday"], "someday"),
        (["match", "{age: 27}", "--lang", "en"], "en"),
        (["match", "{age: 27}", "--catalogue", "/no/such/place"], "/no/such/place"),
        (["match"], "profile"),
        (["explain", "aidd", "{}"], "did you mean “aid”?"),
        (["nonsense"], "nonsense"),
        ([], "COMMAND"),
        (["review", "--region", "fes-mekness"], "did you mean “fes-meknes”?"),
        (["schema", "fact"], "did you mean “facts”?"),
    ],
)
def test_a_wrong_call_is_said_in_one_line(
    root: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.setenv("CATALOGUE", str(root))
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err
    assert captured.err.count("\n") == 1


def test_a_wrong_catalogue_ends_with_1_and_names_the_place(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    builders.write(root.parent, scheme("bad", [{"agee": 1}]))
    assert main(["check", str(root)]) == 1
    assert "bad.yml:" in capsys.readouterr().out
    assert main(["match", "{age: 2}", "--catalogue", str(root)]) == 1
    assert "bad.yml:" in capsys.readouterr().err


@pytest.mark.parametrize("language", ["fr", "ary", "ary-Latn"])
def test_match_and_explain_speak_every_language(
    root: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    place = ["--catalogue", str(root), "--lang", language]
    assert main(["match", "{age: 20}", *place]) == 0
    assert main(["explain", "aid", "{age: 20}", *place]) == 0
    said = capsys.readouterr().out
    expected = {"fr": "18 à 35 ans", "ary": "من 18 حتى ل 35 عام", "ary-Latn": "mn 18 7ta l 35 3am"}
    assert expected[language] in said


def test_the_interview_asks_until_all_is_decided(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["?", "young", "20", "1"])
    monkeypatch.setattr("builtins.input", lambda _prompt="": next(answers))
    assert main(["interview", "--catalogue", str(root)]) == 0
    said = capsys.readouterr().out
    assert "Je n'ai pas compris" in said
    assert "vous remplissez les conditions publiées" in said


def test_the_schema_describes_conditions_by_the_facts_of_the_catalogue(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["schema", "--catalogue", str(root)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"age", "any", "at_least", "margin"} <= set(found["$defs"]["condition"]["properties"])
