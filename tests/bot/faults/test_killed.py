"""A real server that is killed, stopped, or not alone on its database."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from bench.served import ROOT, free_port
from bot.rasa import training

pytestmark = pytest.mark.slow

WITHIN = 90  # seconds; generous, for a machine that is busy


class Server:
    def __init__(self, folder: Path, slow: float = 0.0) -> None:
        self.address = f"http://127.0.0.1:{(port := free_port())}"
        self.log = folder / f"{port}.log"
        environment = {
            **os.environ,
            "PORT": str(port),
            "SLOW": str(slow),
            "DATABASE_URL": f"sqlite:///{folder}/talks.db",
            "TELEGRAM_BOT_TOKEN": "",
        }
        command = [sys.executable, "-m", "tests.bot.faults.slow_server"]
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=output, stderr=output
            )

    def wait(self) -> None:
        self._until(self._healthy)

    def wait_for(self, word: str) -> None:
        self._until(lambda: word in self.log.read_text())

    def _until(self, holds: Any) -> None:
        until = time.monotonic() + WITHIN
        while not holds():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.05)

    def _healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def call(self, method: str, path: str, body: Any = None, token: str = "") -> tuple[int, Any]:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data, method=method)
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        try:
            with urllib.request.urlopen(request, timeout=WITHIN) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())

    def open(self) -> str:
        return str(self.call("POST", "/chat/sessions", {})[1]["token"])

    def say(self, token: str, id_: str, text: str) -> tuple[int, Any]:
        return self.call("POST", "/chat/messages", {"id": id_, "text": text}, token)

    def said(self, token: str) -> list[str]:
        messages = self.call("GET", "/chat/messages", token=token)[1]["messages"]
        return [message["text"] for message in messages if message["from"] == "person"]


@contextmanager
def running(*servers: Server) -> Iterator[None]:
    try:
        for server in servers:
            server.wait()
        yield
    finally:
        for server in servers:
            if server.process.poll() is None:
                server.process.kill()
            server.process.wait()


@pytest.fixture(scope="module", autouse=True)
def model() -> None:
    training.train_if_changed()


def words(answer: Any) -> str:
    return "\n".join(message["text"] for message in answer["messages"])


def test_killed_in_the_middle_of_a_turn_the_retry_gets_one_answer_and_the_profile_is_whole(
    tmp_path: Path,
) -> None:
    killed = Server(tmp_path, slow=60)
    with running(killed):
        token = killed.open()
        assert killed.say(token, "a", "j'ai 27 ans")[0] == 200
        lost = threading.Thread(target=_quietly, args=(killed, token))
        lost.start()
        killed.wait_for("THINKING")
        killed.process.send_signal(signal.SIGKILL)
        lost.join(WITHIN)
    again = Server(tmp_path)
    with running(again):
        status, first = again.say(token, "b", "attends")
        assert (status, again.say(token, "b", "attends")) == (200, (200, first))
        assert again.said(token) == ["j'ai 27 ans", "attends"]
        assert "27" in words(again.say(token, "c", "que savez-vous de moi ?")[1])


def _quietly(server: Server, token: str) -> None:
    with suppress(OSError):  # the server is killed
        server.say(token, "b", "attends")


def test_stopped_during_a_turn_the_turn_is_finished_and_then_the_server_ends(
    tmp_path: Path,
) -> None:
    server = Server(tmp_path, slow=2)
    with running(server):
        token = server.open()
        answers: list[tuple[int, Any]] = []
        turn = threading.Thread(target=lambda: answers.append(server.say(token, "a", "attends")))
        turn.start()
        server.wait_for("THINKING")
        server.process.terminate()
        turn.join(WITHIN)
        assert server.process.wait(WITHIN) == 0
        assert [status for status, _ in answers] == [200]
    again = Server(tmp_path)
    with running(again):
        assert again.say(token, "a", "attends") == answers[0]


def test_two_servers_on_one_file_take_every_turn_once(tmp_path: Path) -> None:
    one, other = Server(tmp_path), Server(tmp_path)
    with running(one, other):
        token = one.open()
        assert one.say(token, "a", "j'ai 27 ans")[0] == 200
        assert "27" in words(other.say(token, "b", "que savez-vous de moi ?")[1])
        answers: list[tuple[int, Any]] = []
        calls = [(server, f"same{number}") for number in range(4) for server in (one, other)]
        threads = [
            threading.Thread(target=lambda s=server, i=id_: answers.append(s.say(token, i, i)))  # type: ignore[misc]
            for server, id_ in calls
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(WITHIN)
        assert [status for status, _ in answers] == [200] * 8
        assert len({json.dumps(answer) for _, answer in answers}) == 4
        assert sorted(one.said(token)[2:]) == [f"same{number}" for number in range(4)]
