"""Figures for Prometheus, of this server process; none of them is about a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from bot.noticed import Noticed, Standing

CONTENT_TYPE = CONTENT_TYPE_LATEST
BUCKETS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)
"""Seconds of a turn, from the fastest to what nobody waits for."""


class Metrics:
    """Counters of one server process; with several, Prometheus reads each and adds up.

    Args:
        ready: Whether a turn can be answered now.
    """

    def __init__(self, ready: Callable[[], bool]) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        named: Any = {"namespace": "mouwakib", "registry": self._registry}
        Gauge("ready", "1 when a turn can be answered", **named).set_function(lambda: ready())
        self._turns = Counter("turns", "Turns taken", ["channel", "language"], **named)
        self._failed = Counter("failed_turns", "Turns that ended in an apology", **named)
        self._seconds = Histogram(
            "turn_seconds", "How long a person waits", ["channel"], buckets=BUCKETS, **named
        )
        self._intents = Counter("intents", "What messages were for", ["intent"], **named)
        self._fallbacks = Counter("fallbacks", "Messages not answered, by why", ["why"], **named)
        self._unanswered = Counter(
            "unanswered_intents", "Messages not answered, by likeliest meaning", ["intent"], **named
        )
        self._verdicts = Counter("verdicts", "Verdicts reached", ["scheme", "verdict"], **named)

    def turn(self, noticed: Noticed, brought: Standing) -> None:
        """Count a turn and what it brought."""
        self._turns.labels(noticed.channel, noticed.language).inc()
        self._seconds.labels(noticed.channel).observe(noticed.seconds)
        self._intents.labels(noticed.intent).inc()
        self._failed.inc(noticed.failed)
        if noticed.unclear:
            self._fallbacks.labels(noticed.unclear).inc()
            self._unanswered.labels(noticed.guess or noticed.intent).inc()
        for scheme, verdict in brought.verdicts:
            self._verdicts.labels(scheme, verdict).inc()

    def page(self) -> bytes:
        """Return all figures in the text format of Prometheus."""
        return generate_latest(self._registry)
