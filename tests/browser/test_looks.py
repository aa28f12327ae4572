"""How it looks: two screens, three languages, light and dark; a picture of each is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.bot.web.fakes import ChatServer
from tests.browser.conftest import DESK, PHONE, Site, Visit
from tests.browser.widget import Widget, rectangle

LANGUAGES = ("fr", "ary", "ary-Latn")
WORDS = {"fr": "Écrivez ici…", "ary": "كتب هنا…", "ary-Latn": "Kteb hna…"}


def shown(visitor: Visit, site: Site, server: ChatServer, language: str, **options: object) -> Page:
    script = f"{server.url}/chat/widget.js"
    site.html = (
        f"<html lang=fr><meta name=viewport content='width=device-width'><h1>Commune</h1>"
        f"<script src='{script}' async data-language={language}></script>"
    )
    page = visitor(**options).new_page()  # type: ignore[arg-type]
    page.goto(site.url)
    expect(page.locator(".launcher")).to_be_visible()
    return page


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["360x640", "1280x800"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_language_and_light(
    visitor: Visit,
    site: Site,
    server: ChatServer,
    pictures: Path,
    language: str,
    scheme: str,
    size: dict[str, int],
) -> None:
    page = shown(visitor, site, server, language, size=size, color_scheme=scheme)
    chat = Widget(page)
    name = f"{language}-{size['width']}x{size['height']}-{scheme}"
    page.screenshot(path=pictures / f"{name}-closed.png")

    chat.open()
    expect(chat.input).to_have_attribute("placeholder", WORDS[language])
    chat.ask("montre la carte")
    page.screenshot(path=pictures / f"{name}-open.png")

    box = rectangle(chat.box)
    if size == PHONE:
        assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 360, 640)
    else:
        assert box["width"] <= 420
        assert box["height"] <= 760
        expect(page.get_by_role("heading", name="Commune")).to_be_visible()
    dark = sum(
        page.locator(".talk").evaluate(
            "e => getComputedStyle(e.closest('.box')).backgroundColor.match(/\\d+/g).map(Number)"
        )
    )
    assert (dark < 200) == (scheme == "dark")
    expect(chat.input).to_be_in_viewport(ratio=1)


def test_the_box_is_mirrored_in_arabic_letters(
    visitor: Visit, site: Site, server: ChatServer
) -> None:
    places = {}
    for language in ("fr", "ary"):
        chat = Widget(shown(visitor, site, server, language, size=PHONE))
        chat.open()
        parts = {
            "mark": ".head .mark",
            "close": ".cross",
            "send": ".send",
            "reply": ".reply >> nth=0",
        }
        places[language] = {
            name: (lambda box: box["x"] + box["width"] / 2)(
                rectangle(chat.page.locator(f"mouwakib-chat {part}"))
            )
            for name, part in parts.items()
        }
    for name, there in places["fr"].items():
        assert (there < 180) != (places["ary"][name] < 180), name


def test_the_keyboard_of_a_telephone_does_not_hide_the_input(chat: Widget) -> None:
    chat.page.evaluate(
        """() => { Object.defineProperty(visualViewport, 'height', {value: 340});
        Object.defineProperty(visualViewport, 'offsetTop', {value: 60});
        visualViewport.dispatchEvent(new Event('resize')); }"""
    )

    box = rectangle(chat.box)
    assert (box["y"], box["height"]) == (60, 340)
    place = rectangle(chat.input)
    assert place["y"] + place["height"] <= 400


def test_turning_the_telephone_keeps_the_talk_and_the_draft(chat: Widget) -> None:
    chat.input.fill("un brouillon")
    chat.page.set_viewport_size({"width": 640, "height": 360})
    chat.page.set_viewport_size({"width": 700, "height": 700})

    expect(chat.box).to_be_visible()
    expect(chat.input).to_have_value("un brouillon")
    expect(chat.input).to_be_focused()
    assert rectangle(chat.box)["width"] <= 420
    chat.page.set_viewport_size({"width": 360, "height": 640})
    assert rectangle(chat.box)["width"] == 360


def test_twice_the_size_still_fits(visitor: Visit, site: Site, server: ChatServer) -> None:
    # What zooming to 200 % makes of a screen of 1280 by 800, and letters twice as large on it
    page = shown(visitor, site, server, "fr", size={"width": 640, "height": 400})
    page.add_style_tag(content="html { font-size: 32px }")
    chat = Widget(page)
    chat.open()
    chat.ask("montre la carte")

    for part in (chat.box, page.locator(".talk")):
        assert part.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
    expect(chat.input).to_be_in_viewport(ratio=1)
    assert page.locator(".talk").evaluate("e => e.clientHeight") > 40
    size = chat.bot.first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert size == 32


def test_nothing_moves_for_those_who_asked_for_stillness(
    visitor: Visit, site: Site, server: ChatServer
) -> None:
    def running(motion: str) -> int:
        page = shown(visitor, site, server, "fr", size=DESK, reduced_motion=motion)
        chat = Widget(page)
        server.assistant.pause = 0
        chat.open()
        server.assistant.pause = 0.6
        chat.write("bonjour")
        page.locator(".typing").wait_for()
        root = "document.querySelector('mouwakib-chat').shadowRoot"
        moving = int(page.evaluate(f"{root}.getAnimations().length"))
        expect(chat.bot).to_have_count(2)
        return moving

    assert running("reduce") == 0
    assert running("no-preference") > 0
