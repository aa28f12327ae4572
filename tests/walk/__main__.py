"""``python -m tests.walk``: many conversations at random; prints what went wrong, by kind."""

from __future__ import annotations

import argparse
import logging
import os
import re
import sys
from collections import defaultdict

from tests.walk.talks import Talk, Walk

SHOWN = 3
"""So many examples of each kind of failure are printed."""


def main() -> int:
    """Lead the conversations; 1 when anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.walk", description=__doc__)
    parser.add_argument("--talks", type=int, default=500, help="how many (500)")
    parser.add_argument("--turns", type=int, default=30, help="messages of each person (30)")
    parser.add_argument("--seed", default="walk", help="another seed, other people")
    parser.add_argument("--show", metavar="TALK", help="print this one conversation whole")
    asked = parser.parse_args()
    logging.disable(logging.ERROR)
    walk = Walk()
    if asked.show:
        talk = walk.talk(asked.show, asked.turns)
        print("\n".join(talk.lines))
        return bool(talk.failures)
    talks = [walk.talk(f"{asked.seed}-{n}", asked.turns) for n in range(asked.talks)]
    failed = [talk for talk in talks if talk.failures]
    _report(failed)
    print(f"{asked.talks} conversations of {asked.turns} turns, {len(failed)} with failures")
    return bool(failed)


def _report(failed: list[Talk]) -> None:
    kinds: dict[str, list[str]] = defaultdict(list)
    for talk in failed:
        for number, failure in talk.failures:
            kind = re.split(r"[:=]| after ", failure, maxsplit=1)[0]
            kinds[kind].append(f"{talk.seed} turn {number}: {failure}")
    for kind, found in sorted(kinds.items(), key=lambda item: -len(item[1])):
        print(f"{kind}: {len(found)}")
        print("\n".join(f"    {line}" for line in found[:SHOWN]))


if __name__ == "__main__":
    os.environ.setdefault("MOUWAKIB_TODAY", "2026-11-24")
    sys.exit(main())
