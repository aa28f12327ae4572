"""A PostgreSQL of a test's own, from the machine's packages; its socket lies in a folder."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.server import free_port


def program(name: str) -> str | None:
    """Return where a program of PostgreSQL is; None where the machine has none."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(installed[-1]) if installed else None)


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Run a server on a free loopback port; yields the address of an empty database."""
    port, user = free_port(), "postgres"
    data = folder / "pg"
    initdb, pg_ctl = program("initdb"), program("pg_ctl")
    assert initdb
    assert pg_ctl
    as_user: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        as_user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
        for one in (folder, *folder.parents[:2]):
            one.chmod(0o755)
        data.mkdir()
        shutil.chown(data, "nobody")
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
    subprocess.run([*as_user, initdb, "-D", data, "-U", user, "-A", "trust", "-N"], **quiet)
    options = f"-p {port} -k {data} -c listen_addresses=127.0.0.1 -c fsync=off"
    log = ["-l", str(data / "log")]
    subprocess.run([*as_user, pg_ctl, "-D", data, "-w", "-o", options, *log, "start"], **quiet)
    try:
        yield f"postgresql://{user}@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*as_user, pg_ctl, "-D", data, "-m", "fast", "stop"], **quiet)
