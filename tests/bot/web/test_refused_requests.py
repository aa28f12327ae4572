"""What is refused, with which status, and that the server goes on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.channels.web import WebSettings
from bot.channels.web_access import Origins
from bot.channels.web_limits import Limits, Rate
from tests.bot.web.fakes import ChatServer

SITE = "https://www.example.ma"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        b"[" * 20_000,
        b'{"id": "a", "text": "b"',
        b'{"text": "no id"}',
        b'{"id": "a"}',
        b'{"id": "", "text": "b"}',
        b'{"id": 7, "text": "b"}',
        b'{"id": "\\ud800", "text": "b"}',
        b'{"id": "a", "text": ["b"]}',
        b'{"id": "a", "text": null}',
        b'{"id": "a", "payload": {"x": 1}}',
        b'{"id": "a", "text": "b", "payload": "/affirm"}',
    ],
    ids=range(16),
)
def test_a_malformed_message_is_400(server: ChatServer, body: bytes) -> None:
    token = server.open()

    reply = server.call("POST", "/chat/messages", body, token)

    assert (reply.status, reply.error) == (400, "malformed")
    assert server.say(token, "bonjour").status == 200


@pytest.mark.parametrize("text", ["", "   ", "\n\t\r", "\u0000\u202e\u200b\ufeff"])
def test_a_text_with_nothing_in_it_is_400(server: ChatServer, text: str) -> None:
    reply = server.say(server.open(), text)

    assert (reply.status, reply.error) == (400, "empty")


def test_an_id_has_1_to_64_characters(server: ChatServer) -> None:
    token = server.open()

    assert server.say(token, "bonjour", "م" * 64).status == 200
    assert server.say(token, "bonjour", "م" * 65).status == 400


def test_a_text_has_at_most_2000_characters(server: ChatServer) -> None:
    token = server.open()

    assert server.say(token, "خ" * 2000).status == 200
    assert server.say(token, "خ" * 2001).status == 413
    assert server.say(token, "x" * 5000).error == "too_long"


def test_a_huge_body_is_refused_unread(server: ChatServer) -> None:
    token = server.open()

    assert server.call("POST", "/chat/messages", b" " * 60_000, token).status == 413
    assert server.call("POST", "/chat/sessions", b" " * 60_000).status == 413
    assert server.say(token, "bonjour").status == 200


@pytest.mark.parametrize("token", [None, "unknown", "", "é"])
def test_without_a_known_token_it_is_401(server: ChatServer, token: str | None) -> None:
    headers = {} if token is None else {"Authorization": f"Bearer {token}".encode()}

    for method, path in (
        ("POST", "/chat/messages"),
        ("GET", "/chat/messages"),
        ("DELETE", "/chat/sessions"),
    ):
        data = {"id": "a", "text": "b"} if method == "POST" else None
        reply = server.call(method, path, data, headers=headers)  # type: ignore[arg-type]
        assert (reply.status, reply.error) == (401, "no_session")
        assert reply.headers["WWW-Authenticate"] == "Bearer"


def test_an_error_says_in_french_what_is_wrong(server: ChatServer) -> None:
    error = server.say(None, "bonjour").json["error"]

    assert error["message"] == "Cette conversation n’existe pas ou a expiré."


def test_an_unknown_path_and_a_wrong_method_are_json_too(server: ChatServer) -> None:
    assert server.call("GET", "/chat/nothing/here").error == "not_found"
    wrong = server.call("PUT", "/chat/messages", {"id": "a"})
    assert (wrong.status, wrong.error) == (405, "method")
    assert wrong.headers["Allow"] == "POST, GET"


def test_before_the_assistant_is_ready_it_is_503(server: ChatServer) -> None:
    token = server.open()
    server.assistant.ready = False

    opened = server.call("POST", "/chat/sessions")

    assert (opened.status, opened.error) == (503, "not_ready")
    assert int(opened.headers["Retry-After"]) >= 1
    assert server.say(token, "bonjour").status == 503
    assert server.call("DELETE", "/chat/sessions", token=token).status == 503
    assert len(server.history(token)) == 1


def test_health_is_200_only_when_a_turn_can_be_answered(server: ChatServer) -> None:
    server.states["telegram"] = "refused"

    well = server.call("GET", "/health")
    server.assistant.ready = False
    ill = server.call("GET", "/health")

    assert (well.status, ill.status) == (200, 503)
    assert well.json == {
        "live": True,
        "ready": True,
        "channels": {"web": "on", "telegram": "refused"},
    }
    assert ill.json["channels"]["web"] == "starting"


def test_a_database_that_is_away_is_503_and_keeps_the_token(server: ChatServer) -> None:
    token = server.open()
    rename(server, "web_message", "away")
    try:
        assert server.say(token, "bonjour", "a").status == 503
        assert server.call("GET", "/chat/messages", token=token).status == 503
    finally:
        rename(server, "away", "web_message")

    assert server.say(token, "bonjour", "a").status == 200
    assert len(server.history(token)) == 3


def test_a_session_may_burst_and_is_then_told_when_to_come_back(tmp_path: Path) -> None:
    limits = Limits(session_messages=Rate(burst=3, per_second=0.1))
    with ChatServer(tmp_path, WebSettings(limits=limits)) as server:
        token = server.open()

        replies = [server.say(token, f"message {n}", f"id{n}") for n in range(4)]

        assert [reply.status for reply in replies] == [200, 200, 200, 429]
        assert replies[-1].error == "too_fast"
        assert 1 <= int(replies[-1].headers["Retry-After"]) <= 10
        assert server.say(server.open(), "bonjour").status == 200  # the other is not held up


def test_an_address_may_begin_60_sessions_a_minute(server: ChatServer) -> None:
    statuses = [server.call("POST", "/chat/sessions").status for _ in range(60)]
    with ThreadPoolExecutor(10) as pool:
        more = list(pool.map(lambda _: server.call("POST", "/chat/sessions").status, range(10)))

    assert statuses == [201] * 60
    assert more.count(429) >= 4  # one a second comes back meanwhile


def test_other_sites_are_refused_unless_allowed(tmp_path: Path) -> None:
    with ChatServer(tmp_path, WebSettings(origins=Origins([SITE]))) as server:
        assert origin(server, None) == 201
        assert origin(server, SITE) == 201
        assert origin(server, server.url) == 201
        for foreign in ("https://evil.example", f"{SITE}.evil.example", "http://www.example.ma"):
            assert origin(server, foreign) == 403
        assert origin(server, "null") == 403


def test_a_browser_is_told_which_site_may_read_the_answer(tmp_path: Path) -> None:
    with ChatServer(tmp_path, WebSettings(origins=Origins([SITE]))) as server:
        asked = server.call("OPTIONS", "/chat/messages", headers={"Origin": SITE})
        refused = server.call("OPTIONS", "/chat/messages", headers={"Origin": "https://no.ma"})
        answer = server.call("POST", "/chat/sessions", headers={"Origin": SITE})
        error = server.call("GET", "/chat/messages", headers={"Origin": SITE})

        assert asked.status == 204
        assert "Authorization" in asked.headers["Access-Control-Allow-Headers"]
        assert "DELETE" in asked.headers["Access-Control-Allow-Methods"]
        for reply in (asked, answer, error):
            assert reply.headers["Access-Control-Allow-Origin"] == SITE
            assert "Origin" in reply.headers["Vary"]
            assert "Access-Control-Allow-Credentials" not in reply.headers
        assert refused.status == 403
        assert "Access-Control-Allow-Origin" not in refused.headers


def test_nothing_under_chat_may_be_cached_but_the_page(server: ChatServer) -> None:
    assert server.call("POST", "/chat/sessions").headers["Cache-Control"] == "no-store"
    page = server.call("GET", "/chat")
    again = server.call("GET", "/chat", headers={"If-None-Match": page.headers["ETag"]})
    assert again.status == 304


def origin(server: ChatServer, site: str | None) -> int:
    headers = {} if site is None else {"Origin": site}
    return server.call("POST", "/chat/sessions", headers=headers).status


def rename(server: ChatServer, old: str, new: str) -> None:
    import sqlite3

    with sqlite3.connect(server.database_file) as database:
        database.execute(f"alter table {old} rename to {new}")


def test_the_page_is_served_with_a_strict_policy(server: ChatServer) -> None:
    page = server.call("GET", "/chat")

    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    html = page.body.decode()
    assert " style=" not in html
    assert "<script>" not in html
    for name in ("demo.css", "mark.svg"):
        file = server.call("GET", f"/chat/page/{name}")
        assert file.status == 200, name
        assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert server.call("GET", "/chat/page/..%2Fweb.py").status == 404
    assert server.call("GET", "/chat/page/demo.yml").status == 404
