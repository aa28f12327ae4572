"""Limits of several server processes, in a real Redis."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from bench.engines import Engine, redis, redis_program
from bot.channels import shared_limits
from bot.channels.shared_limits import SharedLimits
from bot.channels.web_limits import Rate

pytestmark = pytest.mark.skipif(redis_program() is None, reason="Redis is not installed")

SLOW = Rate(burst=3, per_second=0.01)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with redis() as running:
        yield running


@pytest.fixture
async def processes(engine: Engine) -> AsyncIterator[list[SharedLimits]]:
    both = [SharedLimits(engine.url), SharedLimits(engine.url)]
    yield both
    for one in both:
        await one.close()


async def test_two_processes_count_together(processes: list[SharedLimits]) -> None:
    one, other = (process.buckets("together", SLOW) for process in processes)
    waits = [await bucket.take("a") for bucket in (one, other, one, other)]
    assert waits[:3] == [0, 0, 0]
    assert 90 <= waits[3] <= 100
    assert await other.take("b") == 0


async def test_a_bucket_refills(processes: list[SharedLimits]) -> None:
    bucket = processes[0].buckets("refill", Rate(burst=1, per_second=20))
    assert await bucket.take("a") == 0
    await asyncio.sleep(0.2)
    assert await bucket.take("a") == 0


async def test_keys_are_not_readable_in_redis_and_expire(processes: list[SharedLimits]) -> None:
    await processes[0].buckets("private", SLOW).take("a-secret-token")
    redis = processes[0]._redis
    [key] = await redis.keys("*private*")
    assert b"secret" not in key
    assert 0 < await redis.ttl(key) <= 302


async def test_without_redis_each_process_counts_and_with_it_again_they_count_together(
    processes: list[SharedLimits], engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_limits, "PAUSE", 0.0)
    one, other = (process.buckets("gone", SLOW) for process in processes)
    assert await one.take("a") == 0
    engine.stop()
    assert [await one.take("a") for _ in range(4)][:3] == [0, 0, 0]
    assert await one.take("a") > 0
    assert await other.take("a") == 0
    engine.start()
    assert [await bucket.take("a") for bucket in (one, other, one)] == [0, 0, 0]
    assert await other.take("a") > 0
