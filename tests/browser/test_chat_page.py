"""The chat page as a person on a phone meets it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.bot.web.fakes import ChatServer

ARABIC = "سلام، بغيت نعرف شنو كاين"


def write(page: Page, text: str) -> None:
    page.fill("#text", text)
    page.press("#text", "Enter")


def bot(page: Page) -> Locator:
    return page.locator(".message.bot .bubble")


def person(page: Page) -> Locator:
    return page.locator(".message.person .bubble")


def said_to(server: ChatServer) -> list[str]:
    """What the assistant heard, without greetings."""
    return [said.text for _, said in server.assistant.heard if said.text != "/greet"]


def box(locator: Locator) -> Any:
    found = locator.bounding_box()
    assert found is not None
    return found


def choose(page: Page, item: str, answer: str) -> None:
    page.click("#menu-button")
    page.click(f"#{item}")
    page.click(f"#ask button[value={answer}]")


def test_the_page_greets_and_speaks_two_languages_until_it_knows_one(page: Page) -> None:
    expect(bot(page)).to_have_text("Salam ! Bonjour !")
    expect(page.get_by_role("heading", level=1)).to_contain_text("مواكب")
    placeholder = page.get_attribute("#text", "placeholder") or ""
    assert "Écrivez ici" in placeholder
    assert "كتب هنا" in placeholder


def test_enter_sends_and_shift_enter_begins_a_line(page: Page, server: ChatServer) -> None:
    page.fill("#text", "une ligne")
    page.press("#text", "Shift+Enter")
    page.keyboard.type("et une autre")
    page.keyboard.press("Enter")

    expect(bot(page).last).to_contain_text("Vous avez dit")
    assert said_to(server) == ["une ligne\net une autre"]
    expect(page.locator("#text")).to_have_value("")
    expect(page.locator("#text")).to_be_focused()


def test_the_page_takes_the_direction_of_the_answer(page: Page) -> None:
    width = page.viewport_size["width"]  # type: ignore[index]
    write(page, "bonjour")
    expect(bot(page)).to_have_count(2)
    assert page.get_attribute("html", "dir") == "ltr"
    assert box(person(page).last)["x"] + box(person(page).last)["width"] > width - 40

    write(page, ARABIC)

    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("html")).to_have_attribute("lang", "ary")
    assert box(person(page).last)["x"] < 40
    assert page.get_attribute("#text", "placeholder") == "كتب هنا…"


def test_each_message_has_its_own_direction(page: Page) -> None:
    write(page, "bonjour")
    write(page, ARABIC)
    expect(bot(page)).to_have_count(3)

    directions = [one.get_attribute("dir") for one in person(page).all()]

    assert directions == ["ltr", "rtl"]
    assert bot(page).last.get_attribute("dir") == "rtl"


def test_a_button_becomes_the_persons_message_and_the_others_go(
    page: Page, server: ChatServer
) -> None:
    expect(page.locator(".reply")).to_have_text(["Oui", "Non"])

    page.get_by_role("button", name="Oui").click()

    expect(person(page)).to_have_text(["Oui"])
    expect(bot(page).last).to_have_text("Vous avez choisi /affirm")
    expect(page.locator(".reply")).to_have_count(0)
    assert said_to(server) == ["/affirm"]


def test_a_double_click_sends_once(page: Page, server: ChatServer) -> None:
    page.get_by_role("button", name="Oui").dblclick()
    expect(bot(page)).to_have_count(2)
    page.fill("#text", "montre la carte")
    page.locator(".send").dblclick()
    expect(page.locator(".card")).to_have_count(1)
    page.get_by_role("button", name="Les papiers").dblclick()

    expect(bot(page)).to_have_count(4)
    page.wait_for_timeout(200)
    assert said_to(server) == ["/affirm", "montre la carte", '/ask_documents{"scheme": "idmaj"}']


def test_a_card_tells_its_conditions_by_sign_and_by_word(page: Page) -> None:
    write(page, "montre la carte")

    expect(page.locator(".card h2")).to_have_text("Idmaj (contrat d’insertion)")
    expect(page.locator(".card .verdict")).to_have_text("à préciser")
    expect(page.locator(".conditions .sign")).to_have_text(["✓", "✗", "?"])
    expect(page.locator(".conditions .unseen")).to_have_text(
        ["(rempli)", "(non rempli)", "(à vérifier)"]
    )
    colours = page.locator(".conditions .sign").evaluate_all(
        "signs => signs.map((sign) => getComputedStyle(sign).color)"
    )
    assert len(set(colours)) == 3


def test_the_conversation_survives_a_reload(page: Page, server: ChatServer) -> None:
    write(page, ARABIC)
    expect(bot(page)).to_have_count(2)

    page.reload()

    expect(bot(page)).to_have_text(["Salam ! Bonjour !", "مرحبا بيكم! شنو بغيتو؟"])
    expect(person(page)).to_have_text([ARABIC])
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.locator(".reply").click()
    expect(bot(page)).to_have_count(3)
    assert len({one for one, _ in server.assistant.heard}) == 1


def test_a_second_tab_shows_the_same_conversation(
    page: Page, phone: BrowserContext, server: ChatServer
) -> None:
    write(page, "bonjour")
    expect(bot(page)).to_have_count(2)

    other = phone.new_page()
    other.goto(f"{server.url}/chat")

    expect(person(other)).to_have_text(["bonjour"])


def test_only_new_answers_are_announced(page: Page) -> None:
    write(page, "bonjour")
    expect(page.locator("#news")).to_have_text("Vous avez dit bonjour")
    page.reload()
    expect(bot(page)).to_have_count(2)

    expect(page.locator("#news")).to_have_text("")


def test_a_text_is_never_html(page: Page) -> None:
    write(page, '<img src=x onerror="document.title=1"><b>gras</b>')

    expect(bot(page).last).to_contain_text("<b>gras</b>")
    assert page.locator("#messages img, #messages b").count() == 0


def test_addresses_and_telephone_numbers_become_links(page: Page) -> None:
    write(
        page,
        "https://www.anapec.org/sigec?a=1, fes@anapec.ma 05 37 77 10 33 "
        "+212535652057 javascript:alert(1) 27000 ftp://x.ma 2026-11-24",
    )
    expect(bot(page)).to_have_count(2)

    links = bot(page).last.locator("a").evaluate_all("all => all.map((a) => a.href)")

    assert links == [
        "https://www.anapec.org/sigec?a=1",
        "mailto:fes@anapec.ma",
        "tel:0537771033",
        "tel:+212535652057",
    ]


def test_a_typing_mark_shows_while_the_answer_is_made(page: Page, server: ChatServer) -> None:
    server.assistant.pause = 0.8
    write(page, "bonjour")

    expect(page.locator("#typing")).to_be_visible()
    expect(bot(page)).to_have_count(2)
    expect(page.locator("#typing")).to_be_hidden()


def test_without_connection_a_message_waits_and_is_delivered_once(
    page: Page, phone: BrowserContext, server: ChatServer
) -> None:
    phone.set_offline(True)
    write(page, "premier")
    write(page, "second")

    expect(page.locator("#banner")).to_be_visible()
    expect(page.locator("#typing")).to_be_hidden()
    expect(person(page)).to_have_text(["premier", "second"])
    phone.set_offline(False)

    expect(bot(page)).to_have_count(3)
    expect(page.locator("#banner")).to_be_hidden()
    assert said_to(server) == ["premier", "second"]


def test_an_answer_that_got_lost_is_fetched_with_the_same_id(
    page: Page, server: ChatServer
) -> None:
    ids: list[str] = []

    def lose_the_first(route: Route) -> None:
        ids.append(json.loads(route.request.post_data or "")["id"])
        if len(ids) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/chat/messages", lose_the_first)
    write(page, "bonjour")
    expect(page.locator("#banner")).to_be_visible()
    page.click("#retry")

    expect(bot(page)).to_have_count(2)
    assert len(ids) == 2
    assert len(set(ids)) == 1
    assert said_to(server) == ["bonjour"]


def test_a_message_not_yet_delivered_survives_a_reload(page: Page, server: ChatServer) -> None:
    page.route("**/chat/messages", lambda route: route.abort())
    write(page, "bonjour")
    expect(page.locator("#banner")).to_be_visible()
    page.unroute_all()

    page.reload()

    expect(bot(page).last).to_have_text("Vous avez dit bonjour")
    expect(person(page)).to_have_text(["bonjour"])
    assert said_to(server) == ["bonjour"]


def test_a_turn_that_failed_is_tried_again(page: Page, server: ChatServer) -> None:
    server.assistant.failures = 1
    write(page, "bonjour")

    expect(bot(page).last).to_have_text("Vous avez dit bonjour")
    expect(page.locator("#banner")).to_be_hidden()


def test_an_expired_session_begins_a_new_one_and_keeps_the_message(
    page: Page, server: ChatServer
) -> None:
    write(page, "bonjour")
    expect(bot(page)).to_have_count(2)
    token = page.evaluate("JSON.parse(localStorage.getItem('mouwakib')).token")
    server.call("DELETE", "/chat/sessions", token=token)

    write(page, "encore là")

    expect(page.locator(".notice")).to_contain_text("a expiré")
    expect(bot(page)).to_have_text(["Salam ! Bonjour !", "Vous avez dit encore là"])


def test_a_refused_message_says_why(page: Page, server: ChatServer) -> None:
    page.evaluate("document.getElementById('text').removeAttribute('maxlength')")
    write(page, "x" * 2001)

    expect(page.locator(".notice")).to_contain_text("2 000")
    expect(page.locator(".message.person")).to_have_class("message person unsent")
    write(page, "bonjour")
    expect(bot(page).last).to_have_text("Vous avez dit bonjour")


def test_forget_me_erases_here_and_on_the_server(page: Page, server: ChatServer) -> None:
    write(page, "bonjour")
    expect(bot(page)).to_have_count(2)
    token = page.evaluate("JSON.parse(localStorage.getItem('mouwakib')).token")

    choose(page, "forget", "no")
    expect(bot(page)).to_have_count(2)
    choose(page, "forget", "yes")

    expect(page.locator(".notice")).to_contain_text("C’est effacé")
    expect(page.locator(".message")).to_have_count(0)
    assert server.call("GET", "/chat/messages", token=token).status == 401
    page.get_by_role("button", name="Commencer une conversation").click()
    expect(bot(page)).to_have_count(1)


def test_start_again_begins_a_new_conversation(page: Page, server: ChatServer) -> None:
    write(page, "bonjour")
    expect(bot(page)).to_have_count(2)

    choose(page, "restart", "yes")

    expect(bot(page)).to_have_text(["Salam ! Bonjour !"])
    assert len(server.assistant.forgotten) == 1


def test_everything_can_be_done_with_the_keyboard(page: Page, server: ChatServer) -> None:
    page.locator("#menu-button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#restart")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#menu")).to_be_hidden()
    expect(page.locator("#menu-button")).to_be_focused()

    for _ in range(2):  # over the conversation to the first quick reply
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Oui")).to_be_focused()
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")

    expect(bot(page)).to_have_count(2)
    assert said_to(server) == ["/affirm"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("montre la carte", id="card"),
        pytest.param("x" * 400, id="long word"),
        pytest.param("سلام" + "و" * 300, id="long word in Arabic"),
    ],
)
@pytest.mark.parametrize("width", [320, 375])
def test_nothing_is_wider_than_the_phone(page: Page, width: int, text: str) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    write(page, text)
    expect(page.locator(".message.bot")).to_have_count(2)

    for selector in ("html", "#talk"):
        wider = page.locator(selector).evaluate("node => node.scrollWidth - node.clientWidth")
        assert wider <= 0, selector


def test_the_input_stays_in_view_however_long_the_talk(page: Page) -> None:
    for n in range(6):
        write(page, f"message {n}\n" * 5)
        expect(bot(page)).to_have_count(n + 2)  # a person reads the answer before going on

    expect(page.locator("#text")).to_be_in_viewport()
    expect(bot(page).last).to_be_in_viewport()


@pytest.fixture
def town_hall(server: ChatServer) -> Iterator[str]:
    """The address of a site of another origin, with a strict policy, that embeds the launcher."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            policy = f"default-src 'none'; script-src {server.url}"
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            script = f"<script src='{server.url}/chat/widget.js' async></script>"
            self.wfile.write(f"<body><h1>Commune</h1>{script}".encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{site.server_port}/"
        site.shutdown()


def test_another_site_shows_a_launcher_that_leads_to_the_chat(
    phone: BrowserContext, server: ChatServer, town_hall: str
) -> None:
    site = phone.new_page()
    site.goto(town_hall)
    expect(site.locator("[data-mouwakib]")).to_be_attached()
    before = site.evaluate("Object.keys(window).filter((key) => /mouwakib/i.test(key)).length")
    assert before == 0

    with phone.expect_page() as opened:
        site.mouse.click(300, 700)  # the launcher stands in the lower corner

    expect(opened.value.locator(".message.bot")).to_have_count(1)
    assert opened.value.url == f"{server.url}/chat"
