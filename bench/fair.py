"""``make bench``: what others feel while one visitor does all they can, behind a trusted proxy.

Ordinary people write every half second, each from an address of their own. How long they wait
is measured alone, and while one address sends 300 messages at once, 5,000 characters of gibberish,
deeply nested ``/intent{…}``, or opens 2,000 sessions.
"""

from __future__ import annotations

import http.client
import json
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from bench.served import HOST, Served, our_way
from bench.turns import MESSAGES, percentile, timed

OTHERS = 6
SECONDS = 12.0
PAUSE = 0.5
HOSTILE = 8
"""Connections that the hostile visitor uses at once."""

GIBBERISH = "xqz fgh wlk 3jj " * 320
DEEP = "/inform" + '{"a": ' * 800 + "1" + "}" * 800
ADDRESS = {"X-Forwarded-For": "203.0.113.9"}

Attack = Callable[[http.client.HTTPConnection, str], int]
"""Sends one request with a token; returns the status."""


def main() -> int:
    """Measure and print a table; return the exit code."""
    print("| meanwhile one visitor… | others' p50 (ms) | p95 (ms) | p95 against alone | answers |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, our_way(Path(folder)) as served:
        meanwhile(served, None)  # so that everything is loaded
        alone = percentile(meanwhile(served, None)[0], 95)
        for name, attack in ATTACKS.items():
            times, statuses = meanwhile(served, attack)
            p95 = percentile(times, 95)
            told = ", ".join(f"{n} × {status}" for status, n in sorted(statuses.items()))
            print(
                f"| {name} | {percentile(times, 50):.1f} | {p95:.1f} | {p95 / alone:.2f}x "
                f"| {told or '–'} |",
                flush=True,
            )
    return 0


def meanwhile(served: Served, attack: Attack | None) -> tuple[list[float], Counter[int]]:
    """Return how long others waited, and what the hostile visitor was answered."""
    says = [served.talk() for _ in range(OTHERS)]
    times: list[float] = []
    statuses: Counter[int] = Counter()
    over = threading.Event()

    def person(number: int) -> None:
        time.sleep(number * PAUSE / OTHERS)
        turn = number
        until = time.perf_counter() + SECONDS
        while time.perf_counter() < until:
            times.append(timed(says[number], MESSAGES[turn % len(MESSAGES)]))
            turn += 1
            time.sleep(PAUSE)

    def hostile(attack: Attack) -> None:
        line = http.client.HTTPConnection(HOST, served.ports[0], timeout=60)
        token = ""
        while not over.is_set():
            if not token:
                status, answer = send(line, "/chat/sessions", {}, {})
                token = answer.get("token", "") if status == 201 else "none"
            statuses[attack(line, token)] += 1

    people = [threading.Thread(target=person, args=(number,)) for number in range(OTHERS)]
    enemies = (
        [threading.Thread(target=hostile, args=(attack,)) for _ in range(HOSTILE)] if attack else []
    )
    for thread in [*people, *enemies]:
        thread.start()
    for thread in people:
        thread.join()
    over.set()
    for thread in enemies:
        thread.join()
    return times, statuses


def send(
    line: http.client.HTTPConnection, path: str, body: object, headers: dict[str, str]
) -> tuple[int, dict[str, str]]:
    """Send a request from the hostile address; return status and answer, whatever they are."""
    try:
        line.request(
            "POST",
            path,
            json.dumps(body),
            {"Content-Type": "application/json", **ADDRESS, **headers},
        )
        response = line.getresponse()
        return response.status, json.loads(response.read() or b"{}")
    except (http.client.HTTPException, OSError):
        line.close()
        return 0, {}


def _message(body: dict[str, str]) -> Attack:
    def attack(line: http.client.HTTPConnection, token: str) -> int:
        message = {"id": uuid.uuid4().hex, **body}
        return send(line, "/chat/messages", message, {"Authorization": f"Bearer {token}"})[0]

    return attack


ATTACKS: dict[str, Attack | None] = {
    "is not there": None,
    "sends hundreds of messages at once": _message({"text": "bghit da3m"}),
    "sends 5,000 characters of gibberish": _message({"text": GIBBERISH}),
    "sends 2,000 characters of gibberish": _message({"text": GIBBERISH[:1999]}),
    "sends deep /intent{…} as text": _message({"text": DEEP[:1999]}),
    "sends deep /intent{…} as a button": _message({"payload": DEEP[:1999]}),
    "opens thousands of sessions": lambda line, _: send(line, "/chat/sessions", {}, {})[0],
}


if __name__ == "__main__":
    sys.exit(main())
