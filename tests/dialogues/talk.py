"""A person of a test: speaks with a running server over HTTP and keeps what came back."""

from __future__ import annotations

import json
import time
import uuid
from http import HTTPStatus
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tests.questions import asked, plain

DONT_KNOW = {"fr": "je ne sais pas", "ary": "ما عرفتش", "ary-Latn": "ma3reftch"}

TOO_FAST = 429

QUESTIONS = 12
"""After so many questions of one interview something has gone wrong."""


class Person:
    """One session on the web channel.

    Attributes:
        last: The answer to the last message: ``{"messages", "language", "dir"}``.
        verdicts: The verdict of every card seen so far, by scheme.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        opened = self._call("POST", "/chat/sessions")
        self._token = opened["token"]
        self.last: dict[str, Any] = {"messages": opened["messages"]}
        self.verdicts: dict[str, str] = {}

    def take_step(self, step: dict[str, Any], language: str) -> None:
        """Do what a step of a written talk says: write, press or answer what is asked.

        Args:
            step: As in the YAML files beside this module.
            language: Of the person, for not knowing what the step does not answer.
        """
        if "write" in step:
            self.write(str(step["write"]))
        elif "press" in step:
            self.press(str(step["press"]), step.get("of"))
        else:
            otherwise = step.get("otherwise", DONT_KNOW[language])
            self.answer_questions(step["answer"] or {}, otherwise)

    def write(self, text: str) -> None:
        """Send a typed message."""
        self._say({"text": text})

    def press(self, title: str, scheme: str | None = None) -> None:
        """Press the button of the last answer with this title; with ``scheme``, on its card."""
        cards = [card for card in self.cards() if card["scheme"] == scheme]
        offered = [button for card in cards for button in card["buttons"]]
        for button in self.buttons() if scheme is None else offered:
            if plain(button["title"]) == title:
                self._say({"payload": button["payload"]})
                return
        titles = [button["title"] for button in self.buttons()]
        raise AssertionError(f"There is no button “{title}”, only {titles}.\n{self.shown()}")

    def answer_questions(self, answers: dict[str, str], otherwise: str) -> None:
        """Answer whatever is asked, until cards are shown or nothing is asked any more."""
        for _ in range(QUESTIONS):
            fact = self.asked()
            if fact is None:
                return
            self.write(str(answers.get(fact, otherwise)))
            if self.cards():
                return
        raise AssertionError(f"The interview does not end.\n{self.shown()}")

    def asked(self) -> str | None:
        """Return the fact the last answer asks for."""
        return asked(message["text"] for message in self.last["messages"])

    def buttons(self) -> list[dict[str, str]]:
        """Return all buttons of the last answer."""
        found: list[dict[str, str]] = []
        for message in self.last["messages"]:
            found += message.get("buttons") or []
            for card in message.get("cards") or []:
                found += card["buttons"]
        return found

    def cards(self) -> list[dict[str, Any]]:
        """Return the cards of the last answer."""
        return [card for m in self.last["messages"] for card in m.get("cards") or []]

    def shown(self) -> str:
        """Return everything a person sees of the last answer, for looking words up."""
        return json.dumps(self.last, ensure_ascii=False, indent=1)

    def seen(self) -> str:
        """Return the words of the last answer, without payloads or ids."""
        lines: list[str] = []
        for message in self.last["messages"]:
            lines.append(message["text"])
            lines += [button["title"] for button in message.get("buttons") or []]
            for card in message.get("cards") or []:
                lines += [card["title"], card["line"]]
                lines += [f"{c['mark']} {c['text']}" for c in card["conditions"]]
                lines += [button["title"] for button in card["buttons"]]
        seen = "\n".join(line for line in lines if line).replace("\u00a0", " ")
        return seen.replace("\u2066", "").replace("\u2069", "")

    def _say(self, said: dict[str, str]) -> None:
        self.last = self._call("POST", "/chat/messages", {"id": str(uuid.uuid4()), **said})
        self.verdicts.update({card["scheme"]: card["verdict"] for card in self.cards()})

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"Content-Type": "application/json"}
        if hasattr(self, "_token"):
            headers["Authorization"] = f"Bearer {self._token}"
        data = None if body is None else json.dumps(body).encode()
        request = Request(self._address + path, data=data, headers=headers, method=method)
        while True:
            try:
                with urlopen(request, timeout=60) as response:
                    return json.loads(response.read() or b"null")
            except HTTPError as refused:
                if refused.code != HTTPStatus.TOO_MANY_REQUESTS:
                    raise
                time.sleep(float(refused.headers["Retry-After"]))  # many talks from one address
