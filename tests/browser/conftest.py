"""A real browser, one server and one other site for all tests; a new visitor for each."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from bot.channels.web import WebSettings
from bot.channels.web_access import Origins
from bot.channels.web_limits import Limits, Rate
from tests.bot.web.fakes import WORDING, ChatServer, FakeAssistant
from tests.browser.widget import Widget

PHONE = ViewportSize(width=360, height=640)
DESK = ViewportSize(width=1280, height=800)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
UNHURRIED = Rate(burst=10_000, per_second=10_000)
"""All visitors of these tests come from one address."""

expect.set_options(timeout=5_000)


def chromium() -> str:
    """Return the browser to drive; without one, skip, but never on CI."""
    named = [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else []
    for name in [*named, *NAMES]:
        if path := shutil.which(name):
            return path
    sentence = "no Chromium here: install it, or name one with CHROMIUM=/path/to/chromium"
    if os.environ.get("CI"):
        pytest.fail(sentence)
    pytest.skip(sentence)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield started
        started.close()


class Site:
    """A site of another origin, that shows whatever a test writes on it."""

    def __init__(self) -> None:
        self.html = ""
        self.policy = ""
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                if site.policy:
                    self.send_header("Content-Security-Policy", site.policy)
                self.end_headers()
                self.wfile.write(f"<!DOCTYPE html>{site.html}".encode())

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.not_allowed_url = f"http://localhost:{self.server.server_port}"


@pytest.fixture(scope="session")
def _site() -> Iterator[Site]:
    site = Site()
    with site.server:
        threading.Thread(target=site.server.serve_forever, daemon=True).start()
        yield site
        site.server.shutdown()


@pytest.fixture(scope="session")
def _server(_site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChatServer]:
    limits = Limits(UNHURRIED, UNHURRIED, UNHURRIED)
    settings = WebSettings(origins=Origins([_site.url]), limits=limits, wording=WORDING)
    with ChatServer(tmp_path_factory.mktemp("chat"), settings) as running:
        yield running


@pytest.fixture
def server(_server: ChatServer) -> ChatServer:
    """The server, with an assistant that has heard nothing yet."""
    fresh = FakeAssistant()
    _server.assistant.__dict__.update(fresh.__dict__)
    return _server


@pytest.fixture
def site(_site: Site) -> Site:
    """The other site, empty and without a policy."""
    _site.html = _site.policy = ""
    return _site


Visit = Callable[..., BrowserContext]


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Visit]:
    """Makes a browser with an empty memory; an error of a script, or a breach, fails the test."""
    problems: list[str] = []
    opened: list[BrowserContext] = []

    def visit(size: ViewportSize = PHONE, **options: object) -> BrowserContext:
        given = {"viewport": size, "has_touch": size == PHONE, "reduced_motion": "reduce"}
        context = browser.new_context(**{**given, **options})  # type: ignore[arg-type]
        context.on("weberror", lambda error: problems.append(str(error.error)))
        context.on(
            "console",
            lambda line: problems.append(line.text) if "Security Policy" in line.text else None,
        )
        opened.append(context)
        return context

    yield visit
    for context in opened:
        context.close()
    assert problems == []


@pytest.fixture
def phone(visitor: Visit) -> BrowserContext:
    return visitor(PHONE)


@pytest.fixture
def page(phone: BrowserContext, server: ChatServer) -> Page:
    """The demo page on a phone, where the chat is open and has greeted."""
    opened = phone.new_page()
    opened.goto(f"{server.url}/chat")
    expect(opened.locator(".message.bot")).to_have_count(1)
    return opened


@pytest.fixture
def chat(page: Page) -> Widget:
    return Widget(page)


@pytest.fixture(scope="session")
def pictures() -> Path:
    """Where the screenshots of a run are kept."""
    folder = Path(__file__).resolve().parents[2] / "var" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
