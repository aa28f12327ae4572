"""Ways of running the assistant, for benches and tests: processes, how to talk to them, memory.

Only addresses of this machine are spoken to. Everybody who talks has an address of their own, as
behind a proxy that the server trusts, so that the limits of one address do not bind the bench.
"""

from __future__ import annotations

import http.client
import itertools
import json
import os
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
HOST = "127.0.0.1"
READY_WITHIN = 180.0  # seconds; generous, for a machine that is busy
PATIENCE = 600.0  # seconds for an answer: the slow way of running is waited for too

Say = Callable[[str], bool]
"""Sends one text and waits for the answer; whether there was something in it."""

_people = itertools.count(1)


@dataclass
class Served:
    """One way of running the bot."""

    name: str
    processes: list[subprocess.Popen[bytes]]
    talk: Callable[[], Say]
    ports: Sequence[int]
    ready_after: float = 0.0

    @property
    def memory(self) -> float:
        """Resident memory of all its processes, in MB."""
        return sum(_resident(process.pid) for process in self.processes)


@contextmanager
def our_way(folder: Path, count: int = 1, **settings: str) -> Iterator[Served]:
    """Run ``count`` processes of our server until the end of the block, data in ``folder``."""
    ports = [free_port() for _ in range(count)]
    environment = {
        "DATABASE_URL": f"sqlite:///{folder}/ours.db",
        "TRUSTED_PROXIES": HOST,
        "TELEGRAM_BOT_TOKEN": "",
        **settings,
    }
    command = [sys.executable, "-m", "bot", "run"]
    commands = [(command, {**environment, "PORT": str(port)}) for port in ports]
    turns = itertools.cycle(ports)
    with _running(folder / "ours.log", *commands) as processes:
        served = Served("make run", processes, lambda: our_person(ports, next(turns)), ports)
        yield when_ready(served, folder / "ours.log", len(ports))


def our_person(ports: Sequence[int], first: int) -> Say:
    """Return a new person; with several processes, each message goes to the next one."""
    number = next(_people)
    address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    order = itertools.cycle([first, *(port for port in ports if port != first)])
    lines = {port: http.client.HTTPConnection(HOST, port, timeout=PATIENCE) for port in ports}
    headers = {"X-Forwarded-For": address}
    _, opened = post(lines[first], "/chat/sessions", {}, headers)
    headers["Authorization"] = f"Bearer {opened['token']}"

    def say(text: str) -> bool:
        message = {"id": uuid.uuid4().hex, "text": text}
        line = lines[next(order)]
        while True:
            status, answer = post(line, "/chat/messages", message, headers)
            if status == 200:
                return bool(answer["messages"])
            time.sleep(0.5)  # too fast: once more, with the same id

    return say


@contextmanager
def stock_way(folder: Path, python: str = sys.executable) -> Iterator[Served]:
    """Run Rasa's server and action server, with the ``rest`` channel that ours leaves out.

    Args:
        folder: Where its files go.
        python: The interpreter of the environment to run.
    """
    port, actions = free_port(), free_port()
    endpoints, credentials = folder / "endpoints.yml", folder / "credentials.yml"
    endpoints.write_text(
        f'action_endpoint: {{url: "http://{HOST}:{actions}/webhook"}}\n'
        f"tracker_store: {{type: SQL, dialect: sqlite, db: {folder}/stock.db}}\n"
    )
    credentials.write_text("rest:\n")
    rasa = [python, "-m", "rasa", "run"]
    server = [
        *rasa, "-i", HOST, "--port", str(port), "--model", "models",
        "--endpoints", str(endpoints), "--credentials", str(credentials),
    ]  # fmt: skip
    action_server = [*rasa, "actions", "--port", str(actions)]
    quiet = {"RASA_TELEMETRY_ENABLED": "false"}
    with _running(folder / "stock.log", (server, quiet), (action_server, quiet)) as processes:

        def talk() -> Say:
            connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
            sender = uuid.uuid4().hex

            def say(text: str) -> bool:
                message = {"sender": sender, "message": text}
                return bool(post(connection, "/webhooks/rest/webhook", message, {})[1])

            return say

        yield when_ready(Served("stock", processes, talk, [port]), folder / "stock.log")


@contextmanager
def _running(
    log: Path, *commands: tuple[list[str], dict[str, str]]
) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Start processes, and stop them whatever happens."""
    with log.open("wb") as out:
        processes = [
            subprocess.Popen(command, cwd=ROOT, env={**os.environ, **more}, stdout=out, stderr=out)
            for command, more in commands
        ]
        try:
            yield processes
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()


def when_ready(served: Served, log: Path, answers: int = 1) -> Served:
    """Wait until ``answers`` people in a row are answered; counts from the start."""
    started = time.perf_counter()
    answered = 0
    while answered < answers:
        try:
            if not served.talk()("salam"):
                raise ConnectionError("the action server is not up yet")
        except (OSError, http.client.HTTPException) as error:
            over = time.perf_counter() - started > READY_WITHIN
            if over or any(process.poll() is not None for process in served.processes):
                raise SystemExit(
                    f"{served.name} does not answer: {error}\n{log.read_text()}"
                ) from None
            answered = 0
            time.sleep(0.05)
        else:
            answered += 1
    served.ready_after = time.perf_counter() - started
    return served


def post(
    connection: http.client.HTTPConnection, path: str, body: object, headers: dict[str, str]
) -> tuple[int, Any]:
    """Send JSON; return the status (200, 201 or 429) and the answer.

    Raises:
        http.client.HTTPException: The answer is another error.
    """
    connection.request(
        "POST", path, json.dumps(body), {"Content-Type": "application/json", **headers}
    )
    response = connection.getresponse()
    content = response.read()
    if response.status >= 400 and response.status != 429:
        raise http.client.HTTPException(f"{path}: {response.status} {content[:200]!r}")
    return response.status, json.loads(content)


def _resident(pid: int) -> float:
    """Return the resident memory of a process in MB."""
    done = subprocess.run(
        ["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True
    )
    return int(done.stdout) / 1024


def free_port() -> int:
    """Return a port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
