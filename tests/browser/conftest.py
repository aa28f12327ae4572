"""A real browser at phone width in front of the chat page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from tests.bot.web.fakes import ChatServer

PHONE = ViewportSize(width=375, height=740)
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


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ChatServer]:
    with ChatServer(tmp_path) as running:
        yield running


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone with an empty memory; an error of a script fails the test."""
    problems: list[str] = []
    context = browser.new_context(viewport=PHONE, has_touch=True, reduced_motion="reduce")
    context.on("weberror", lambda error: problems.append(str(error.error)))
    context.on(
        "console",
        lambda line: problems.append(line.text) if "Security Policy" in line.text else None,
    )
    yield context
    context.close()
    assert problems == []


@pytest.fixture
def page(phone: BrowserContext, server: ChatServer) -> Page:
    """The chat page, greeted."""
    opened = phone.new_page()
    opened.goto(f"{server.url}/chat")
    expect(opened.locator(".message.bot")).to_have_count(1)
    return opened
