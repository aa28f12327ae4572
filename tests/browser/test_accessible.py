"""For everybody: what axe finds, the keyboard alone, names, target sizes, announcements."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.bot.web.fakes import ChatServer
from tests.browser.conftest import DESK, PHONE, Site, Visit
from tests.browser.widget import Widget, heard

EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def findings(page: Page, only: list[str] = EVERYTHING) -> list[str]:
    result = Axe().run(page, options={"runOnly": only, "resultTypes": ["violations"]})
    return [
        f"{one['id']}: {node['html'][:120]} {node['any'][0]['message'] if node['any'] else ''}"
        for one in result.response["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["fr", "ary"])
def test_axe_finds_nothing_open_or_closed(
    visitor: Visit, server: ChatServer, language: str, scheme: Any
) -> None:
    page = visitor(DESK, color_scheme=scheme).new_page()
    page.goto(f"{server.url}/chat?lang={language}")
    chat = Widget(page)
    expect(chat.bot).to_have_count(1)
    assert findings(page) == []
    chat.ask("montre la carte")
    chat.ask("سلام")
    page.locator(".dots").click()
    assert findings(page) == []
    page.locator(".menu button").first.click()
    expect(page.locator(".ask")).to_be_visible()
    assert findings(page) == []
    page.keyboard.press("Escape")
    page.locator(".cross").click()
    expect(chat.launcher).to_be_visible()
    assert findings(page) == []


def test_axe_finds_nothing_while_the_line_is_lost(visitor: Visit, server: ChatServer) -> None:
    context = visitor(PHONE)
    page = context.new_page()
    page.goto(f"{server.url}/chat")
    chat = Widget(page)
    expect(chat.bot).to_have_count(1)
    context.set_offline(True)
    chat.write("bonjour")
    expect(chat.banner).to_be_visible()

    assert findings(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_of_a_site_stays_readable(
    visitor: Visit, server: ChatServer, site: Site, scheme: Any
) -> None:
    script = f"<script src='{server.url}/chat/widget.js'></script>"
    site.html = f"<html lang=fr><title>x</title><body>{script}"
    page = visitor(DESK, color_scheme=scheme).new_page()
    page.goto(site.url)
    chat = Widget(page)
    for colour in ("#ffe000", "#000", "#fff", "#0af", "#d22", "#777777"):
        page.evaluate(
            """colour => { document.querySelector('mouwakib-chat')?.remove();
            const own = document.createElement('mouwakib-chat');
            own.setAttribute('open', ''); own.setAttribute('colour', colour);
            document.body.append(own); }""",
            colour,
        )
        expect(chat.bot).to_have_count(1)
        page.locator(".dots").click()

        assert findings(page, ["color-contrast"]) == [], colour


def test_everything_can_be_done_with_the_keyboard(chat: Widget, server: ChatServer) -> None:
    page = chat.page
    page.get_by_role("button", name="Menu").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Recommencer")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".menu")).to_be_hidden()
    expect(page.get_by_role("button", name="Menu")).to_be_focused()

    order = []
    for _ in range(7):
        page.keyboard.press("Tab")
        order.append(focused(page))
    assert order == [
        "Fermer",
        "Mouwakib · مواكب",
        "Copier",
        "Oui",
        "Non",
        "Écrivez ici…",
        "Envoyer",
    ]
    page.keyboard.press("Tab")  # from the last to the first: the box keeps the focus
    assert focused(page) == "Menu"
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "Envoyer"

    page.get_by_role("button", name="Oui").focus()
    ring = "e => getComputedStyle(e).outlineStyle"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert page.get_by_role("button", name="Oui").evaluate(ring) == "solid"
    page.keyboard.press("Enter")
    expect(chat.bot).to_have_count(2)
    assert heard(server) == ["/affirm"]
    assert focused(page) != ""  # the reply went; the focus stays in the box


def test_the_keyboard_opens_and_leaves_the_box(visitor: Visit, server: ChatServer) -> None:
    for size in (PHONE, DESK):
        page = visitor(size).new_page()
        page.goto(f"{server.url}/chat")
        chat = Widget(page)
        expect(chat.bot).to_have_count(1)
        chat.input.press("Escape")
        expect(chat.box).to_be_hidden()
        expect(chat.launcher).to_be_focused()
        expect(chat.launcher).to_have_attribute("aria-expanded", "false")
        page.keyboard.press("Enter")
        expect(chat.box).to_be_visible()
        assert page.evaluate("document.activeElement.localName") == "mouwakib-chat"


def test_on_a_telephone_the_page_behind_is_out_of_reach(chat: Widget) -> None:
    reach = """() => { const link = document.querySelector('nav a'); link.focus();
        return document.activeElement === link; }"""
    assert chat.page.evaluate(reach) is False

    chat.page.locator(".cross").click()

    expect(chat.box).to_be_hidden()
    assert chat.page.evaluate(reach) is True


def test_opening_on_a_touch_screen_does_not_raise_the_keyboard(chat: Widget) -> None:
    chat.page.locator(".cross").click()
    chat.launcher.tap()

    expect(chat.box).to_be_visible()
    assert focused(chat.page) != "Écrivez ici…"


def test_targets_are_large_enough_and_named(chat: Widget) -> None:
    chat.ask("montre la carte")
    chat.page.get_by_role("button", name="Menu").click()

    for target in chat.page.locator(".box button:visible, .box summary:visible").all():
        box = target.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24, target.inner_text()
        assert target.evaluate("e => e.ariaLabel || e.textContent.trim()")
    for main in (".reply", ".small", ".send", ".tool", ".menu button"):
        for target in chat.page.locator(f".box {main}:visible").all():
            assert (target.bounding_box() or {})["height"] >= 40, main


def focused(page: Page) -> str:
    """Return the name of what has the focus inside the widget."""
    return str(
        page.evaluate(
            """() => { const e = document.activeElement.shadowRoot?.activeElement;
            return e ? e.ariaLabel || e.placeholder || e.textContent : ''; }"""
        )
    )
