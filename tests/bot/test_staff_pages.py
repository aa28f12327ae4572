"""Who may see the pages for staff."""

from __future__ import annotations

import pytest

from bot.channels.staff_access import may_enter

TOKEN = "wXq3-7Lm0Zt_9RkPbVnYs2Hd"
HERE = {"host": "127.0.0.1:5005"}


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.8.8.8", "::1"])
@pytest.mark.parametrize("host", ["127.0.0.1:5005", "localhost", "localhost:5005", "[::1]:5005"])
def test_this_machine_may(peer: str, host: str) -> None:
    assert may_enter(peer, {"host": host}, "")


@pytest.mark.parametrize(
    ("peer", "headers"),
    [
        ("192.0.2.1", HERE),
        ("192.0.2.1", {**HERE, "x-forwarded-for": "127.0.0.1"}),
        ("127.0.0.1", {**HERE, "x-forwarded-for": "127.0.0.1"}),
        ("127.0.0.1", {**HERE, "forwarded": "for=192.0.2.1"}),
        ("127.0.0.1", {**HERE, "x-real-ip": "192.0.2.1"}),
        ("127.0.0.1", {**HERE, "via": "1.1 proxy"}),
        ("127.0.0.1", {"host": "aide.example.ma"}),
        ("127.0.0.1", {"host": "127.0.0.1.evil.example"}),
        ("127.0.0.1", {"host": "evil.example@localhost.evil.example"}),
        ("127.0.0.1", {"host": "[::1"}),
        ("127.0.0.1", {}),
        ("", HERE),
        ("unix:", HERE),
    ],
)
def test_nobody_else_may_without_the_token(peer: str, headers: dict[str, str]) -> None:
    for admin_token in ("", TOKEN):
        assert not may_enter(peer, headers, admin_token)
        for wrong in ("", "Bearer", "Bearer ", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer é"):
            assert not may_enter(peer, {**headers, "authorization": wrong}, admin_token)


@pytest.mark.parametrize("scheme", ["Bearer", "bearer"])
def test_the_token_opens_from_anywhere(scheme: str) -> None:
    forwarded = {"host": "aide.example.ma", "x-forwarded-for": "192.0.2.1"}
    assert may_enter("192.0.2.1", {**forwarded, "authorization": f"{scheme} {TOKEN}"}, TOKEN)
