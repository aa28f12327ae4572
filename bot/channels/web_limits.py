"""How fast a session or an address may go: token buckets in memory, bounded in number."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

BUCKETS = 20_000
"""Buckets kept of one kind; beyond that the one longest unused is dropped (and so refilled)."""


@dataclass(frozen=True)
class Rate:
    """``burst`` at once, then ``per_second``."""

    burst: float
    per_second: float

    def __post_init__(self) -> None:
        if self.burst < 1 or self.per_second <= 0:
            raise ValueError("A limit must allow at least one at a time and refill.")


@dataclass(frozen=True)
class Limits:
    """The limits of the web channel, with the defaults of the HTTP contract."""

    session_messages: Rate = Rate(burst=20, per_second=2)
    address_sessions: Rate = Rate(burst=60, per_second=1)
    address_messages: Rate = Rate(burst=50, per_second=50)


class Buckets:
    """One token bucket for each key.

    Args:
        rate: What each key may do.
        capacity: How many keys are remembered.
        clock: Seconds, never going back.
    """

    def __init__(
        self,
        rate: Rate,
        capacity: int = BUCKETS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rate = rate
        self._capacity = capacity
        self._clock = clock
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._levels)

    def take(self, key: str) -> int:
        """Take one token of ``key``; return 0, or the whole seconds to wait when it has none."""
        moment = self._clock()
        level, since = self._levels.pop(key, (self._rate.burst, moment))
        level = min(self._rate.burst, level + (moment - since) * self._rate.per_second)
        allowed = level >= 1
        self._levels[key] = (level - 1 if allowed else level, moment)
        while len(self._levels) > self._capacity:
            self._levels.popitem(last=False)
        return 0 if allowed else math.ceil((1 - level) / self._rate.per_second)
