"""How well messages are understood that training never saw.

``python -m bench.intents`` parses ``tests/language/heldout.yml`` with the model at hand and prints
macro-F1 for each way of writing, how often a confident answer is wrong, and what is confused.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from pathlib import Path
from statistics import median
from typing import Any

import structlog
from rasa.core.agent import Agent
from sklearn.metrics import f1_score

import yamlsource
from bot.rasa.training import newest_model

ROOT = Path(__file__).resolve().parent.parent
HELDOUT = ROOT / "tests" / "language" / "heldout.yml"
WAYS = ("fr", "ary-Latn", "ary", "mixed")
CONFIDENT = 0.7
SHOWN = 8


def main() -> None:
    """Print the tables."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    model = newest_model()
    if model is None:
        raise SystemExit("There is no model: make train first.")
    agent = Agent.load(str(model))
    messages = [{**each, "text": str(each["text"])} for each in yamlsource.plain(HELDOUT)]
    known = trained_on()
    seen = sum(each["text"].strip() in known for each in messages)
    timings = []
    for each in messages:
        started = time.perf_counter()
        parsed = asyncio.run(agent.parse_message(each["text"]))
        timings.append(time.perf_counter() - started)
        each["found"] = parsed["intent"]["name"]
        each["confidence"] = parsed["intent"]["confidence"]
    print(f"{len(messages)} messages, {seen} of them also in the training data.\n")
    print("| way of writing | messages | macro-F1 | right |\n|---|---|---|---|")
    for way in (*WAYS, "all"):
        print(row(way, [m for m in messages if way in (m["way"], "all")]))
    sure = [m for m in messages if m["confidence"] >= CONFIDENT]
    wrong = sum(m["found"] != m["intent"] for m in sure)
    print(f"\nConfident (at least {CONFIDENT}): {len(sure) / len(messages):.0%} of the messages, ")
    print(f"of which wrong: {wrong / len(sure):.1%}. ")
    print(f"Reading a message: {median(timings) * 1000:.1f} ms at the median.\n")
    confused = Counter((m["intent"], m["found"]) for m in messages if m["intent"] != m["found"])
    print("| meant | understood | times |\n|---|---|---|")
    for (meant, found), times in confused.most_common(SHOWN):
        print(f"| {meant} | {found} | {times} |")


def row(way: str, messages: list[dict[str, Any]]) -> str:
    """Return one line of the table."""
    meant = [m["intent"] for m in messages]
    found = [m["found"] for m in messages]
    right = sum(a == b for a, b in zip(meant, found, strict=True)) / len(messages)
    score = f1_score(meant, found, average="macro", labels=sorted(set(meant)))
    return f"| {way} | {len(messages)} | {score:.3f} | {right:.1%} |"


def trained_on() -> set[str]:
    """Return every training example, to say how many held-out messages are among them."""
    blocks = yamlsource.plain(ROOT / "data" / "nlu.yml")["nlu"]
    return {line.removeprefix("- ").strip() for b in blocks for line in b["examples"].splitlines()}


if __name__ == "__main__":
    main()
