"""Make the pictures of the widget for the README, from a server that it starts itself.

``python -m tools.screenshots``: the talks are in ``screenshots.yml``; the pictures go to
``docs/images/``. Needs a trained model and Chromium (or ``CHROMIUM=/path/to/chromium``).
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

import yamlsource
from tests.server import running

HERE = Path(__file__).resolve().parent
PICTURES = HERE.parent / "docs" / "images"
PHONE = ViewportSize(width=360, height=720)
DESK = ViewportSize(width=1280, height=800)
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
ANSWER_WITHIN = 20_000  # milliseconds


def main() -> None:
    """Take every picture of ``screenshots.yml``."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for talk in yamlsource.plain(HERE / "screenshots.yml"):
            target = PICTURES / f"{talk['picture']}.png"
            take(browser, address, talk, target)
            print(target.relative_to(HERE.parent))
        browser.close()


def take(browser: Browser, address: str, talk: dict[str, Any], target: Path) -> None:
    """Say all of a talk in a new conversation and save what is then seen."""
    wide = bool(talk.get("wide"))
    context = browser.new_context(
        viewport=DESK if wide else PHONE,
        device_scale_factor=1 if wide else 2,
        has_touch=not wide,
        color_scheme=talk.get("scheme", "light"),
    )
    page = context.new_page()
    page.goto(f"{address}/chat?lang={talk['language']}")
    wait_for_answer(page, answers=1)
    written = page.locator("mouwakib-chat textarea")
    for text in talk["say"]:
        before = page.locator(".message.bot").count()
        written.fill(text)
        written.press("Enter")
        wait_for_answer(page, answers=before + 1)
    written.blur()
    page.screenshot(path=target)
    context.close()


def wait_for_answer(page: Page, answers: int) -> None:
    """Wait until there are ``answers`` messages of the bot and nothing is under way."""
    page.locator(".message.bot").nth(answers - 1).wait_for(timeout=ANSWER_WITHIN)
    expect(page.locator(".typing")).to_be_hidden()
    page.wait_for_timeout(400)


if __name__ == "__main__":
    main()
