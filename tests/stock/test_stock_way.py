"""Rasa's own commands keep working: somebody who knows Rasa needs nothing of ours."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import yamlsource
from bench.served import stock_way
from bot.rasa import training

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


def rasa(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {n: v for n, v in os.environ.items() if not n.startswith("RASA_")}
    return subprocess.run(
        [sys.executable, "-m", "rasa", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=environment,
    )


def test_rasa_data_validate_finds_nothing_to_warn_about() -> None:
    done = rasa("data", "validate", "--fail-on-warnings")
    assert done.returncode == 0, done.stdout + done.stderr


def test_rasa_run_with_rasa_run_actions_answers_a_message(tmp_path: Path) -> None:
    training.train_if_changed()
    with stock_way(tmp_path) as served:
        say = served.talk()
        assert say("salam")
        assert say("ana 3ndi 27 3am")
    log = (tmp_path / "stock.log").read_text()
    assert "Traceback" not in log, log


def test_the_shipped_files_name_no_channel_whose_sender_anybody_can_choose() -> None:
    channels = yamlsource.plain(ROOT / "credentials.yml")
    assert not {"rest", "socketio", "callback"} & set(channels)
    assert all(name.startswith("bot.rasa.") for name in channels)
