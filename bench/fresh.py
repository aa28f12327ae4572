"""From a fresh clone to the first answer, and from a second start to an answer.

``python -m bench.fresh`` clones this repository's last commit into a temporary folder, runs
``make run`` there twice, and prints how long each takes until a message is answered. Packages
come from wherever uv finds them: its cache, or the registry it is set up for.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from bench.served import free_port

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 600.0  # seconds
MESSAGE = "salam, 3ndi 27 3am w bghit ndir mchrou3 f fes"
TRAINED = re.compile(r"Trained in (\d+) s")


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="mouwakib-") as name:
        clone = Path(name) / "mouwakib"
        git = shutil.which("git") or "git"
        started = time.monotonic()
        subprocess.run([git, "clone", "--quiet", str(ROOT), str(clone)], check=True)
        first, said = first_answer(clone, started)
        trained = TRAINED.search(said)
        second, _ = first_answer(clone, time.monotonic())
    print("| | seconds |\n|---|---|")
    print(f"| fresh clone to the first answer | {first:.0f} |")
    print(f"| of which training | {trained.group(1) if trained else '?'} |")
    print(f"| second `make run` to the first answer | {second:.1f} |")


def first_answer(clone: Path, started: float) -> tuple[float, str]:
    """Run ``make run`` until a message is answered; return the seconds and what was printed."""
    port = free_port()
    environment = {n: v for n, v in os.environ.items() if not n.startswith(("MAKE", "VIRTUAL_"))}
    environment["PORT"] = str(port)
    log = clone.parent / "log"
    with log.open("w") as output:
        process = subprocess.Popen(
            ["make", "run"],
            cwd=clone,
            env=environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        while time.monotonic() - started < PATIENCE and process.poll() is None:
            if answered(f"http://127.0.0.1:{port}"):
                return time.monotonic() - started, log.read_text()
            time.sleep(0.05)
        raise SystemExit(f"There was no answer:\n{log.read_text()[-2000:]}")
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def answered(address: str) -> bool:
    """Return whether a new person's message is answered now."""
    try:
        token = call(address, "sessions", {}, None)["token"]
        return bool(call(address, "messages", {"id": "1", "text": MESSAGE}, token)["messages"])
    except (URLError, OSError):
        return False


def call(address: str, path: str, body: dict[str, str], token: str | None) -> dict[str, str]:
    """POST to the chat and return what it says."""
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    request = Request(f"{address}/chat/{path}", json.dumps(body).encode(), headers)
    with urlopen(request, timeout=30) as response:
        answer: dict[str, str] = json.loads(response.read())
        return answer


if __name__ == "__main__":
    main()
