"""Token buckets, and whose address a request has."""

from __future__ import annotations

import pytest

from bot.channels.web_access import Origins, Proxies
from bot.channels.web_limits import Buckets, Rate


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_allows_its_burst_and_then_refills() -> None:
    clock = Clock()
    buckets = Buckets(Rate(burst=3, per_second=2), clock=clock)

    assert [buckets.take_now("a") for _ in range(4)] == [0, 0, 0, 1]
    clock.now += 0.5
    assert [buckets.take_now("a") for _ in range(2)] == [0, 1]


def test_a_bucket_never_holds_more_than_its_burst() -> None:
    clock = Clock()
    buckets = Buckets(Rate(burst=2, per_second=2), clock=clock)
    buckets.take_now("a")
    clock.now += 3600

    assert [buckets.take_now("a") for _ in range(3)] == [0, 0, 1]


def test_the_wait_is_long_enough() -> None:
    clock = Clock()
    buckets = Buckets(Rate(burst=1, per_second=0.1), clock=clock)
    buckets.take_now("a")

    clock.now += buckets.take_now("a")

    assert buckets.take_now("a") == 0


def test_one_key_does_not_slow_another_down() -> None:
    buckets = Buckets(Rate(burst=1, per_second=1), clock=Clock())

    assert [buckets.take_now("a"), buckets.take_now("a"), buckets.take_now("b")] == [0, 1, 0]


def test_the_number_of_buckets_is_bounded_and_the_oldest_goes_first() -> None:
    buckets = Buckets(Rate(burst=1, per_second=1), capacity=2, clock=Clock())
    for key in "abc":
        buckets.take_now(key)

    assert len(buckets) == 2
    assert buckets.take_now("c") > 0
    assert buckets.take_now("a") == 0


def test_a_limit_that_allows_nothing_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Rate(burst=0, per_second=1)


@pytest.mark.parametrize(
    ("trusted", "peer", "forwarded", "client"),
    [
        ([], "198.51.100.7", "203.0.113.9", "198.51.100.7"),
        (["127.0.0.1"], "127.0.0.1", "203.0.113.9", "203.0.113.9"),
        (["127.0.0.1"], "127.0.0.1", None, "127.0.0.1"),
        (["127.0.0.1"], "198.51.100.7", "203.0.113.9", "198.51.100.7"),
        (["127.0.0.1"], "127.0.0.1", "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (["127.0.0.0/8", "10.0.0.0/8"], "127.0.0.1", "203.0.113.9, 10.1.2.3", "203.0.113.9"),
        (["127.0.0.1"], "127.0.0.1", "nonsense", "127.0.0.1"),
        (["127.0.0.1"], "::ffff:127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ([], "2001:db8:1:2:3:4:5:6", None, "2001:db8:1:2::/64"),
    ],
)
def test_only_a_trusted_proxy_is_believed(
    trusted: list[str], peer: str, forwarded: str | None, client: str
) -> None:
    assert Proxies(trusted).client(peer, forwarded) == client


@pytest.mark.parametrize("written", ["www.example.ma", "ftp://example.ma", "https://", "null"])
def test_an_origin_that_is_none_is_refused_at_the_start(written: str) -> None:
    with pytest.raises(ValueError, match="is not an origin"):
        Origins([written])


@pytest.mark.parametrize(
    "origin", ["https://www.example.ma", "HTTPS://WWW.example.ma:443", "https://www.example.ma/"]
)
def test_an_origin_may_be_spelt_in_several_ways(origin: str) -> None:
    assert Origins([origin]).allows("https://www.example.ma", "chat.example.ma")


def test_the_public_address_is_an_allowed_origin_behind_a_proxy() -> None:
    origins = Origins(public_url="https://chat.example.ma/mouwakib/")

    assert origins.allows("https://chat.example.ma", "127.0.0.1:5005")
    assert not origins.allows("https://other.example.ma", "127.0.0.1:5005")


def test_a_star_allows_every_site() -> None:
    assert Origins(["*"]).allows("https://anything.example", "chat.example.ma")
