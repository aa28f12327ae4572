"""A conversation through ``/chat``, as the HTTP contract has it."""

from __future__ import annotations

import json
import re
import socket
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor

from tests.bot.web.fakes import CARD, PAPERS, ChatServer


def test_a_session_starts_with_the_greeting(server: ChatServer) -> None:
    reply = server.call("POST", "/chat/sessions")

    assert reply.status == 201
    assert set(reply.json) == {"token", "messages"}
    [greeting] = reply.json["messages"]
    assert greeting["from"] == "bot"
    assert greeting["text"] == "Salam ! Bonjour !"
    assert greeting["buttons"][0] == {"title": "Oui", "payload": "/affirm"}
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", greeting["at"])
    [(person, said)] = server.assistant.heard
    assert (said.text, said.is_payload, said.metadata) == ("/greet", True, {"first": True})
    assert person not in reply.body.decode()


def test_a_message_is_answered_with_the_new_messages_of_the_bot_only(server: ChatServer) -> None:
    reply = server.say(server.open(), "montre la carte")

    assert reply.status == 200
    assert set(reply.json) == {"messages", "language", "dir"}
    [answer] = reply.json["messages"]
    assert answer["cards"] == [CARD.to_json()]
    assert (reply.json["language"], reply.json["dir"]) == ("fr", "ltr")


def test_an_answer_in_arabic_letters_runs_from_right_to_left(server: ChatServer) -> None:
    reply = server.say(server.open(), "سلام")

    assert (reply.json["language"], reply.json["dir"]) == ("ary", "rtl")


def test_the_history_holds_both_sides_in_order(server: ChatServer) -> None:
    token = server.open()
    server.say(token, "bonjour", "first")
    server.press(token, "/affirm", "second")

    said = [(m["from"], m["text"]) for m in server.history(token)]

    assert said == [
        ("bot", "Salam ! Bonjour !"),
        ("person", "bonjour"),
        ("bot", "Vous avez dit bonjour"),
        ("person", "Oui"),
        ("bot", "Vous avez choisi /affirm"),
    ]
    assert [m["id"] for m in server.history(token) if m["from"] == "person"] == ["first", "second"]


def test_two_sessions_do_not_see_each_other(server: ChatServer) -> None:
    one, other = server.open(), server.open()
    server.say(one, "mon secret")

    assert one != other
    assert [m["text"] for m in server.history(other)] == ["Salam ! Bonjour !"]
    people = {person for person, _ in server.assistant.heard}
    assert len(people) == 2


def test_the_same_id_again_gives_the_same_answer_and_does_nothing(server: ChatServer) -> None:
    token = server.open()

    first, second = server.say(token, "bonjour", "a"), server.say(token, "bonjour", "a")

    assert first.body == second.body
    assert len(server.assistant.heard) == 2  # the greeting and one turn
    assert len(server.history(token)) == 3


def test_a_duplicate_waits_for_the_first_that_still_runs(server: ChatServer) -> None:
    token = server.open()
    server.assistant.pause = 0.2

    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda _: server.say(token, "bonjour", "a"), range(4)))

    assert {reply.status for reply in replies} == {200}
    assert len({reply.body for reply in replies}) == 1
    assert len(server.assistant.heard) == 2


def test_the_same_id_with_another_text_is_a_conflict(server: ChatServer) -> None:
    token = server.open()
    server.say(token, "bonjour", "a")

    assert (server.say(token, "au revoir", "a").status) == 409
    assert (server.press(token, "/affirm", "a").status) == 409
    assert server.say(server.open(), "au revoir", "a").status == 200  # ids belong to a session


def test_messages_of_one_person_are_taken_one_by_one(server: ChatServer) -> None:
    token = server.open()
    server.assistant.pause = 0.02

    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda n: server.say(token, f"message {n}"), range(8)))

    assert {reply.status for reply in replies} == {200}
    assert set(server.assistant.most_at_once.values()) == {1}
    assert len(server.history(token)) == 17


def test_a_turn_that_fails_is_not_lost_and_may_be_tried_again(server: ChatServer) -> None:
    token = server.open()
    server.assistant.failures = 1

    failed = server.say(token, "bonjour", "a")
    assert (failed.status, failed.error) == (503, "failed")
    assert len(server.history(token)) == 1

    assert server.say(token, "bonjour", "a").json["messages"][0]["text"] == "Vous avez dit bonjour"


def test_a_turn_whose_client_went_away_is_finished_and_kept(server: ChatServer) -> None:
    token = server.open()
    server.assistant.pause = 0.3
    body = json.dumps({"id": "a", "text": "bonjour"})
    head = f"POST /chat/messages HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"
    with socket.create_connection(("127.0.0.1", server.port)) as client:
        client.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode())
        time.sleep(0.1)

    reply = server.say(token, "bonjour", "a")

    assert reply.json["messages"][0]["text"] == "Vous avez dit bonjour"
    assert len(server.assistant.heard) == 2


def test_a_turn_that_runs_when_the_server_stops_is_finished(server: ChatServer) -> None:
    with ChatServer(server.folder) as stopping, ThreadPoolExecutor(1) as pool:
        token = stopping.open()
        stopping.assistant.pause = 0.3
        pool.submit(stopping.say, token, "bonjour", "a").add_done_callback(lambda f: f.exception())
        time.sleep(0.1)

    assert [m["text"] for m in server.history(token)][1:] == ["bonjour", "Vous avez dit bonjour"]


def test_a_payload_is_taken_only_from_a_button_that_was_shown(server: ChatServer) -> None:
    token = server.open()

    assert server.press(token, PAPERS.payload).error == "unknown_payload"
    server.say(token, "montre la carte")
    assert server.press(token, PAPERS.payload).status == 200
    assert server.press(server.open(), PAPERS.payload).error == "unknown_payload"
    assert server.press(token, '/affirm{"nonsense": 1}').error == "unknown_payload"


def test_a_typed_slash_is_text(server: ChatServer) -> None:
    server.say(server.open(), "/restart")

    said = server.assistant.heard[-1][1]
    assert (said.text, said.is_payload) == ("/restart", False)


def test_control_and_direction_characters_are_dropped(server: ChatServer) -> None:
    token = server.open()

    assert server.say(token, "\u202eab\u0000c\u200f\ud83d\r\nd\u200ce\u2066").status == 200

    assert server.assistant.heard[-1][1].text == "abc\nde"


def test_deleting_a_session_erases_everything_and_ends_the_token(server: ChatServer) -> None:
    token = server.open()
    server.say(token, "je m’appelle Rkia-du-douar")
    person = server.assistant.heard[-1][0]

    assert server.call("DELETE", "/chat/sessions", token=token).status == 204

    assert server.assistant.forgotten == [person]
    assert server.call("GET", "/chat/messages", token=token).status == 401
    assert server.say(token, "encore").status == 401
    assert server.call("DELETE", "/chat/sessions", token=token).status == 401
    assert not written_in(server, "Rkia-du-douar")


def test_forgetting_asked_for_in_the_talk_leaves_an_empty_session(server: ChatServer) -> None:
    token = server.open()
    server.say(token, "je m’appelle Rkia-du-douar")
    person = server.assistant.heard[-1][0]

    farewell = server.say(token, "efface tout", "bye")

    assert farewell.json["messages"][0]["text"] == "C’est oublié."
    assert server.assistant.forgotten == [person]
    assert server.history(token) == []
    assert not written_in(server, "Rkia-du-douar")
    assert server.press(token, "/affirm").error == "unknown_payload"
    assert server.say(token, "efface tout", "bye").body == farewell.body
    server.say(token, "bonjour")
    assert server.assistant.heard[-1][0] != person
    assert len(server.history(token)) == 2


def test_a_conversation_survives_a_restart_of_the_server(server: ChatServer) -> None:
    token = server.open()
    first = server.say(token, "bonjour", "a")

    with ChatServer(server.folder) as restarted:
        assert len(restarted.history(token)) == 3
        assert restarted.say(token, "bonjour", "a").body == first.body
        restarted.say(token, "encore")
        assert restarted.assistant.heard[-1][0] == server.assistant.heard[-1][0]


def test_tokens_are_long_and_stored_only_hashed(server: ChatServer) -> None:
    token = server.open()

    assert len(token) >= 43  # 256 bits in base 64
    assert not written_in(server, token)
    with sqlite3.connect(server.database_file) as database:
        assert database.execute("select count(*) from web_session").fetchone() == (1,)


def written_in(server: ChatServer, text: str) -> bool:
    """Whether ``text`` stands in the files of the database."""
    files = [f for f in server.folder.iterdir() if f.name.startswith(server.database_file.name)]
    return any(text.encode() in f.read_bytes() for f in files)
