"""Our pipeline on other people's intent data, without a change of code.

``python -m bench.public_sets TRAIN.csv TEST.csv`` takes two CSV files with the columns ``text`` and
``intent`` (others are left alone), runs ``rasa train nlu`` on the first with our ``config.yml`` and
prints macro-F1 on the second, beside the idea of a stock Rasa pipeline. Nothing is downloaded.
"""

from __future__ import annotations

import asyncio
import csv
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import structlog
import yaml
from rasa.core.agent import Agent
from sklearn.metrics import f1_score

from bench.ablation import Examples, stock
from bench.heldout import ROOT, table


def main() -> None:
    """Print the table."""
    if len(sys.argv) != 3:
        raise SystemExit("usage: python -m bench.public_sets TRAIN.csv TEST.csv")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    train, test = (rows(Path(name)) for name in sys.argv[1:])
    texts, intents = zip(*test, strict=True)
    with tempfile.TemporaryDirectory() as folder:
        found = ours(train, texts, Path(folder))
    lines = [
        ["stock idea", f"{score(intents, stock(train)(texts)):.3f}"],
        ["our config.yml", f"{score(intents, found):.3f}"],
    ]
    known = len(set(intents))
    print(f"{len(train)} examples, {len(test)} messages, {known} intents.\n")
    print(table(["", "macro-F1"], lines))


def rows(file: Path) -> list[tuple[str, str]]:
    """Return the (text, intent) rows of a CSV file."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [(row["text"], row["intent"]) for row in csv.DictReader(lines)]


def ours(train: Examples, texts: Sequence[str], folder: Path) -> list[str]:
    """Train with the stock command and our config; return the intent found in each text."""
    blocks: dict[str, list[str]] = {}
    for text, intent in train:
        blocks.setdefault(intent.replace("/", " "), []).append(" ".join(text.split()))
    nlu = [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in some)}
        for intent, some in blocks.items()
    ]
    data = folder / "nlu.yml"
    data.write_text(yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True))
    command = [sys.executable, "-m", "rasa", "train", "nlu", "--nlu", str(data), "--quiet"]
    command += ["--config", str(ROOT / "config.yml"), "--out", str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "RASA_TELEMETRY_ENABLED": "false"}
    subprocess.run(command, cwd=folder, env=environment, check=True)
    agent = Agent.load(str(next(folder.glob("*.tar.gz"))))

    async def all_of_them() -> list[str]:
        parsed = [await agent.parse_message(text) for text in texts]
        # our rules of context know our intents alone: the ranking is what was learnt here
        return [each["intent_ranking"][0]["name"] for each in parsed]

    return asyncio.run(all_of_them())


def score(meant: Sequence[str], found: Sequence[str]) -> float:
    """Return macro-F1 over the intents that are meant."""
    return float(f1_score(meant, found, average="macro", labels=sorted(set(meant))))


if __name__ == "__main__":
    main()
