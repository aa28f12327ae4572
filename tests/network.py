"""Notes every address outside this machine that a process asks for."""

from __future__ import annotations

from pathlib import Path

# Python runs a module named sitecustomize before anything else
GUARD = """
import os
import socket

def note(what):
    with open(os.environ["CALLS"], "a") as file:
        file.write(repr(what) + chr(10))

look_up, connect = socket.getaddrinfo, socket.socket.connect

def noting_look_up(host, *rest, **more):
    if host not in (None, "", "127.0.0.1", "localhost", "::1"):
        note(host)
    return look_up(host, *rest, **more)

def noting_connect(self, address):
    if self.family != socket.AF_UNIX and not str(address[0]).startswith("127."):
        note(address)
    return connect(self, address)

socket.getaddrinfo, socket.socket.connect = noting_look_up, noting_connect
"""


def network_guard(folder: Path) -> dict[str, str]:
    """Return the environment in which a Python process is watched."""
    (folder / "sitecustomize.py").write_text(GUARD)
    return {"PYTHONPATH": str(folder), "CALLS": str(folder / "calls")}


def calls_out(folder: Path) -> list[str]:
    """Return the addresses asked for so far."""
    notes = folder / "calls"
    return notes.read_text().splitlines() if notes.exists() else []
