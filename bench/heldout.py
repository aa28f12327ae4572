"""Messages that training never reads, and how well intents were found in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sklearn.metrics import f1_score

import yamlsource

ROOT = Path(__file__).resolve().parent.parent
HELDOUT = ROOT / "tests" / "language" / "heldout.yml"
WAYS = ("fr", "ary-Latn", "ary", "mixed")


@dataclass(frozen=True)
class Message:
    """One message of the held-out file.

    Attributes:
        text: As a person would type it.
        intent: What it is for.
        way: One of :data:`WAYS`.
        author: Which of its authors wrote it, from 1.
    """

    text: str
    intent: str
    way: str
    author: int


def heldout(path: Path = HELDOUT) -> list[Message]:
    """Return the held-out messages, in the order of the file."""
    return [
        Message(str(each["text"]), each["intent"], each["way"], int(each.get("author", 1)))
        for each in yamlsource.plain(path)
    ]


def examples() -> tuple[list[str], list[str]]:
    """Return the training examples: the texts, and the intent of each."""
    texts: list[str] = []
    intents: list[str] = []
    for block in yamlsource.plain(ROOT / "data" / "nlu.yml")["nlu"]:
        for line in block["examples"].splitlines():
            if line.strip():
                texts.append(line.strip().removeprefix("-").strip())
                intents.append(block["intent"])
    return texts, intents


def macro_f1(messages: Sequence[Message], found: Sequence[str]) -> float:
    """Return the mean over the intents that are meant of how well each was found, 0 to 1."""
    meant = [message.intent for message in messages]
    return float(f1_score(meant, found, average="macro", labels=sorted(set(meant))))


def by_way(messages: Sequence[Message], found: Sequence[str]) -> list[float]:
    """Return macro-F1 for each way of writing, then for all messages together."""
    scores = []
    for way in WAYS:
        own = [i for i, message in enumerate(messages) if message.way == way]
        scores.append(macro_f1([messages[i] for i in own], [found[i] for i in own]))
    return [*scores, macro_f1(messages, found)]


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)
