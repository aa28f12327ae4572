from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.address import CannotServe, check_address
from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


def test_a_port_in_use_is_said_in_one_sentence_before_anything_is_loaded() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "bot", "run"],
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
            timeout=60,
            env={**os.environ, "PORT": str(port)},
        )
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert f"Port {port} on 127.0.0.1 is in use" in done.stderr
    assert f"PORT={port + 1}" in done.stderr


def test_a_host_that_is_not_this_machine_is_named() -> None:
    with pytest.raises(CannotServe, match=r"Cannot listen on 192\.0\.2\.1"):
        check_address(Settings(host="192.0.2.1"))


def test_a_free_port_is_left_free() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    check_address(Settings(port=str(port)))
    check_address(Settings(port=str(port)))
