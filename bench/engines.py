"""PostgreSQL and Redis of this machine, for benches and tests: on loopback, in a new folder."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "mouwakib"


def free_port() -> int:
    """Return a port of the loopback address that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def postgres_folder() -> Path | None:
    """Return where PostgreSQL's programs are; None where it is not installed."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    found = installed[0] if installed else shutil.which("initdb")
    return None if found is None else Path(found).parent


def redis_program() -> str | None:
    """Return the program of Redis; None where it is not installed."""
    return shutil.which("redis-server")


class Engine:
    """A server that can be stopped and started again with what it holds."""

    def __init__(self, command: list[str], url: str, port: int, account: str | None = None) -> None:
        self._command = command
        self._account = account
        self._port = port
        self._process: subprocess.Popen[bytes] | None = None
        self.url = url

    def start(self) -> None:
        """Start it and wait until it takes connections."""
        self._process = subprocess.Popen(
            self._command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=self._account,
            cwd="/",
        )
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self._port), 1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError(f"{self._command[0]} did not start")

    def stop(self) -> None:
        """Stop it at once, connections and all."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)  # PostgreSQL: do not wait for clients
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None


@contextmanager
def postgres() -> Iterator[Engine]:
    """Run a PostgreSQL of its own with an empty database."""
    programs = postgres_folder()
    assert programs is not None
    # PostgreSQL refuses to run as root; its package brings an account.
    account = "postgres" if os.getuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        folder = Path(name)
        if account:
            shutil.chown(folder, account)
        data, port = folder / "data", free_port()
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "-N"],
            check=True,
            capture_output=True,
            user=account,
            cwd="/",
        )
        command = [
            str(programs / "postgres"), "-D", str(data), "-p", str(port),
            "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}",
        ]  # fmt: skip
        engine = Engine(command, f"postgresql://{USER}@127.0.0.1:{port}/postgres", port, account)
        engine.start()
        _wait_for_postgres(programs, port)
        try:
            yield engine
        finally:
            engine.stop()


def _wait_for_postgres(programs: Path, port: int) -> None:
    ready = [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    until = time.monotonic() + 30
    while subprocess.run(ready, check=False).returncode and time.monotonic() < until:
        time.sleep(0.05)


@contextmanager
def redis() -> Iterator[Engine]:
    """Run a Redis of its own that keeps nothing on disk."""
    program, port = redis_program(), free_port()
    assert program is not None
    command = [
        program,
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--appendonly",
        "no",
    ]
    engine = Engine(command, f"redis://127.0.0.1:{port}/0", port)
    engine.start()
    try:
        yield engine
    finally:
        engine.stop()
