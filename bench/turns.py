"""``make bench``: our server against the same model run the stock way, in one run.

The stock way is ``rasa run`` with ``rasa run actions``, Rasa's own SQLite tracker store and its
``rest`` channel. Both servers answer the same messages, person by person in turn, so that a
noisy machine is noisy for both. With ``STOCK=full`` the stock way runs in an environment of its
own with everything that Rasa installs, TensorFlow included (2.7 GB, made once in ``.tools/stock``).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

import yamlsource
from bench.served import ROOT, Say, Served, our_way, stock_way

SESSIONS = 5
_SAID = yamlsource.plain(Path(__file__).with_name("messages.yml"))
MESSAGES = tuple(map(str, _SAID["turns"]))
PLAIN = tuple(map(str, _SAID["plain"]))
"""Messages whose action only says a line of domain.yml."""
AT_ONCE = (1, 10, 50)
LONG = 300
"""Turns of the long talk; its last round of messages is set against its second."""
PACE = 0.55  # seconds: a session may send two a second


def main() -> int:
    """Measure and print tables; return the exit code."""
    python = full_environment() if os.environ.get("STOCK") == "full" else sys.executable
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        ours = stack.enter_context(our_way(Path(folder)))
        stock = stack.enter_context(stock_way(Path(folder), python))
        both = (ours, stock)
        if python != sys.executable:
            stock.name = "stock, full"
        times: list[tuple[list[float], list[float]]] = [([], []) for _ in both]
        for _ in range(SESSIONS):
            for (plain, engine), served in zip(times, both, strict=True):
                say = served.talk()
                for text in MESSAGES:
                    (plain if text in PLAIN else engine).append(timed(say, text))
        print(f"| | {ours.name} | {stock.name} | ratio |\n|---|---|---|---|")
        _row("ready after (s)", ours.ready_after, stock.ready_after)
        for place, what in enumerate(("a line of domain.yml", "an action with the engine")):
            for percent in (50, 95, 99):
                one, other = (percentile(kinds[place], percent) for kinds in times)
                _row(f"a turn, {what}, p{percent} (ms)", one, other)
        for people in AT_ONCE:
            one, other = (turns_a_second(served.talk, people) for served in both)
            _row(f"turns a second, {people} at once", one, other, more=True)
        _row("resident memory (MB)", ours.memory, stock.memory)
        one, other = long_talk(both)
        _row(f"turn {LONG} against turn 10 (times)", one, other)
    return 0


def timed(say: Say, text: str) -> float:
    """Return the milliseconds that a turn took."""
    started = time.perf_counter()
    say(text)
    return (time.perf_counter() - started) * 1000


def percentile(times: Sequence[float], percent: int) -> float:
    """Return what ``percent`` of 100 are within."""
    if percent == 50:
        return statistics.median(times)
    return statistics.quantiles(times, n=100, method="inclusive")[percent - 1]


def turns_a_second(talk: Callable[[], Say], people: int, times: list[float] | None = None) -> float:
    """Return the turns a second of ``people`` who all write, each as soon as they are answered."""
    rounds = 2 if people < 5 else 1
    says = [talk() for _ in range(people)]
    gate = threading.Barrier(people + 1)
    taken: list[float] = [] if times is None else times

    def person(say: Say) -> None:
        gate.wait()
        for text in MESSAGES[:8] * rounds:
            taken.append(timed(say, text))

    threads = [threading.Thread(target=person, args=(say,)) for say in says]
    for thread in threads:
        thread.start()
    gate.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    return people * 8 * rounds / (time.perf_counter() - started)


def long_talk(both: Sequence[Served]) -> list[float]:
    """Return, for each, how much longer a turn takes after `LONG` than after a few."""
    says = [served.talk() for served in both]
    times: list[list[float]] = [[] for _ in both]
    for number in range(LONG):
        text = MESSAGES[number % len(MESSAGES)]
        for say, own in zip(says, times, strict=True):
            own.append(timed(say, text))
        time.sleep(PACE)
    # the same 16 messages on either side, so that only the length of the talk differs
    size = len(MESSAGES)
    start = LONG - LONG % size - size
    return [
        statistics.median(own[start : start + size]) / statistics.median(own[size : 2 * size])
        for own in times
    ]


def full_environment() -> str:
    """Return the interpreter of an environment with everything Rasa installs; make it if missing."""
    python = ROOT / ".tools" / "stock" / "bin" / "python"
    if not python.exists():
        uv = str(ROOT / ".tools" / "bin" / "uv")
        subprocess.run(
            [uv, "venv", "--quiet", "--python", sys.executable, str(python.parents[1])], check=True
        )
        install = [uv, "pip", "install", "--quiet", "--python", str(python)]
        subprocess.run([*install, "-r", str(ROOT / "requirements.in")], check=True)
    return str(python)


def _row(what: str, ours: float, stock: float, more: bool = False) -> None:
    ratio = ours / stock if more else stock / ours
    print(f"| {what} | {ours:.1f} | {stock:.1f} | {ratio:.1f}x |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
