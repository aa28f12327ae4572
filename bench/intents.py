"""How well messages are understood that training never saw.

``python -m bench.intents`` (``make eval``) reads ``tests/language/heldout.yml`` with the model at
hand and prints macro-F1 for each way of writing, what is confused, how often a confident answer is
wrong, what each part of the model brings, and how one script serves the other. With ``--write``
the tables also go into ``docs/language.md``.
"""

from __future__ import annotations

import asyncio
import logging
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import median

import structlog
from rasa.core.agent import Agent

from bench import ablation
from bench.heldout import ROOT, WAYS, Message, by_way, examples, heldout, table
from bot.rasa.nlu.intent_model import IntentModel
from bot.rasa.nlu.reader import understanding
from bot.rasa.nlu.spelling import variants
from bot.rasa.training import newest_model

DOCS = ROOT / "docs" / "language.md"
CONFIDENT = 0.7
BINS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 1.01)
SHOWN = 12
ROUNDS = 3

Found = Sequence[tuple[str, float]]
"""For each message the intent that was found, and the confidence."""


def main() -> None:
    """Print the tables, and write them where asked."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    messages = heldout()
    learnt = list(zip(*examples(), strict=True))
    found = read(messages)
    made = {
        "scores": lambda: scores(messages, found, {text.lower() for text, _ in learnt}),
        "confused": lambda: confused(messages, found),
        "calibration": lambda: calibration(messages, found),
        "speed": lambda: speed(messages, learnt),
        "transfer": lambda: ablation.transfer(learnt, messages),
        "parts": lambda: ablation.steps(learnt, messages),
    }
    for name, make in made.items():
        text = make()
        print(f"\n## {name}\n\n{text}", flush=True)
        if "--write" in sys.argv[1:]:
            write(name, text)


def read(messages: Sequence[Message]) -> Found:
    """Read every message with the newest model, as the first of a conversation."""
    model = newest_model()
    if model is None:
        raise SystemExit("There is no model: make train first.")
    agent = Agent.load(str(model))

    async def all_of_them() -> list[tuple[str, float]]:
        parsed = [await agent.parse_message(message.text) for message in messages]
        return [(each["intent"]["name"], each["intent"]["confidence"]) for each in parsed]

    return asyncio.run(all_of_them())


def scores(messages: Sequence[Message], found: Found, known: set[str]) -> str:
    """Return macro-F1 by author and way of writing."""
    rows = []
    for author in (*sorted({m.author for m in messages}), None):
        own = [i for i, m in enumerate(messages) if author in (m.author, None)]
        some = [messages[i] for i in own]
        names = [found[i][0] for i in own]
        seen = sum(m.text.lower() in known for m in some)
        right = sum(m.intent == name for m, name in zip(some, names, strict=True)) / len(some)
        f1 = (f"{score:.3f}" for score in by_way(some, names))
        rows.append([f"author {author}" if author else "all", len(some), seen, *f1, f"{right:.1%}"])
    return table(["", "messages", "also in training", *WAYS, "all ways", "right"], rows)


def confused(messages: Sequence[Message], found: Found) -> str:
    """Return the pairs of intents that are most often taken for one another."""
    pairs = Counter(
        (message.intent, name)
        for message, (name, _) in zip(messages, found, strict=True)
        if message.intent != name
    )
    rows = [[meant, name, times] for (meant, name), times in pairs.most_common(SHOWN)]
    return table(["meant", "understood", "times"], rows)


def calibration(messages: Sequence[Message], found: Found) -> str:
    """Return how often answers of each confidence are right."""
    judged = [(sure, m.intent == name) for m, (name, sure) in zip(messages, found, strict=True)]
    rows = []
    for low, high in pairwise(BINS):
        rights = [right for sure, right in judged if low <= sure < high]
        share = f"{sum(rights) / len(rights):.1%}" if rights else "–"
        rows.append([f"{low:.1f}–{min(high, 1):.1f}", len(rights), share])
    sure = [right for confidence, right in judged if confidence >= CONFIDENT]
    wrong = 1 - sum(sure) / len(sure)
    return (
        table(["confidence", "messages", "right"], rows)
        + f"\n\nConfident (at least {CONFIDENT}): {len(sure) / len(judged):.0%} of the messages, "
        f"of which wrong: {wrong:.1%}."
    )


def speed(messages: Sequence[Message], learnt: ablation.Examples) -> str:
    """Return the processor's time to read one message, without Rasa's own work around it."""
    started = time.process_time()
    texts, intents = zip(*learnt, *variants(learnt, True, 1, seed=0), strict=True)
    model = IntentModel.train(texts, intents)
    training = time.process_time() - started
    reader = understanding()
    rows = []
    for name, work in (
        ("the intent", model.rank),
        ("language, names, facts", reader.read),
        ("both", lambda text: (model.rank(text), reader.read(text))),
    ):
        rounds = [median(timed(work, m.text) for m in messages) for _ in range(ROUNDS)]
        rows.append([f"{name}, median", f"{min(rounds) * 1000:.1f} ms"])
    rows.append([f"training the intent model on {len(texts)} examples", f"{training:.0f} s"])
    return table(["", "processor time"], rows)


def timed(work: Callable[[str], object], text: str) -> float:
    """Return the seconds of the processor that reading one text takes."""
    started = time.process_time()
    work(text)
    return time.process_time() - started


def write(name: str, text: str) -> None:
    """Put a table between its marks in ``docs/language.md``."""
    page = DOCS.read_text()
    marks = rf"<!-- {name} -->.*?<!-- /{name} -->"
    before, after = re.split(marks, page, maxsplit=1, flags=re.DOTALL)
    DOCS.write_text(f"{before}<!-- {name} -->\n\n{text}\n\n<!-- /{name} -->{after}")


if __name__ == "__main__":
    main()
