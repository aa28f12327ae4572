"""The widget as a test handles it: what a person sees and does."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.bot.web.fakes import ChatServer


class Widget:
    """The chat on a page; Playwright looks into open shadow roots by itself."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.launcher = page.locator(".launcher")
        self.box = page.locator(".box")
        self.input = page.locator("mouwakib-chat textarea")
        self.bot = page.locator(".message.bot .bubble")
        self.person = page.locator(".message.person .bubble")
        self.replies = page.locator(".reply")
        self.banner = page.locator(".banner")
        self.notice = page.locator(".talk .notice")
        self.news = page.locator("[aria-live]")

    def open(self) -> None:
        self.launcher.click()
        expect(self.bot).not_to_have_count(0)

    def write(self, text: str) -> None:
        self.input.fill(text)
        self.input.press("Enter")

    def ask(self, text: str) -> None:
        """Write, and wait for the answer as a person does."""
        before = self.bot.count()
        self.write(text)
        expect(self.bot).to_have_count(before + 1)

    def choose(self, label: str, answer: str) -> None:
        """Choose in the menu, and answer the question that follows."""
        self.page.get_by_role("button", name="Menu").click()
        self.page.get_by_role("button", name=label).click()
        self.page.get_by_role("button", name=answer).click()

    def remembered(self) -> dict[str, Any]:
        """Return what the browser keeps for the chat."""
        kept = self.page.evaluate("localStorage.getItem('mouwakib')")
        return dict(json.loads(kept or "{}"))


def heard(server: ChatServer) -> list[str]:
    """Return what the assistant was told, without greetings."""
    return [said.text for _, said in server.assistant.heard if not said.text.startswith("/greet")]


def rectangle(locator: Locator) -> Any:
    """Return where something is on the screen."""
    found = locator.bounding_box()
    assert found is not None
    return found
