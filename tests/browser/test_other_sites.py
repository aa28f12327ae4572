"""The widget on other people's pages: one line, attributes, strict policies, hostile company."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.bot.web.fakes import ChatServer
from tests.browser.conftest import DESK, PHONE, Site, Visit
from tests.browser.widget import Widget, heard, rectangle

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "widget.md"


def line(server: ChatServer, attributes: str = "") -> str:
    return f"<script src='{server.url}/chat/widget.js' async {attributes}></script>"


def show(
    visitor: Visit, site: Site, html: str, size: Any = DESK, policy: str = "", url: str = ""
) -> Widget:
    site.html, site.policy = html, policy
    page = visitor(size).new_page()
    page.goto(url or site.url)
    return Widget(page)


def strict_policy(server: ChatServer) -> str:
    """Return the policy that the guide prints, with the host of this test."""
    text = GUIDE.read_text("utf-8")
    found = re.search(r"Content-Security-Policy: (.+)", text)
    assert found
    return found[1].replace("https://HOST", server.url)


def test_one_line_puts_a_launcher_in_the_corner(
    visitor: Visit, site: Site, server: ChatServer
) -> None:
    chat = show(visitor, site, f"<html lang=fr><h1>Commune</h1>{line(server)}")

    expect(chat.launcher).to_be_visible()
    place = rectangle(chat.launcher)
    assert place["x"] + place["width"] > 1280 - 40
    assert place["y"] + place["height"] > 800 - 40
    chat.open()
    chat.ask("bonjour")
    assert heard(server) == ["bonjour"]


def test_the_policy_of_the_guide_is_enough(visitor: Visit, site: Site, server: ChatServer) -> None:
    policy = strict_policy(server)
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy

    chat = show(
        visitor, site, f"<html lang=fr>{line(server, 'data-colour=#aa3300')}", PHONE, policy
    )

    chat.open()  # the visitor's fixture fails on any breach
    chat.ask("montre la carte")
    expect(chat.page.locator(".card")).to_be_visible()
    chat.input.fill("deux\nlignes")
    fill = chat.page.locator(".head").evaluate("e => getComputedStyle(e).backgroundColor")
    assert fill == "rgb(170, 51, 0)"


def test_before_it_is_opened_the_widget_asks_nothing_of_the_server(
    visitor: Visit, site: Site, server: ChatServer
) -> None:
    site.html = f"<html lang=fr>{line(server)}"
    page = visitor(DESK).new_page()
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(f"{request.method} {request.url.replace(server.url, '')}")

    page.on("request", note)
    page.goto(site.url)
    chat = Widget(page)
    expect(chat.launcher).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert asked[1:] == ["GET /chat/widget.js"]

    chat.open()

    assert asked[2:] == ["POST /chat/sessions?language=fr"]
    assert page.context.cookies() == []
    assert chat.remembered()["token"]


def test_nothing_is_left_in_the_page_but_one_element(
    visitor: Visit, site: Site, server: ChatServer
) -> None:
    html = "<html lang=fr><style>p {color: rgb(1, 2, 3)}</style><p id=p>texte</p>"
    without = show(visitor, site, html).page
    names = "Object.getOwnPropertyNames(window).sort().join()"
    look = "JSON.stringify([...document.querySelectorAll('#p')].map((e) => [getComputedStyle(e).color, e.getBoundingClientRect()]))"
    before = without.evaluate(names), without.evaluate(look)

    chat = show(visitor, site, html + line(server))
    chat.open()

    assert (chat.page.evaluate(names), chat.page.evaluate(look)) == before
    added = "[...document.body.children].map((e) => e.localName).filter((n) => !['p', 'script'].includes(n))"
    assert chat.page.evaluate(added) == ["mouwakib-chat"]


def test_the_pages_own_style_does_not_reach_the_widget(
    visitor: Visit, site: Site, server: ChatServer
) -> None:
    def look(html: str) -> Any:
        chat = show(visitor, site, f"<html lang=fr>{html}{line(server)}")
        expect(chat.launcher).to_be_visible()
        return rectangle(chat.launcher), chat.launcher.evaluate(
            "e => { const s = getComputedStyle(e); return [s.color, s.fontSize, s.fontFamily, s.textTransform, s.letterSpacing]; }"
        )

    loud = """<style>html { font-size: 8px } body, body * { margin: 9px !important; font: 30px fantasy !important;
      color: red !important; text-transform: uppercase; letter-spacing: 4px; box-sizing: content-box !important }
      button { display: none !important }</style>"""
    assert look(loud) == look("")


def test_the_launcher_moves_nothing(visitor: Visit, site: Site, server: ChatServer) -> None:
    watch = """<script>window.shift = 0; new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({type: 'layout-shift', buffered: true});</script>"""
    chat = show(visitor, site, f"<html lang=fr>{watch}<h1>Commune</h1><p>texte</p>{line(server)}")
    expect(chat.launcher).to_be_visible()
    chat.open()
    chat.page.wait_for_timeout(100)

    assert chat.page.evaluate("window.shift") == 0


def test_attributes_of_the_script_set_language_side_colour_title_and_opening(
    visitor: Visit, site: Site, server: ChatServer
) -> None:
    given = (
        "data-language=ary data-side=left data-colour='#ffd400' data-title='سول البلدية' data-open"
    )
    chat = show(visitor, site, f"<html lang=fr><input autofocus>{line(server, given)}")

    expect(chat.box).to_have_attribute("dir", "rtl")
    expect(chat.bot).to_have_text(["السلام، مرحبا!"])
    expect(chat.box.locator("h2")).to_have_text("سول البلدية")
    assert rectangle(chat.box)["x"] < 40
    head = chat.page.locator(".head").evaluate(
        "e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color]"
    )
    assert head == ["rgb(255, 212, 0)", "rgb(0, 0, 0)"]  # readable on yellow
    expect(chat.page.locator("html input")).to_be_focused()  # opening by itself takes no focus


def test_an_element_of_the_page_is_used_in_its_place(
    visitor: Visit, site: Site, server: ChatServer
) -> None:
    element = "<mouwakib-chat inline language=ary-Latn title='Sowel'></mouwakib-chat>"
    chat = show(
        visitor, site, f"<html lang=fr>{line(server)}<main><h1>Commune</h1>{element}</main>"
    )

    expect(chat.bot).to_have_text(["Salam, mrhba!"])
    expect(chat.launcher).to_have_count(0)
    expect(chat.page.locator("mouwakib-chat")).to_have_count(1)
    heading = chat.page.locator("h1").bounding_box()
    assert heading
    assert rectangle(chat.box)["y"] > heading["y"]
    chat.ask("bonjour")


def test_an_element_may_come_go_and_come_back(
    visitor: Visit, site: Site, server: ChatServer
) -> None:
    chat = show(visitor, site, f"<html lang=fr>{line(server)}")
    expect(chat.launcher).to_be_visible()

    chat.page.evaluate(
        """() => { const own = document.createElement('mouwakib-chat'); own.setAttribute('open', '');
        document.body.append(own); own.remove(); document.body.append(own); }"""
    )

    expect(chat.page.locator("mouwakib-chat")).to_have_count(1)
    expect(chat.bot).to_have_count(1)
    chat.ask("bonjour")
    assert heard(server) == ["bonjour"]


def test_the_script_twice_is_one_widget(visitor: Visit, site: Site, server: ChatServer) -> None:
    chat = show(visitor, site, f"<html lang=fr>{line(server)}{line(server)}")

    expect(chat.launcher).to_have_count(1)
    chat.open()


def test_a_site_that_is_not_allowed_gets_nothing(
    visitor: Visit, site: Site, server: ChatServer
) -> None:
    html = f"<html lang=fr>{line(server)}"
    chat = show(visitor, site, html, url=site.not_allowed_url)

    chat.launcher.click()

    expect(chat.banner).to_be_visible()
    expect(chat.bot).to_have_count(0)
    assert server.assistant.heard == []


EVIL = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>'


def hostile(route: Route) -> None:
    """Answer as a server that was taken over might."""
    attack = {"title": EVIL, "payload": "x"}
    message = {
        "id": "1",
        "from": 'bot" onclick="window.hurt=1',
        "at": EVIL,
        "text": f"{EVIL} javascript://a.ma/%0awindow.hurt=1 data://x,y",
        "buttons": [attack, {"title": ["x"], "payload": {}}, None, 7],
        "cards": [
            {
                "scheme": EVIL,
                "title": EVIL,
                "line": EVIL,
                "verdict": f"eligible {EVIL}",
                "conditions": [{"text": EVIL, "mark": EVIL}, "x"],
                "buttons": [attack],
            },
            None,
        ],
    }
    bad = [message, None, 7, "x", {"id": 3}, {"id": "2", "text": {"a": 1}, "cards": 4}]
    body = {"token": EVIL, "messages": bad, "language": EVIL, "dir": EVIL}
    route.fulfill(status=201 if "sessions" in route.request.url else 200, json=body)


def test_a_hostile_answer_stays_text(visitor: Visit, server: ChatServer) -> None:
    page = visitor().new_page()
    page.route(re.compile("/chat/(sessions|messages)"), hostile)
    page.goto(f"{server.url}/chat")
    chat = Widget(page)

    expect(chat.page.locator(".card h3")).to_have_text(EVIL)
    chat.write("bonjour")
    expect(chat.person).to_have_text(["bonjour"])
    assert page.evaluate("window.hurt") is None
    dangerous = page.locator(".talk").evaluate(
        "talk => talk.querySelectorAll('img, script, iframe, [onclick], [style]').length + "
        "[...talk.querySelectorAll('a')].filter((a) => !/^(https?|tel|mailto):/.test(a.href)).length"
    )
    assert dangerous == 0


@pytest.mark.parametrize("answer", ["", "[]", "null", '{"messages": 3}', "<html>"])
def test_an_answer_that_makes_no_sense_breaks_nothing(
    visitor: Visit, server: ChatServer, answer: str
) -> None:
    page = visitor().new_page()
    page.goto(f"{server.url}/chat")
    chat = Widget(page)
    expect(chat.bot).to_have_count(1)
    page.route("**/chat/messages", lambda route: route.fulfill(status=200, body=answer))

    chat.write("bonjour")

    expect(chat.person).to_have_text(["bonjour"])
    page.unroute_all()
    page.reload()
    chat.write("encore là")
    expect(chat.bot.last).to_contain_text("encore là")


def test_a_page_cannot_inject_by_names_or_attributes(
    visitor: Visit, site: Site, server: ChatServer
) -> None:
    clobbering = "<form name=currentScript><input name=src></form><a id=mouwakib></a>"
    attributes = f"data-title='{EVIL.replace(chr(39), '')}' data-colour='red;}}*{{display:none' data-language='\"><b>' data-side=top"
    chat = show(visitor, site, f"<html lang=fr>{line(server, attributes)}")
    chat.open()
    expect(chat.box.locator("h2")).to_have_text(EVIL)
    assert chat.page.evaluate("window.hurt") is None
    fill = chat.page.locator(".head").evaluate("e => getComputedStyle(e).backgroundColor")
    assert fill == "rgb(23, 98, 74)"

    clobbered = show(visitor, site, f"<html lang=fr>{clobbering}{line(server)}")
    clobbered.page.wait_for_load_state("networkidle")
    expect(clobbered.page.locator("mouwakib-chat")).to_have_count(0)  # it does not know whose it is


def test_an_old_browser_gets_a_link(visitor: Visit, site: Site, server: ChatServer) -> None:
    context = visitor(DESK)
    context.add_init_script("delete Document.prototype.adoptedStyleSheets")
    site.html = f"<html lang=fr>{line(server)}"
    page = context.new_page()
    page.goto(site.url)

    link = page.get_by_role("link", name="Mouwakib")
    expect(link).to_have_attribute("href", f"{server.url}/chat")
    expect(page.locator("mouwakib-chat")).to_have_count(0)


def test_a_script_that_does_not_come_leaves_what_the_element_holds(
    visitor: Visit, site: Site, server: ChatServer
) -> None:
    element = "<mouwakib-chat><a href='/x'>Mouwakib</a></mouwakib-chat>"
    page = show(visitor, site, f"<html lang=fr>{element}").page
    expect(page.get_by_role("link", name="Mouwakib")).to_be_visible()

    chat = show(visitor, site, f"<html lang=fr>{element}{line(server)}")
    expect(chat.launcher).to_be_visible()
    expect(chat.page.get_by_role("link", name="Mouwakib")).to_be_hidden()


@pytest.mark.parametrize(
    "language, sentence", [("fr", "JavaScript est désactivé"), ("ary", "JavaScript مسدود")]
)
def test_without_javascript_the_page_says_where_else_to_ask(
    visitor: Visit, server: ChatServer, language: str, sentence: str
) -> None:
    page: Page = visitor(java_script_enabled=False).new_page()
    page.goto(f"{server.url}/chat?lang={language}")

    said = page.locator("noscript .plain")
    assert sentence in (said.text_content() or "")
    for shown in (".plain", "a[href='tel:0522789450']", "a[href='https://t.me/mouwakib_bot']"):
        assert rectangle(page.locator(f"noscript {shown}"))["height"] > 10
