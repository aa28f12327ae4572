"""A talk in the widget, on a phone: messages, buttons, cards, links, the menu."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from bot.channels.messages import Answer, Card, Mark, Turn
from tests.bot.web.fakes import ChatServer
from tests.browser.widget import Widget, heard, rectangle

ARABIC = "سلام، بغيت نعرف شنو كاين"


def test_enter_sends_and_shift_enter_begins_a_line(chat: Widget, server: ChatServer) -> None:
    chat.input.fill("une ligne")
    chat.input.press("Shift+Enter")
    chat.page.keyboard.type("et une autre")
    chat.page.keyboard.press("Enter")

    expect(chat.bot.last).to_contain_text("Vous avez dit")
    assert heard(server) == ["une ligne\net une autre"]
    expect(chat.input).to_have_value("")
    expect(chat.input).to_be_focused()


def test_the_widget_takes_the_language_and_the_direction_of_the_answer(chat: Widget) -> None:
    chat.ask("bonjour")
    expect(chat.box).to_have_attribute("dir", "ltr")
    mine = rectangle(chat.person.last)
    assert mine["x"] + mine["width"] > 360 - 40

    chat.ask(ARABIC)

    expect(chat.box).to_have_attribute("dir", "rtl")
    expect(chat.box).to_have_attribute("lang", "ary")
    assert rectangle(chat.person.last)["x"] < 40
    assert chat.input.get_attribute("placeholder") == "كتب هنا…"


def test_each_message_has_its_own_direction(chat: Widget) -> None:
    chat.ask("bonjour")
    chat.ask(ARABIC)

    assert [one.get_attribute("dir") for one in chat.person.all()] == ["ltr", "rtl"]
    assert chat.bot.last.get_attribute("dir") == "rtl"


def test_a_button_becomes_the_persons_message_and_the_others_go(
    chat: Widget, server: ChatServer
) -> None:
    expect(chat.replies).to_have_text(["Oui", "Non"])

    chat.page.get_by_role("button", name="Oui").click()

    expect(chat.person).to_have_text(["Oui"])
    expect(chat.bot.last).to_have_text("Vous avez choisi /affirm")
    expect(chat.replies).to_have_count(0)
    assert heard(server) == ["/affirm"]


def test_a_double_click_sends_once(chat: Widget, server: ChatServer) -> None:
    chat.page.get_by_role("button", name="Oui").dblclick()
    expect(chat.bot).to_have_count(2)
    chat.input.fill("montre la carte")
    chat.page.locator(".send").dblclick()
    expect(chat.page.locator(".card")).to_have_count(1)
    chat.page.get_by_role("button", name="Les papiers").dblclick()

    expect(chat.bot).to_have_count(4)
    chat.page.wait_for_timeout(200)
    assert heard(server) == ["/affirm", "montre la carte", '/ask_documents{"scheme": "idmaj"}']


def test_a_card_tells_its_conditions_by_sign_and_by_word(chat: Widget) -> None:
    chat.ask("montre la carte")
    card = chat.page.locator(".card")

    expect(card.locator("h3")).to_have_text("Idmaj (contrat d’insertion)")
    expect(card.locator(".verdict")).to_have_text("à préciser")
    expect(card.locator(".sign")).to_have_text(["✓", "✗", "?"])
    words = [one.strip() for one in card.locator("li .unseen").all_inner_texts()]
    assert words == ["(rempli)", "(non rempli)", "(à vérifier)"]
    colours = card.locator(".sign").evaluate_all(
        "signs => signs.map((sign) => getComputedStyle(sign).color)"
    )
    assert len(set(colours)) == 3


def test_many_conditions_and_long_texts_are_folded(
    chat: Widget, server: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = tuple(Mark(f"condition {n}", "✓") for n in range(9))
    text = "\n".join(f"• papier numéro {n}, à demander au guichet" for n in range(20))
    answer = Answer(text, (), (Card("x", "Titre", "", "eligible", marks),))
    monkeypatch.setattr(server.assistant, "_answer", lambda _said: Turn((answer,), "fr"))

    chat.write("tout")

    talk = chat.page.locator(".talk")
    expect(talk.get_by_text("condition 3")).to_be_visible()
    expect(talk.get_by_text("condition 8")).to_be_hidden()
    expect(talk.get_by_text("papier numéro 19")).to_be_hidden()
    for summary in chat.page.locator("summary").all():
        summary.click()
    expect(talk.get_by_text("condition 8")).to_be_visible()
    expect(talk.get_by_text("papier numéro 19")).to_be_visible()


def test_addresses_maps_and_telephone_numbers_become_links(chat: Widget) -> None:
    chat.ask("les adresses")

    links = chat.bot.last.locator("a")
    assert links.evaluate_all("all => all.map((a) => [a.getAttribute('href'), a.text])") == [
        ["https://www.anapec.org/sigec?a=1", "anapec.org/sigec"],
        ["mailto:fes@anapec.ma", "fes@anapec.ma"],
        ["tel:0537771033", "05 37 77 10 33"],
        ["tel:+212535652057", "+212535652057"],
        ["https://maps.example.ma/?q=34.03,-5.00", "Voir sur la carte"],
    ]
    assert links.first.get_attribute("rel") == "noopener noreferrer"


def test_an_answer_can_be_copied(chat: Widget, phone: BrowserContext, server: ChatServer) -> None:
    phone.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.url)
    chat.ask("montre la carte")

    chat.page.get_by_role("button", name="Copier").last.click()

    expect(chat.page.get_by_role("button", name="Copié")).to_be_visible()
    copied = chat.page.evaluate("navigator.clipboard.readText()")
    assert "Voici ce qui est possible" in copied
    assert "diplôme (rempli)" in copied


def test_each_message_tells_its_time(chat: Widget) -> None:
    chat.ask("bonjour")

    for time in chat.page.locator("time").all():
        assert time.get_attribute("datetime")
        assert ":" in time.inner_text()


def test_only_new_answers_are_announced(chat: Widget) -> None:
    chat.ask("bonjour")
    expect(chat.news).to_have_text("Vous avez dit bonjour")

    chat.page.reload()

    expect(chat.bot).to_have_count(2)
    expect(chat.news).to_have_text("")


def test_a_typing_mark_shows_while_the_answer_is_made(chat: Widget, server: ChatServer) -> None:
    server.assistant.pause = 0.8
    chat.write("bonjour")

    expect(chat.page.locator(".typing")).to_be_visible()
    expect(chat.bot).to_have_count(2)
    expect(chat.page.locator(".typing")).to_be_hidden()


def test_forget_me_erases_here_and_on_the_server(chat: Widget, server: ChatServer) -> None:
    chat.ask("bonjour")
    token = chat.remembered()["token"]

    chat.choose("M’oublier", "Non, garder")
    expect(chat.bot).to_have_count(2)
    chat.choose("M’oublier", "Oui, effacer")

    expect(chat.notice).to_contain_text("C’est effacé")
    expect(chat.bot).to_have_count(0)
    assert server.call("GET", "/chat/messages", token=token).status == 401
    assert chat.remembered()["token"] is None
    chat.page.get_by_role("button", name="Recommencer").click()
    expect(chat.bot).to_have_count(1)


def test_start_again_begins_a_new_conversation(chat: Widget, server: ChatServer) -> None:
    chat.ask("bonjour")

    chat.choose("Recommencer", "Oui, effacer")

    expect(chat.bot).to_have_text(["Salam ! Bonjour !"])
    assert len(server.assistant.forgotten) == 1


def test_a_talk_that_was_erased_by_asking_goes_from_the_screen(chat: Widget) -> None:
    chat.ask("mon secret")
    chat.write("efface tout")

    expect(chat.bot).to_have_text(["C’est oublié."])
    expect(chat.person).to_have_count(0)
    assert "secret" not in chat.box.inner_text()
    chat.page.reload()
    expect(chat.bot).to_have_text(["Salam ! Bonjour !"])


def test_a_refused_message_says_why(chat: Widget) -> None:
    chat.input.evaluate("input => input.removeAttribute('maxlength')")
    chat.write("x" * 2001)

    expect(chat.notice).to_contain_text("2 000")
    expect(chat.page.locator(".message.person")).to_have_class("message person unsent")
    chat.write("bonjour")
    expect(chat.bot.last).to_have_text("Vous avez dit bonjour")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("montre la carte", id="card"),
        pytest.param("x" * 400, id="long word"),
        pytest.param("سلام" + "و" * 300, id="long word in Arabic"),
    ],
)
def test_nothing_is_wider_than_a_small_phone(page: Page, chat: Widget, text: str) -> None:
    page.set_viewport_size({"width": 320, "height": 568})
    chat.ask(text)

    for selector in (".box", ".talk"):
        wider = page.locator(selector).evaluate("node => node.scrollWidth - node.clientWidth")
        assert wider <= 0, selector


def test_the_input_stays_in_view_however_long_the_talk(chat: Widget) -> None:
    for n in range(5):
        chat.ask(f"message {n}\n" * 5)

    expect(chat.input).to_be_in_viewport()
    expect(chat.bot.last).to_be_in_viewport()
