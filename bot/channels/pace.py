"""How fast we may send: each message is told how long to wait, in the order they come."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

REMEMBERED = 20_000
"""Keys remembered at most; beyond that the one longest unused is forgotten."""


class Pace:
    """For each key ``burst`` at once, then ``per_second``; who comes first goes first.

    Args:
        burst: How many go at once after a rest.
        per_second: How many a second after that.
        clock: Seconds, never going back.
    """

    def __init__(
        self, burst: float, per_second: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._burst = burst
        self._per_second = per_second
        self._clock = clock
        self._left: OrderedDict[int, tuple[float, float]] = OrderedDict()

    def take(self, key: int = 0) -> float:
        """Take the next place in the line of ``key``; return the seconds until it has come."""
        now = self._clock()
        left, since = self._left.pop(key, (self._burst, now))
        left = min(self._burst, left + (now - since) * self._per_second) - 1
        self._left[key] = (left, now)
        while len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        return max(0.0, -left / self._per_second)
