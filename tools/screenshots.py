"""Make the pictures of the chat for the README, from a running server, at phone width.

``python -m tools.screenshots [ADDRESS]``: the address of the server, by default
``http://127.0.0.1:5005``. The talks are in ``screenshots.yml``; the pictures go to
``docs/images/``. Needs Chromium (or ``CHROMIUM=/path/to/chromium``).
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

import yamlsource

HERE = Path(__file__).resolve().parent
PICTURES = HERE.parent / "docs" / "images"
ADDRESS = "http://127.0.0.1:5005"
PHONE = ViewportSize(width=390, height=780)
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
ANSWER_WITHIN = 20_000  # milliseconds


def main(address: str) -> None:
    """Take every picture of ``screenshots.yml``."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for talk in yamlsource.plain(HERE / "screenshots.yml"):
            target = PICTURES / f"{talk['picture']}.png"
            take(browser, address, talk["say"], target)
            print(target.relative_to(HERE.parent))
        browser.close()


def take(browser: Browser, address: str, say: list[str], target: Path) -> None:
    """Say all of ``say`` in a new conversation and save what is then seen."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, has_touch=True)
    page = context.new_page()
    page.goto(f"{address}/chat")
    wait_for_answer(page, answers=1)
    for text in say:
        before = page.locator(".message.bot").count()
        page.fill("#text", text)
        page.press("#text", "Enter")
        wait_for_answer(page, answers=before + 1)
    page.locator("#text").blur()
    page.screenshot(path=target)
    context.close()


def wait_for_answer(page: Page, answers: int) -> None:
    """Wait until there are ``answers`` messages of the bot and nothing is under way."""
    page.locator(".message.bot").nth(answers - 1).wait_for(timeout=ANSWER_WITHIN)
    expect(page.locator("#typing")).to_be_hidden()
    page.wait_for_timeout(300)


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else ADDRESS)
