"""The widget as the server hands it out: what it weighs, what it says, what it does not name."""

from __future__ import annotations

import gzip
from typing import Any

import pytest

import yamlsource
from bot.widget.demo import FOLDER
from bot.widget.script import BUILT, TEXTS
from tests.bot.web.fakes import ChatServer

HEAVIEST = 12_000  # bytes, compressed: code, styles and words


def test_the_built_script_is_what_its_sources_make() -> None:
    pytest.importorskip("minify", reason="no package of it for this machine")
    from tools.widget import build

    assert BUILT.read_text("utf-8") == build(), "run: make widget"


def test_the_script_is_light_and_compressed(server: ChatServer) -> None:
    reply = server.call("GET", "/chat/widget.js", headers={"Accept-Encoding": "gzip"})

    assert reply.headers["Content-Encoding"] == "gzip"
    assert len(reply.body) <= HEAVIEST
    plain = server.call("GET", "/chat/widget.js").body
    assert gzip.decompress(reply.body) == plain
    assert reply.headers["content-type"].startswith("text/javascript")


def test_the_script_is_kept_by_the_browser_and_renewed_by_its_tag(server: ChatServer) -> None:
    first = server.call("GET", "/chat/widget.js")
    tag = {"If-None-Match": first.headers["ETag"]}

    assert "max-age=" in first.headers["Cache-Control"]
    assert server.call("GET", "/chat/widget.js", headers=tag).status == 304


def test_the_script_names_no_host_and_runs_no_text(server: ChatServer) -> None:
    script = server.call("GET", "/chat/widget.js").body

    for never in (b"http", b"//", b"eval(", b"new Function", b"innerHTML", b"outerHTML", b"cookie"):
        assert never not in script, never


def incomplete(node: Any, languages: set[str], path: str = "") -> list[str]:
    if all(isinstance(value, dict) for value in node.values()):
        return [p for key, one in node.items() for p in incomplete(one, languages, f"{path}.{key}")]
    return [] if set(node) == languages and all(node.values()) else [path]


def test_every_word_is_there_in_every_language() -> None:
    assert incomplete(yamlsource.plain(TEXTS), {"fr", "ary", "ary_latn"}) == []
    assert incomplete(yamlsource.plain(FOLDER / "demo.yml")["texts"], {"fr", "ary"}) == []


def test_a_site_may_say_what_to_greet_in(server: ChatServer) -> None:
    def greeting(query: str) -> str:
        reply = server.call("POST", f"/chat/sessions{query}")
        assert reply.status == 201
        assert set(reply.json) == {"token", "messages"}
        return str(reply.json["messages"][0]["text"])

    assert greeting("?language=ary") == "السلام، مرحبا!"
    assert greeting("?language=ary-Latn") == "Salam, mrhba!"
    for nothing in ("", "?language=", "?language=de", "?language=%22%7D", "?other=ary"):
        assert greeting(nothing) == "Salam ! Bonjour !"


def test_an_answer_that_erased_the_talk_says_so_again_when_asked_again(server: ChatServer) -> None:
    token = server.open()
    assert "forgotten" not in server.say(token, "bonjour").json

    answers = [server.say(token, "efface tout", "one").json for _ in range(2)]

    assert answers[0] == answers[1]
    assert answers[0]["forgotten"] is True
    assert server.history(token) == []
