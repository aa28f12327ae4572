"""How well numbers and places are read in messages that were written without looking at the readers.

``python -m bench.readers`` reads ``tests/language/heldout_readers.yml`` and prints, for each kind and
way of writing, how many messages are read exactly: everything that was said, and nothing else.
``python -m bench.readers --misses`` also prints what was read otherwise.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

import yamlsource
from language import FactReader, read

ROOT = Path(__file__).resolve().parent.parent
HELDOUT = ROOT / "tests" / "language" / "heldout_readers.yml"
MESSAGES = ROOT / "tests" / "language" / "heldout.yml"
KINDS = ("money", "ages", "birth_years", "durations", "places", "numbers")
WAYS = ("fr", "ary-Latn", "ary", "mixed")


def main(arguments: list[str]) -> None:
    """Print the tables."""
    items = yamlsource.plain(HELDOUT)
    print(f"| kind | {' | '.join(WAYS)} | all |")
    print("|---" * (len(WAYS) + 2) + "|")
    for kind in KINDS:
        cells = [_cell(kind, [item for item in items if item["way"] == way]) for way in WAYS]
        print(f"| {kind} | {' | '.join(cells)} | {_cell(kind, items)} |")
    if "--misses" in arguments:
        for item in items:
            for kind in KINDS:
                if kind in item and not _right(kind, item):
                    print(
                        f"{kind}: {item['text']}\n  said {item[kind]}\n  read {_read(kind, item)}"
                    )
    print(f"\nReading a message, facts included: {_speed():.2f} ms at the median.")


def _read(kind: str, item: dict[str, Any]) -> Any:
    return read(str(item["text"])).to_json()[kind]


def _right(kind: str, item: dict[str, Any]) -> bool:
    return bool(_read(kind, item) == item[kind])


def _cell(kind: str, items: list[dict[str, Any]]) -> str:
    tested = [item for item in items if kind in item]
    if not tested:
        return "-"
    right = sum(_right(kind, item) for item in tested)
    return f"{right / len(tested):.3f} ({right} of {len(tested)})"


def _speed() -> float:
    """Return the milliseconds for everything that is read in a message never read before."""
    catalogue = ROOT / "catalogue"
    facts = FactReader(
        yamlsource.plain(catalogue / "facts.yml"), yamlsource.plain(catalogue / "places.yml")
    )
    taken = []
    for message in yamlsource.plain(MESSAGES):
        started = time.perf_counter()
        read(str(message["text"]))
        facts.read(str(message["text"]))
        taken.append(time.perf_counter() - started)
    return median(taken) * 1000


if __name__ == "__main__":
    main(sys.argv[1:])
