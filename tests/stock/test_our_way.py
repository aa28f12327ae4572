"""The server of ``make run``, started as a process."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bench.served import our_way
from bot.rasa import training
from tests.network import calls_out, network_guard

pytestmark = pytest.mark.slow


def test_the_server_says_where_it_answers_calls_nobody_and_stops_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    training.train_if_changed()
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)
    for name, value in network_guard(tmp_path).items():
        monkeypatch.setenv(name, value)
    with our_way(tmp_path) as served:
        say = served.talk()
        assert say("salam")
        assert say("ana 3ndi 27 3am")
        assert served.memory < 380
        process = served.processes[0]
        stopping = time.monotonic()
        process.terminate()
        assert process.wait(20) == 0
        assert time.monotonic() - stopping < 10
    log = (tmp_path / "ours.log").read_text()
    assert "Mouwakib answers at http://127.0.0.1:" in log
    assert "Telegram is off" in log
    assert "TELEGRAM_BOT_TOKEN=" in log
    assert "Traceback" not in log
    assert calls_out(tmp_path) == []
