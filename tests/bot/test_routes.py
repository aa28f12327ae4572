"""Every route the server has, asked for by a stranger: what answers without a credential."""

from __future__ import annotations

import http.client
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from sanic import Sanic

import yamlsource
from bot import settings
from bot.rasa import server, training
from tests.server import ROOT, running

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
FILLED = {"name": "demo.css", "rest": "conversations/web-1/tracker"}
TOKEN = "wXq3-7Lm0Zt_9RkPbVnYs2Hd"

OPEN = {
    "GET /": 302,
    "GET /chat": 200,
    "GET /chat/": 308,
    "GET /chat/widget.js": 200,
    "GET /chat/sheets/sheet.css": 200,
    "GET /handoff": 200,  # an empty form; what it sends needs the token
    "GET /health": 200,
    "GET /health/live": 200,
    "GET /health/ready": 200,
    "POST /chat/sessions": 201,
}
"""What anybody may have. None of it tells anything of anybody."""

FOR_OTHERS = ("x-forwarded-for", "192.0.2.7")
"""How a request looks that a proxy on this machine hands on for a stranger."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("routes")
    with running(folder, ADMIN_TOKEN=TOKEN) as found:
        yield found


@pytest.fixture(scope="module")
def routes(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    """Method and path of every route of the very app that is served."""
    url = f"sqlite:///{tmp_path_factory.mktemp('app')}/t.db"
    model = training.newest_model()
    assert model is not None, "make train"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sanic, "test_mode", True)
        patch.setenv("DATABASE_URL", url)
        app = server.create_app(model, settings.load())
    app.router.finalize()
    found = {
        (method, _filled(f"/{route.path.lstrip('/')}"))
        for route in app.router.routes
        for method in route.methods
    }
    app.ctx.database.close()
    return found


def _filled(path: str) -> str:
    return re.sub(r"<(\w+)(?::[^>]*)?>", lambda found: FILLED.get(found[1], "x"), path)


def ask(
    address: str, method: str, path: str, headers: dict[str, str] | None = None, body: str = ""
) -> tuple[int, dict[str, str], bytes]:
    where = urlsplit(address)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=20)
    try:
        connection.request(method, path, body or None, headers or {})
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def test_a_stranger_gets_only_what_is_meant_for_everybody(
    address: str, routes: set[tuple[str, str]]
) -> None:
    assert {"/metrics", "/report", "/chat/messages", "/chat/export"} <= {p for _, p in routes}
    answered = {}
    for method, path in sorted(routes | {(m, p) for m in METHODS for _, p in routes}):
        status, headers, body = ask(address, method, path, dict([FOR_OTHERS]))
        if status < 400 and method != "OPTIONS":
            answered[f"{method} {path}"] = status
        if path.startswith("/webhooks"):
            assert status in (401, 403, 404, 405), (method, path, status)
        assert b"web-" not in body.replace(b"web-1", b"")  # no id of a person
        assert headers["x-content-type-options"] == "nosniff", (method, path)
        assert headers["referrer-policy"] == "no-referrer", (method, path)
        assert "default-src 'none'" in headers["content-security-policy"], (method, path)
        assert "server" not in headers
    pages = {
        f"{method} {path}": 200
        for method, path in routes
        if method in ("GET", "HEAD") and (path.startswith("/chat/page/"))
    }
    heads = {key.replace("GET", "HEAD"): status for key, status in OPEN.items()}
    allowed = {**OPEN, **heads, **pages}
    assert {what: code for what, code in answered.items() if allowed.get(what) != code} == {}
    assert set(OPEN) - {"GET /chat/"} <= set(answered)  # an optional slash is no route of its own


@pytest.mark.parametrize(
    "path",
    [
        "/conversations/x/tracker", "/conversations/x/messages", "/model/parse", "/model", "/status",
        "/domain", "/version", "/webhooks/rest/webhook", "/webhooks/web", "/webhooks/callback",
        "/webhooks/telegram/webhook", "/socket.io/", "/api", "/actions", "/webhook",
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_rasas_own_doors_are_not_there(address: str, path: str, method: str) -> None:
    status, _, _ = ask(address, method, path, body='{"sender": "x", "message": "salam"}')
    assert status in (404, 405)


def test_the_rest_channel_and_the_http_api_are_not_configured() -> None:
    channels = yamlsource.plain(ROOT / "credentials.yml")
    assert all("." in channel for channel in channels), "only our own channels, by their class"


@pytest.mark.parametrize("path", ["/metrics", "/report"])
def test_staff_pages_answer_this_machine_or_the_token_only(address: str, path: str) -> None:
    status, headers, body = ask(address, "GET", path)
    assert status == 200
    assert body
    assert headers["cache-control"] == "no-store"
    forwarded = dict([FOR_OTHERS])
    assert ask(address, "GET", path, forwarded)[0] in (401, 429)
    for header, status in ((f"Bearer {TOKEN}x", 401), (f"Bearer {TOKEN}", 200)):
        answered, _, told = ask(address, "GET", path, {**forwarded, "authorization": header})
        assert answered in (status, 429 if status == 401 else status)
        assert (b"mouwakib" in told or b"<html" in told) is (status == 200)


@pytest.mark.parametrize("method_and_path", [("GET", "/chat/messages"), ("GET", "/chat/export"),
                         ("DELETE", "/chat/sessions"), ("POST", "/chat/messages")])  # fmt: skip
@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer x", f"Bearer {TOKEN}", "Basic eDp5"])
def test_no_conversation_opens_without_its_token(
    address: str, method_and_path: tuple[str, str], header: str
) -> None:
    body = '{"id": "1", "text": "salam"}' if method_and_path[0] == "POST" else ""
    given: dict[str, Any] = {"authorization": header} if header else {}
    assert ask(address, *method_and_path, given, body)[0] == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"id": "1", "text": "%s"}' % ("x" * 2001), 413),
        ("x" * 40_000, 413),
        ("[" * 30_000, 400),
        ('{"id": "1", "payload": %s}' % ('{"a":' * 5000), 400),
        ('{"id": "1", "payload": "/inform%s"}' % ("[" * 1900), 400),
    ],
    ids=["a long text", "a long body", "deep lists", "a deep payload", "brackets in a payload"],
)
def test_what_is_too_large_or_too_deep_is_refused(address: str, body: str, status: int) -> None:
    import json

    token = json.loads(ask(address, "POST", "/chat/sessions")[2])["token"]
    given = {"authorization": f"Bearer {token}"}
    assert ask(address, "POST", "/chat/messages", given, body)[0] == status
    assert ask(address, "GET", "/chat/messages", given)[0] == 200


def test_long_headers_are_refused_and_the_server_goes_on(address: str) -> None:
    try:
        status, _, _ = ask(address, "GET", "/health", {"x-long": "x" * 100_000})
    except (ConnectionError, http.client.HTTPException):
        status = 413
    assert status in (400, 413, 431)
    assert ask(address, "GET", "/health")[0] == 200


@pytest.mark.slow
def test_a_sender_that_never_finishes_is_let_go(address: str) -> None:
    from bot.channels.web_guard import REQUEST_SECONDS

    where = urlsplit(address)
    with socket.create_connection((where.hostname or "", where.port or 0)) as slow:
        slow.settimeout(REQUEST_SECONDS * 3)
        started = time.monotonic()
        slow.sendall(b"POST /chat/sessions HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        while slow.recv(4096):
            pass
        assert time.monotonic() - started < REQUEST_SECONDS * 3


def test_health_says_live_and_ready(address: str) -> None:
    import json

    for path in ("/health", "/health/ready"):
        status, _, body = ask(address, "GET", path)
        assert (status, json.loads(body)["ready"], json.loads(body)["live"]) == (200, True, True)
    assert ask(address, "GET", "/health/live")[0] == 200
