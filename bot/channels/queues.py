"""Who waits for whom: one at a time for each key, in the order they came, and not too many."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from math import inf

REMEMBERED = 20_000
"""Keys whose use is remembered; beyond that the one longest unused is forgotten."""

ABOUT_SECONDS = 2.0
"""Whoever was served less long ago counts as being about."""


class TooManyWaitError(Exception):
    """So many wait for this key already that one more would only wait in vain."""


class Queues:
    """A queue for each key, there only while somebody is in it.

    Args:
        length: How many may be in one queue, the one whose turn it is included.
    """

    def __init__(self, length: float = inf) -> None:
        self._length = length
        self._queues: dict[str, tuple[asyncio.Lock, int]] = {}

    def __len__(self) -> int:
        return len(self._queues)

    @asynccontextmanager
    async def turn(self, key: str, rest: Callable[[], float] = lambda: 0.0) -> AsyncIterator[None]:
        """Wait until everybody who came before under ``key`` is done.

        Args:
            key: Whose queue.
            rest: Asked at the end for the seconds after which the next may begin.

        Raises:
            TooManyWaitError: The queue is full.
        """
        lock, inside = self._queues.get(key, (asyncio.Lock(), 0))
        if inside >= self._length:
            raise TooManyWaitError
        self._queues[key] = (lock, inside + 1)
        try:
            await lock.acquire()
        except BaseException:
            self._leave(key)
            raise
        try:
            yield
        finally:
            seconds = rest()
            if seconds > 0:
                asyncio.get_running_loop().call_later(seconds, self._next, key)
            else:
                self._next(key)

    def _next(self, key: str) -> None:
        self._queues[key][0].release()
        self._leave(key)

    def _leave(self, key: str) -> None:
        lock, inside = self._queues[key]
        if inside > 1:
            self._queues[key] = (lock, inside - 1)
        else:
            del self._queues[key]


class Shares:
    """How much of the server's time a key may use while others are about.

    Args:
        burst: Seconds of work at once.
        share: Seconds of work for each second after that.
        clock: Seconds, never going back.
    """

    def __init__(
        self, burst: float, share: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._burst = burst
        self._share = share
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def rest(self, key: str, used: float) -> float:
        """Return the seconds for which ``key`` gives way, having ``used`` so many of work."""
        now = self._clock()
        left, since = self._left.pop(key, (self._burst, now))
        other = next(reversed(self._left), None)
        left = min(self._burst, left + (now - since) * self._share) - used
        if other is None or now - self._left[other][1] > ABOUT_SECONDS:
            left = max(left, 0.0)  # nobody is harmed
        self._left[key] = (left, now)
        while len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        return max(0.0, -left / self._share)
