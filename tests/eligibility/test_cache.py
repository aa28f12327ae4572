"""A compiled catalogue is kept between calls, and never used when anything has changed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import eligibility
from eligibility import cache, loading
from eligibility.output import as_json
from tests.eligibility import builders
from tests.eligibility.builders import scheme

PERSON = {"age": 20, "province": "fes", "stage": "idea", "seeking": ["job"]}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MOUWAKIB_TODAY", "2026-11-24")
    rules: list[Any] = [
        {"age": {"from": 18}, "margin": {"test": {"from": 16}}, "source": "LAW"},
        {"id": "form", "any": [{"legal_form": "company"}, {"seeking": "job"}]},
        {"education": {"from": "primary"}},
    ]
    local = [{"within": "fes", "requires": {"age": {"age": {"from": 21}}}}]
    return builders.write(tmp_path, scheme("aid", rules, local=local))


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every time the files themselves are read."""
    found: list[object] = []
    read = loading.load

    def counted(path: Any = None) -> eligibility.Catalogue:
        found.append(path)
        return read(path)

    monkeypatch.setattr(loading, "load", counted)
    return found


def verdicts(catalogue: eligibility.Catalogue) -> dict[str, Any]:
    return as_json(catalogue.match(PERSON))


def test_the_second_time_nothing_is_read_and_everything_is_the_same(
    root: Path, readings: list[object]
) -> None:
    first = verdicts(cache.load(root))
    kept = cache.load(root)
    assert len(readings) == 1
    assert verdicts(kept) == first == verdicts(eligibility.load(root))
    assert kept.schemes["aid"].sources["LAW"].title == "A law"


def test_any_change_is_seen_even_of_one_letter_in_the_same_second(
    root: Path, readings: list[object]
) -> None:
    cache.load(root)
    file = root / "schemes" / "body" / "aid.yml"
    before = file.stat()
    file.write_text(file.read_text("utf-8").replace('"from": 21', '"from": 19'), "utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert cache.load(root).match(PERSON).verdicts[0].reasons[0].outcome == "holds"
    builders.write(root.parent, scheme("more"))
    assert set(cache.load(root).schemes) == {"aid", "more"}
    assert len(readings) == 3


def test_other_code_or_another_python_reads_anew(
    root: Path, readings: list[object], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cache.load(root)
    monkeypatch.setattr(sys, "version", "3.99.0")
    cache.load(root)
    (tmp_path / "new.py").write_text("")
    monkeypatch.setattr(cache, "_CODE", (*cache._CODE, tmp_path))
    cache.load(root)
    assert len(readings) == 3


def test_a_catalogue_checked_later_is_not_used_for_an_earlier_day(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.load(root)
    monkeypatch.setenv("MOUWAKIB_TODAY", "2025-01-01")
    with pytest.raises(eligibility.CatalogueError, match="lies in the future"):
        cache.load(root)


@pytest.mark.parametrize("damage", [b"", b"nonsense", None])
def test_a_damaged_file_is_ignored_and_replaced(
    root: Path, readings: list[object], cache_home: Path, damage: bytes | None
) -> None:
    cache.load(root)
    (file,) = (cache_home / "mouwakib").iterdir()
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2] if damage is None else damage)
    assert set(cache.load(root).schemes) == {"aid"}
    cache.load(root)
    assert len(readings) == 2


def test_what_others_may_write_is_never_read(
    root: Path, readings: list[object], cache_home: Path
) -> None:
    cache.load(root)
    (file,) = (cache_home / "mouwakib").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    file.chmod(0o666)
    cache.load(root)
    (cache_home / "mouwakib").chmod(0o777)
    cache.load(root)
    assert len(readings) == 3


def test_without_a_folder_to_write_in_all_works_as_before(root: Path, cache_home: Path) -> None:
    (cache_home / "mouwakib").write_text("a file where the folder should be")
    assert set(cache.load(root).schemes) == {"aid"}


def test_mistakes_are_told_and_nothing_is_kept(root: Path, cache_home: Path) -> None:
    builders.write(root.parent, scheme("bad", [{"agee": 1}]))
    for _ in range(2):
        with pytest.raises(eligibility.CatalogueError):
            cache.load(root)
    assert not (cache_home / "mouwakib").exists()
    with pytest.raises(NotADirectoryError):
        cache.load(root / "nowhere")


def test_only_a_few_are_kept(tmp_path: Path, cache_home: Path) -> None:
    for number in range(cache._MOST_KEPT + 3):
        cache.load(builders.write(tmp_path / str(number), scheme("aid")))
    assert len(list((cache_home / "mouwakib").iterdir())) == cache._MOST_KEPT


def test_two_calls_at_once_both_answer(root: Path, cache_home: Path) -> None:
    command = [sys.executable, "-m", "eligibility", "match", "{age: 20}", "--json"]
    both = [
        subprocess.Popen([*command, "--catalogue", str(root)], stdout=subprocess.PIPE)
        for _ in range(4)
    ]
    answers = [json.loads(process.communicate()[0]) for process in both]
    assert all(answer == answers[0] for answer in answers)
    assert len(list((cache_home / "mouwakib").iterdir())) == 1
