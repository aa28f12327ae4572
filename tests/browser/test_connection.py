"""Nothing is lost and nothing is said twice, whatever happens to line, server, session or tab."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Route, expect

from bot.channels.web import WebSettings
from tests.bot.web.fakes import WORDING, ChatServer
from tests.browser.conftest import Visit
from tests.browser.widget import Widget, heard

ARABIC = "سلام، بغيت نعرف شنو كاين"


def test_the_conversation_survives_a_reload(chat: Widget, server: ChatServer) -> None:
    chat.ask(ARABIC)

    chat.page.reload()

    expect(chat.bot).to_have_text(["Salam ! Bonjour !", "مرحبا بيكم! شنو بغيتو؟"])
    expect(chat.person).to_have_text([ARABIC])
    expect(chat.box).to_have_attribute("dir", "rtl")
    chat.replies.click()
    expect(chat.bot).to_have_count(3)
    assert len({person for person, _ in server.assistant.heard}) == 1


def test_two_tabs_show_one_conversation(
    chat: Widget, phone: BrowserContext, server: ChatServer
) -> None:
    chat.ask("premier")
    tab = phone.new_page()
    tab.goto(f"{server.url}/chat")
    other = Widget(tab)
    expect(other.person).to_have_text(["premier"])

    other.ask("second")
    expect(chat.person).to_have_text(["premier", "second"])
    other.choose("Recommencer", "Oui, effacer")

    expect(other.bot).to_have_text(["Salam ! Bonjour !"])
    expect(chat.bot).to_have_text(["Salam ! Bonjour !"])
    expect(chat.person).to_have_count(0)
    assert heard(server) == ["premier", "second"]


def test_without_connection_messages_wait_and_are_delivered_once(
    chat: Widget, phone: BrowserContext, server: ChatServer
) -> None:
    phone.set_offline(True)
    chat.write("premier")
    chat.write("second")

    expect(chat.banner).to_be_visible()
    expect(chat.page.locator(".typing")).to_be_hidden()
    expect(chat.person).to_have_text(["premier", "second"])
    phone.set_offline(False)

    expect(chat.bot).to_have_count(3)
    expect(chat.banner).to_be_hidden()
    assert heard(server) == ["premier", "second"]


def test_an_answer_that_got_lost_is_fetched_with_the_same_id(
    chat: Widget, server: ChatServer
) -> None:
    ids: list[str] = []

    def lose_the_first(route: Route) -> None:
        ids.append(json.loads(route.request.post_data or "")["id"])
        if len(ids) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    chat.page.route("**/chat/messages", lose_the_first)
    chat.write("bonjour")
    chat.page.get_by_role("button", name="Réessayer").click()

    expect(chat.bot).to_have_count(2)
    assert len(ids) == 2
    assert len(set(ids)) == 1
    assert heard(server) == ["bonjour"]


def test_a_message_not_yet_delivered_survives_a_reload(chat: Widget, server: ChatServer) -> None:
    chat.page.route("**/chat/messages", lambda route: route.abort())
    chat.write("bonjour")
    expect(chat.banner).to_be_visible()
    chat.page.unroute_all()

    chat.page.reload()

    expect(chat.bot.last).to_have_text("Vous avez dit bonjour")
    expect(chat.person).to_have_text(["bonjour"])
    assert heard(server) == ["bonjour"]


def test_tries_are_spaced_out(chat: Widget, server: ChatServer) -> None:
    chat.page.evaluate(
        """() => { Math.random = () => 0.5; window.waits = []; const real = setTimeout;
        window.setTimeout = (act, ms) => {
          if (ms >= 1000) window.waits.push(ms);
          return real(act, ms >= 1000 ? 0 : ms);
        }; }"""
    )
    tries = 0

    def fail_seven_times(route: Route) -> None:
        nonlocal tries
        tries += 1
        if tries <= 7:
            route.abort()
        else:
            route.continue_()

    chat.page.route("**/chat/messages", fail_seven_times)
    chat.ask("bonjour")

    seconds = [wait / 1000 for wait in chat.page.evaluate("window.waits")]
    assert seconds == [1, 2, 4, 8, 16, 30, 30]
    assert heard(server) == ["bonjour"]


def test_a_turn_that_failed_is_tried_again(chat: Widget, server: ChatServer) -> None:
    server.assistant.failures = 1
    chat.write("bonjour")

    expect(chat.bot.last).to_have_text("Vous avez dit bonjour")
    expect(chat.banner).to_be_hidden()
    assert heard(server) == ["bonjour"]


def test_an_expired_session_begins_a_new_one_and_keeps_the_message(
    chat: Widget, server: ChatServer
) -> None:
    chat.ask("bonjour")
    server.call("DELETE", "/chat/sessions", token=chat.remembered()["token"])

    chat.write("encore là")

    expect(chat.notice).to_contain_text("a expiré")
    expect(chat.bot).to_have_text(["Salam ! Bonjour !", "Vous avez dit encore là"])
    expect(chat.person).to_have_text(["encore là"])


def test_a_restart_of_the_server_is_not_noticed(visitor: Visit, tmp_path: Path) -> None:
    page = visitor().new_page()
    settings = WebSettings(wording=WORDING)
    with ChatServer(tmp_path, settings) as before:
        page.goto(f"{before.url}/chat")
        chat = Widget(page)
        expect(chat.bot).to_have_count(1)
        chat.ask("avant")
    chat.write("pendant")
    expect(chat.banner).to_be_visible()

    with ChatServer(tmp_path, settings, port=before.port) as after:
        expect(chat.bot).to_have_count(3)
        expect(chat.banner).to_be_hidden()
        assert heard(after) == ["pendant"]
        page.reload()
        expect(chat.person).to_have_text(["avant", "pendant"])


def test_forgetting_without_connection_is_done_later(
    chat: Widget, phone: BrowserContext, server: ChatServer
) -> None:
    chat.ask("mon secret")
    token = chat.remembered()["token"]
    phone.set_offline(True)
    chat.choose("M’oublier", "Oui, effacer")
    expect(chat.banner).to_be_visible()
    expect(chat.person).to_have_count(0)
    expect(chat.notice).to_have_count(0)  # not said before it is true
    phone.set_offline(False)

    chat.page.reload()

    expect(chat.bot).to_have_text(["Salam ! Bonjour !"])
    assert server.call("GET", "/chat/messages", token=token).status == 401


def test_what_is_remembered_may_be_nonsense(page: Page, chat: Widget) -> None:
    for kept in ("null", "[]", '{"outbox": 7, "token": {}, "ending": [1]}', "{", '"x"'):
        page.evaluate("kept => localStorage.setItem('mouwakib', kept)", kept)
        page.reload()
        expect(chat.bot).to_have_text(["Salam ! Bonjour !"])


def test_without_storage_the_chat_works_for_as_long_as_the_page(
    visitor: Visit, server: ChatServer
) -> None:
    context = visitor()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('denied'); }})"
    )
    page = context.new_page()
    page.goto(f"{server.url}/chat")
    chat = Widget(page)
    expect(chat.bot).to_have_count(1)

    chat.ask("bonjour")
    chat.ask("encore")

    assert len({person for person, _ in server.assistant.heard}) == 1
