"""``make bench``: what others feel while one visitor does all they can, behind a trusted proxy.

Ordinary people write every half second, each from an address of their own. How long they wait is
measured by turns alone and while one address sends 300 messages at once, gibberish, deeply nested
``/intent{…}``, or opens 2,000 sessions. The visitor's requests are made in a process of their own,
which gives way to the server: in life it is another machine.
"""

from __future__ import annotations

import http.client
import json
import multiprocessing
import os
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.served import HOST, Served, our_way
from bench.turns import MESSAGES, percentile, timed

OTHERS = 6
SECONDS = 8.0
PAUSE = 0.5
GIBBERISH = "xqz fgh wlk 3jj " * 320
DEEP = "/inform" + '{"a": ' * 800 + "1" + "}" * 800


@dataclass(frozen=True)
class Attack:
    """What a hostile visitor does.

    Attributes:
        name: How the table calls it.
        connections: Requests under way at once.
        body: The message to send, without its id; None: sessions are opened.
        sessions: In how many conversations the messages are sent.
    """

    name: str
    connections: int
    body: dict[str, str] | None = None
    sessions: int = 8


ATTACKS = (
    Attack("sends 300 messages at once, again and again", 300, {"text": "bghit da3m"}, sessions=1),
    Attack("sends messages in eight talks at once", 80, {"text": "bghit da3m"}),
    Attack("sends 5,000 characters of gibberish", 8, {"text": GIBBERISH}),
    Attack("sends 2,000 characters of gibberish", 8, {"text": GIBBERISH[:1999]}),
    Attack("sends deep /intent{…} as text", 8, {"text": DEEP[:1999]}),
    Attack("sends deep /intent{…} as a button", 8, {"payload": DEEP[:1999]}),
    Attack("opens 2,000 sessions", 300),
)


def main() -> int:
    """Measure and print a table; return the exit code."""
    alone: list[float] = []
    meanwhile: list[tuple[Attack, list[float], Counter[int]]] = []
    with tempfile.TemporaryDirectory() as folder, our_way(Path(folder)) as served:
        waits(served, SECONDS / 2)  # so that everything is loaded
        for attack in ATTACKS:
            alone += waits(served, SECONDS)
            meanwhile.append((attack, *attacked(served, attack)))
    p95 = percentile(alone, 95)
    print("| meanwhile one visitor… | others' p50 (ms) | p95 (ms) | p95 against alone | answers |")
    print("|---|---|---|---|---|")
    print(f"| is not there | {percentile(alone, 50):.1f} | {p95:.1f} | 1.00x | – |")
    for attack, times, statuses in meanwhile:
        told = ", ".join(f"{n} × {status or 'none'}" for status, n in sorted(statuses.items()))
        p50, their_p95 = percentile(times, 50), percentile(times, 95)
        ratio = their_p95 / p95
        print(f"| {attack.name} | {p50:.1f} | {their_p95:.1f} | {ratio:.2f}x | {told} |")
    return 0


def waits(served: Served, seconds: float) -> list[float]:
    """Let ordinary people talk for a while; return the milliseconds that each turn took."""
    says = [served.talk() for _ in range(OTHERS)]
    times: list[float] = []

    def person(number: int) -> None:
        time.sleep(number * PAUSE / OTHERS)
        turn = number
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            times.append(timed(says[number], MESSAGES[turn % len(MESSAGES)]))
            turn += 1
            time.sleep(PAUSE)

    _together([threading.Thread(target=person, args=(number,)) for number in range(OTHERS)])
    return times


def attacked(served: Served, attack: Attack) -> tuple[list[float], Counter[int]]:
    """Return how long others waited, and what the hostile visitor was answered."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    hostile = spawn.Process(target=_attack, args=(attack, served.ports[0], there))
    hostile.start()
    here.recv()  # it has its tokens
    times = waits(served, SECONDS)
    here.send(None)
    statuses: Counter[int] = here.recv()
    hostile.join()
    return times, statuses


def _attack(attack: Attack, port: int, pipe: Any) -> None:
    """Attack until told to stop, then tell what was answered."""
    os.nice(10)
    statuses: Counter[int] = Counter()
    tokens = [""]
    address = f"203.0.113.{ATTACKS.index(attack)}"
    if attack.body is not None:
        line = http.client.HTTPConnection(HOST, port, timeout=60)
        tokens = [_send(line, address, None, "")[1] for _ in range(attack.sessions)]
    pipe.send(None)

    def hostile(token: str) -> None:
        line = http.client.HTTPConnection(HOST, port, timeout=60)
        while not pipe.poll():
            statuses[_send(line, address, attack.body, token)[0]] += 1

    _together(
        [
            threading.Thread(target=hostile, args=(tokens[number % len(tokens)],))
            for number in range(attack.connections)
        ]
    )
    pipe.recv()
    pipe.send(statuses)


def _send(
    line: http.client.HTTPConnection, address: str, body: dict[str, str] | None, token: str
) -> tuple[int, str]:
    """Send a message, or open a session; return status and token, whatever they are."""
    path, headers = "/chat/sessions", {"X-Forwarded-For": address}
    sent: dict[str, str] = {}
    if body is not None:
        path, sent = "/chat/messages", {"id": uuid.uuid4().hex, **body}
        headers["Authorization"] = f"Bearer {token}"
    try:
        headers["Content-Type"] = "application/json"
        line.request("POST", path, json.dumps(sent), headers)
        response = line.getresponse()
        answer = response.read()
        return response.status, json.loads(answer)["token"] if response.status == 201 else ""
    except (http.client.HTTPException, OSError):
        line.close()
        return 0, ""


def _together(threads: Sequence[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    sys.exit(main())
