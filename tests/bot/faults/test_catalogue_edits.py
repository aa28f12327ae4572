"""The catalogue is edited while the server runs."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from actions import knowledge
from bot.rasa.edits import Edits
from bot.rasa.nlu import reader
from bot.settings import ROOT


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    copy = tmp_path / "catalogue"
    shutil.copytree(ROOT / "catalogue", copy)
    monkeypatch.setenv("CATALOGUE", str(copy))
    _forget()
    yield copy
    _forget()


def _forget() -> None:
    for cached in (knowledge.catalogue, knowledge.wording, reader.understanding):
        cached.cache_clear()


async def test_a_bad_edit_changes_nothing_and_the_log_says_why(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    edits, before = Edits(folder), knowledge.catalogue()
    facts = folder / "facts.yml"
    for mistake in ("facts: [", "nonsense: 1\n"):
        facts.write_text(mistake)
        with caplog.at_level(logging.ERROR):
            assert not await edits.take()
        assert knowledge.catalogue() is before
        assert "facts.yml" in caplog.text
        caplog.clear()
    assert not await edits.take(), "a mistake is told once, not every two seconds"
    assert caplog.text == ""


async def test_a_good_edit_is_in_force_without_a_restart(folder: Path) -> None:
    edits, before = Edits(folder), knowledge.catalogue()
    assert not await edits.take()
    scheme = folder / "schemes" / "anapec" / "tahfiz.yml"
    scheme.write_text(scheme.read_text().replace("status: open", "status: suspended", 1))
    assert await edits.take()
    assert (before.schemes["tahfiz"].status, knowledge.catalogue().schemes["tahfiz"].status) == (
        "open",
        "suspended",
    )
    assert reader.understanding() is not None
    assert not await edits.take()
