"""The limits of several server processes, counted together in Redis (``REDIS_URL``).

Where Redis is away, each process counts by itself until it is back: people are served, and nobody
gets more than the number of processes times the limit.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from hashlib import sha256

from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.channels.web_limits import Buckets, Rate

logger = logging.getLogger(__name__)

PATIENCE = 0.25
"""Seconds that a request waits for Redis."""

PAUSE = 5.0
"""Seconds for which Redis is not asked again once it did not answer."""

# A token bucket by Redis's own clock: one for all processes. Times are in seconds.
_TAKE = """
local burst, rate = tonumber(ARGV[1]), tonumber(ARGV[2])
local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
local kept = redis.call('HMGET', KEYS[1], 'level', 'since')
local level, since = tonumber(kept[1]) or burst, tonumber(kept[2]) or now
level = math.min(burst, level + math.max(0, now - since) * rate)
local wait = 0
if level >= 1 then level = level - 1 else wait = math.ceil((1 - level) / rate) end
redis.call('HSET', KEYS[1], 'level', tostring(level), 'since', tostring(now))
redis.call('EXPIRE', KEYS[1], math.ceil(burst / rate) + 1)
return wait
"""


class SharedLimits:
    """Counts in Redis what each process would otherwise count for itself."""

    def __init__(self, url: str) -> None:
        """Use the Redis at ``url``; it is first spoken to when a limit is asked for."""
        self._redis: Redis = Redis.from_url(
            url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
        )
        self._take = self._redis.register_script(_TAKE)
        self._away_until = 0.0

    def buckets(self, name: str, rate: Rate) -> SharedBuckets:
        """Return the buckets called ``name``, the same ones for every process."""
        return SharedBuckets(self._ask, name, rate)

    async def close(self) -> None:
        """Let go of Redis."""
        await self._redis.close()

    async def _ask(self, key: str, rate: Rate) -> int | None:
        """Take a token of ``key``; None when Redis is away."""
        if time.monotonic() < self._away_until:
            return None
        try:
            return int(await self._take(keys=[key], args=[rate.burst, rate.per_second]))
        except (RedisError, OSError) as error:
            self._away_until = time.monotonic() + PAUSE
            logger.warning("Redis is away (%s): limits are counted by process", error)
            return None


class SharedBuckets:
    """One token bucket for each key, in Redis; by itself while Redis is away."""

    def __init__(
        self, ask: Callable[[str, Rate], Awaitable[int | None]], name: str, rate: Rate
    ) -> None:
        self._ask = ask
        self._name = name
        self._rate = rate
        self._own = Buckets(rate)

    async def take(self, key: str) -> int:
        """Take one token of ``key``; return 0, or the whole seconds to wait when it has none."""
        digest = sha256(key.encode("utf-8")).hexdigest()[:32]
        seconds = await self._ask(f"mouwakib:{self._name}:{digest}", self._rate)
        return self._own.take_now(key) if seconds is None else seconds
