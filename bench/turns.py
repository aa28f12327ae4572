"""``make bench``: our server against the same model run the stock way, in one run.

The stock way is ``rasa run`` with ``rasa run actions``, Rasa's own SQLite tracker store and its
``rest`` channel. Both servers answer the same messages, session by session in turn, so that a
noisy machine is noisy for both. Only addresses of this machine are spoken to.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
HOST = "127.0.0.1"
SESSIONS = 5
READY_WITHIN = 120.0  # seconds
MESSAGES = (
    "salam",
    "ana 3ndi 27 3am",
    "je suis à Fès",
    "je suis couturière et j'ai un projet",
    "chnou kayn dyal da3m?",
    "c'est quoi Idmaj",
    "quels papiers",
    "j'ai le bac",
    "non",
    "je ne sais pas",
    "فين نمشي",
    "w la zone rurale?",
    "combien ça donne",
    "pourquoi",
    "merci",
    "je suis une femme",
)  # fewer than a session may send at once


@dataclass
class Served:
    """One way of running the bot: its processes, how to talk to it, and what was measured."""

    name: str
    processes: list[subprocess.Popen[bytes]]
    talk: Callable[[], Callable[[str], bool]]
    ready_after: float = 0.0
    turns: list[float] = field(default_factory=list)

    @property
    def memory(self) -> float:
        """Resident memory of all its processes, in MB."""
        return sum(_resident(process.pid) for process in self.processes)


def main() -> int:
    """Measure and print a table; return the exit code."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        ours = stack.enter_context(our_way(Path(folder)))
        stock = stack.enter_context(stock_way(Path(folder)))
        for _ in range(SESSIONS):
            for served in (ours, stock):
                say = served.talk()
                for text in MESSAGES:
                    started = time.perf_counter()
                    say(text)
                    served.turns.append((time.perf_counter() - started) * 1000)
        print(_table(ours, stock))
    return 0


def _table(ours: Served, stock: Served) -> str:
    both = (ours, stock)
    medians = [statistics.median(served.turns) for served in both]
    slow = [statistics.quantiles(served.turns, n=20)[-1] for served in both]
    rows = [
        ("ready after (s)", ours.ready_after, stock.ready_after),
        ("resident memory (MB)", ours.memory, stock.memory),
        ("a turn, median (ms)", medians[0], medians[1]),
        ("a turn, 95 of 100 within (ms)", slow[0], slow[1]),
    ]
    lines = [f"| | {ours.name} | {stock.name} | ratio |", "|---|---|---|---|"]
    lines += [f"| {what} | {a:.1f} | {b:.1f} | {b / a:.1f}x |" for what, a, b in rows]
    return "\n".join(lines)


@contextmanager
def our_way(folder: Path) -> Iterator[Served]:
    """Run our server until the end of the block, its data in ``folder``."""
    port = free_port()
    environment = {"PORT": str(port), "DATABASE_URL": f"sqlite:///{folder}/ours.db"}
    command = [sys.executable, "-m", "bot", "run"]
    with _running(folder / "ours.log", (command, environment)) as processes:

        def talk() -> Callable[[str], bool]:
            connection = http.client.HTTPConnection(HOST, port, timeout=60)
            token = _post(connection, "/chat/sessions", {})["token"]

            def say(text: str) -> bool:
                message = {"id": uuid.uuid4().hex, "text": text}
                answer = _post(connection, "/chat/messages", message, f"Bearer {token}")
                return bool(answer["messages"])

            return say

        yield _when_ready(Served("make run", processes, talk), folder / "ours.log")


@contextmanager
def stock_way(folder: Path) -> Iterator[Served]:
    """Run Rasa's server and action server, with the ``rest`` channel that ours leaves out."""
    port, actions = free_port(), free_port()
    endpoints, credentials = folder / "endpoints.yml", folder / "credentials.yml"
    endpoints.write_text(
        f'action_endpoint: {{url: "http://{HOST}:{actions}/webhook"}}\n'
        f"tracker_store: {{type: SQL, dialect: sqlite, db: {folder}/stock.db}}\n"
    )
    credentials.write_text("rest:\n")
    rasa = [sys.executable, "-m", "rasa", "run"]
    server = [
        *rasa, "-i", HOST, "--port", str(port), "--model", "models",
        "--endpoints", str(endpoints), "--credentials", str(credentials),
    ]  # fmt: skip
    action_server = [*rasa, "actions", "--port", str(actions)]
    with _running(folder / "stock.log", (server, {}), (action_server, {})) as processes:

        def talk() -> Callable[[str], bool]:
            connection = http.client.HTTPConnection(HOST, port, timeout=60)
            sender = uuid.uuid4().hex

            def say(text: str) -> bool:
                message = {"sender": sender, "message": text}
                return bool(_post(connection, "/webhooks/rest/webhook", message))

            return say

        yield _when_ready(Served("stock", processes, talk), folder / "stock.log")


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


def _when_ready(served: Served, log: Path) -> Served:
    """Wait until a message is answered; the time counts from the start of the processes."""
    started = time.perf_counter()
    while True:
        try:
            if not served.talk()("salam"):
                raise ConnectionError("the action server is not up yet")
        except (OSError, http.client.HTTPException) as error:
            over = time.perf_counter() - started > READY_WITHIN
            if over or any(process.poll() is not None for process in served.processes):
                raise SystemExit(
                    f"{served.name} does not answer: {error}\n{log.read_text()}"
                ) from None
            time.sleep(0.05)
        else:
            served.ready_after = time.perf_counter() - started
            return served


def _post(
    connection: http.client.HTTPConnection, path: str, body: object, authorization: str = ""
) -> Any:
    headers = {"Content-Type": "application/json", "Authorization": authorization}
    connection.request("POST", path, json.dumps(body), {k: v for k, v in headers.items() if v})
    response = connection.getresponse()
    content = response.read()
    if response.status >= 400:
        raise http.client.HTTPException(f"{path}: {response.status} {content[:200]!r}")
    return json.loads(content)


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


if __name__ == "__main__":
    sys.exit(main())
