"""docs/catalogue.md, followed to the letter: its files, its commands, its mistake."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from eligibility.cli import main

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "catalogue.md").read_text(encoding="utf-8")
FILE = re.compile(r"^`(catalogue/\S+)`[^\n]*\n\n```yaml\n(.*?)^```$", re.M | re.S)
SHOWN = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)
CHANGE = re.compile(r"^```diff\n-(.*)\n\+(.*)\n```$", re.M)
MISTAKE = re.compile(r"^```text\n(\S+\.yml:\d+:\d+: .*)\n```$", re.M)
CALL = ".venv/bin/python -m eligibility "


def files() -> dict[str, str]:
    """Return the files of the page; blocks of one name stand below each other."""
    found: dict[str, str] = {}
    for name, block in FILE.findall(GUIDE):
        found[name] = found.get(name, "") + block
    return found


def commands() -> Iterator[tuple[str, list[str]]]:
    for block in SHOWN.findall(GUIDE):
        first, *output = block.splitlines()
        yield first.removeprefix("$ "), output


@pytest.fixture
def followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project's folder as a counsellor has it after step 5."""
    shutil.copytree(ROOT / "catalogue", tmp_path / "catalogue")
    for name, content in files().items():
        assert not (ROOT / name).exists(), "the page must add something new"
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CATALOGUE", "catalogue")
    monkeypatch.setenv("MOUWAKIB_TODAY", "2026-11-24")
    return tmp_path


def test_every_command_of_the_page_says_what_the_page_says(
    followed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = []
    for command, shown in commands():
        assert command.startswith(CALL)
        arguments = shlex.split(command.removeprefix(CALL))
        ran.append(arguments[0])
        assert main(arguments) == 0, capsys.readouterr()
        said = capsys.readouterr().out
        assert matches(shown, said.splitlines()), f"{command} says:\n{said}"
    assert ran == ["check", "explain", "match", "review"]


def matches(shown: list[str], said: list[str]) -> bool:
    """Return whether the output is as shown, where … stands for any lines.

    French puts a no-break space before some marks, which looks like a space on the page.
    """
    pattern = "".join(r"(?:.*\n)*?" if line == "…" else re.escape(line) + r"\n" for line in shown)
    text = "".join(f"{line}\n" for line in said).replace("\N{NO-BREAK SPACE}", " ")
    return re.fullmatch(pattern, text) is not None


def test_the_mistake_of_the_page_gives_exactly_the_line_of_the_page(
    followed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ((before, after),) = CHANGE.findall(GUIDE)
    (message,) = MISTAKE.findall(GUIDE)
    file = followed / message.partition(":")[0]
    content = file.read_text(encoding="utf-8")
    assert content.count(before) == 1
    file.write_text(content.replace(before, after), encoding="utf-8")
    assert main(["check"]) == 1
    assert capsys.readouterr().out.splitlines() == [message]
    line, column = message.split(":")[1:3]
    assert f"Line {line} of that file" in GUIDE
    assert f"at its column {column}" in GUIDE


def test_the_example_has_every_verdict_and_every_part_the_page_promises() -> None:
    (content,) = files().values()
    for verdict in ("eligible", "possible", "undetermined", "ineligible"):
        assert f"verdict: {verdict}\n" in content
    for key in ("sources", "requires", "gives", "documents", "steps", "where", "examples"):
        assert re.search(rf"^{key}:", content, re.M)
    for form in ("margin:", "any:", "label:"):
        assert form in content
