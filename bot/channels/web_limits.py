"""How fast a session or an address may go: token buckets in memory, bounded in number."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

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


class Counter(Protocol):
    """One token bucket for each key."""

    async def take(self, key: str) -> int:
        """Take one token of ``key``; return 0, or the whole seconds to wait when it has none."""


class Counting(Protocol):
    """Where tokens are counted: in this process, or for several together."""

    def buckets(self, name: str, rate: Rate) -> Counter:
        """Return the buckets called ``name``."""

    async def close(self) -> None:
        """Let go of what is used."""


def counting(redis_url: str) -> Counting:
    """Return where tokens are counted: in the Redis at ``redis_url``, or here if it is empty."""
    if not redis_url:
        return OwnLimits()
    from bot.channels.shared_limits import SharedLimits  # the library is loaded only where used

    return SharedLimits(redis_url)


class OwnLimits:
    """Counts in this process."""

    def buckets(self, name: str, rate: Rate) -> Buckets:
        """Return new buckets."""
        return Buckets(rate)

    async def close(self) -> None:
        """Do nothing."""


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

    async def take(self, key: str) -> int:
        """Take one token of ``key``; return 0, or the whole seconds to wait when it has none."""
        return self.take_now(key)

    def take_now(self, key: str) -> int:
        """Do what :meth:`take` does."""
        moment = self._clock()
        level, since = self._levels.pop(key, (self._rate.burst, moment))
        level = min(self._rate.burst, level + (moment - since) * self._rate.per_second)
        allowed = level >= 1
        self._levels[key] = (level - 1 if allowed else level, moment)
        while len(self._levels) > self._capacity:
            self._levels.popitem(last=False)
        return 0 if allowed else math.ceil((1 - level) / self._rate.per_second)
