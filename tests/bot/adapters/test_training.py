from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot import settings
from bot.rasa import training

TINY = Path(__file__).with_name("tiny")


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house with the tiny bot's data."""
    (tmp_path / "data").mkdir()
    (tmp_path / "catalogue").mkdir()
    (tmp_path / "catalogue" / "facts.yml").write_text("facts: {}\n")
    for name in ("config.yml", "domain.yml"):
        shutil.copy(TINY / name, tmp_path)
    for name in ("rules.yml", "nlu.yml"):
        shutil.copy(TINY / name, tmp_path / "data")
    models = tmp_path / "models"
    monkeypatch.setattr(settings, "ROOT", tmp_path)
    monkeypatch.setattr(settings, "MODELS", models)
    monkeypatch.setattr(training, "MODEL", models / "mouwakib.tar.gz")
    monkeypatch.setattr(training, "_FINGERPRINT", models / "mouwakib.fingerprint")
    return tmp_path


def test_a_model_is_current_until_what_it_is_made_of_changes(house: Path) -> None:
    assert not training.is_current()
    training.train()
    assert training.is_current()
    for name in ("README.md", "catalogue/facts.yml"):  # read when the server starts
        (house / name).write_text("words: 1\n")
        assert training.is_current(), name
    for name in ("config.yml", "domain.yml", "data/nlu.yml"):
        before = (house / name).read_text()
        (house / name).write_text(before + "# changed\n")
        assert not training.is_current(), name
        (house / name).write_text(before)
        assert training.is_current(), name


def test_a_model_file_that_is_no_longer_whole_is_trained_anew(house: Path) -> None:
    training.train()
    model = house / "models" / "mouwakib.tar.gz"
    whole = model.read_bytes()
    for broken in (whole[:-100], whole[:500] + b"?" + whole[501:], b""):
        model.write_bytes(broken)
        assert not training.is_current()
    model.unlink()
    assert not training.is_current()


def test_training_keeps_only_the_newest_model(house: Path) -> None:
    (house / "models").mkdir()
    (house / "models" / "20200101-old.tar.gz").write_bytes(b"old")
    training.train()
    assert [path.name for path in sorted((house / "models").iterdir())] == [
        "mouwakib.fingerprint",
        "mouwakib.tar.gz",
    ]
    assert training.newest_model() == house / "models" / "mouwakib.tar.gz"


def test_data_that_cannot_be_trained_on_is_an_error_and_the_old_model_stays(house: Path) -> None:
    (house / "models").mkdir()
    (house / "models" / "mouwakib.tar.gz").write_bytes(b"old")
    (house / "domain.yml").write_text("intents: [greet")
    with pytest.raises(training.TrainingError):
        training.train()
    assert (house / "models" / "mouwakib.tar.gz").read_bytes() == b"old"
    assert not training.is_current()


def test_a_model_of_rasa_train_is_served_when_it_is_the_newest(house: Path) -> None:
    assert training.newest_model() is None
    (house / "models").mkdir()
    (house / "models" / "20260101-stock.tar.gz").write_bytes(b"x")
    newest = training.newest_model()
    assert newest is not None
    assert newest.name == "20260101-stock.tar.gz"
