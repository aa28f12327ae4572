"""A small assistant whose answers the tests know, and a real server around it."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sanic import Sanic

from bot.channels.conversations import Conversations
from bot.channels.messages import Answer, Button, Card, Mark, Said, Turn
from bot.channels.web import WebChat, WebSettings
from bot.store import Database, Transaction

WORDING = Path(__file__).resolve().parents[3] / "catalogue" / "wording.yml"
PAPERS = Button("Les papiers", '/ask_documents{"scheme": "idmaj"}')
YES, NO = Button("Oui", "/affirm"), Button("Non", "/deny")
GREETINGS = {"fr": "Salam ! Bonjour !", "ary": "السلام، مرحبا!", "ary-Latn": "Salam, mrhba!"}
CARD = Card(
    scheme="idmaj",
    title="Idmaj (contrat d’insertion)",
    line="Stage payé en entreprise, 1 600 à 6 000 DH par mois.",
    verdict="undetermined",
    conditions=(
        Mark("diplôme", "✓"),
        Mark("inscrit à l’ANAPEC", "✗"),
        Mark("une entreprise qui vous prend", "?"),
    ),
    buttons=(PAPERS,),
)


ADDRESSES = (
    "https://www.anapec.org/sigec?a=1, fes@anapec.ma 05 37 77 10 33 +212535652057 "
    "https://maps.example.ma/?q=34.03,-5.00 javascript://x/%0aalert(1) 27000 ftp://x.ma "
    "data://text 2026-11-24"
)


class FakeAssistant:
    """Answers by keyword, and remembers what it was asked and told to forget."""

    def __init__(self) -> None:
        self.ready = True
        self.heard: list[tuple[str, Said]] = []
        self.forgotten: list[str] = []
        self.silenced: list[str] = []
        self.failures = 0
        self.running = 0
        self.most_at_once: dict[str, int] = {}
        self.pause = 0.0

    async def take_turn(
        self, person: str, said: Said, channel: str, within: Transaction | None = None
    ) -> Turn:
        assert channel == "web"
        if self.failures:
            self.failures -= 1
            raise RuntimeError("the assistant fails")
        self.running += 1
        self.most_at_once[person] = max(self.most_at_once.get(person, 0), self.running)
        await asyncio.sleep(self.pause)
        self.running -= 1
        self.heard.append((person, said))
        return self._answer(said)

    async def forget(self, person: str, within: Transaction | None = None) -> None:
        self.forgotten.append(person)

    async def drop_words(
        self, person: str, before: float, within: Transaction | None = None
    ) -> None:
        self.silenced.append(person)

    async def known(self, person: str, within: Transaction | None = None) -> dict[str, Any]:
        return {"language": "fr", "profile": {"age": 27}}

    def _greet(self, text: str) -> Turn:
        language = next((one for one in GREETINGS if f'"{one}"' in text), "fr")
        return Turn((Answer(GREETINGS[language], (YES, NO)),), language)

    def _answer(self, said: Said) -> Turn:
        text = said.text
        if said.is_payload and text.startswith("/greet"):
            return self._greet(text)
        if said.is_payload:
            return Turn((Answer(f"Vous avez choisi {text}"),), "fr")
        if "efface" in text:
            return Turn((Answer("C’est oublié."),), "fr", forget=True)
        if "carte" in text:
            return Turn((Answer("Voici ce qui est possible :", (), (CARD,)),), "fr")
        if "adresses" in text:
            return Turn((Answer(ADDRESSES),), "fr")
        if "سلام" in text:
            return Turn((Answer("مرحبا بيكم! شنو بغيتو؟", (Button("خدمة", "/affirm"),)),), "ary")
        return Turn((Answer(f"Vous avez dit {text}"),), "fr")


@dataclass
class Reply:
    """An HTTP answer."""

    status: int
    headers: dict[str, str]
    body: bytes = field(repr=False)

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def error(self) -> str:
        return str(self.json["error"]["code"])


class ChatServer:
    """The web channel on a free loopback port, in a thread, over a fake assistant."""

    def __init__(self, folder: Path, settings: WebSettings | None = None, port: int = 0) -> None:
        self.assistant = FakeAssistant()
        self.folder = folder
        self.settings = settings or WebSettings(wording=WORDING)
        self.states = {"telegram": "off"}
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", port))
        self.port = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    @property
    def database_file(self) -> Path:
        return self.folder / "chat.db"

    def __enter__(self) -> ChatServer:
        self._thread.start()
        self._wait(self._start())
        return self

    def __exit__(self, *_: object) -> None:
        self._wait(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def _wait(self, work: Any) -> Any:
        future: Future[Any] = asyncio.run_coroutine_threadsafe(work, self._loop)
        return future.result(10)

    async def _start(self) -> None:
        app = Sanic(f"chat_{self.port}_{time.monotonic_ns()}", configure_logging=False)
        self.conversations = Conversations(
            self.assistant, Database(f"sqlite:///{self.database_file}")
        )
        chat = WebChat(
            lambda _app: self.conversations,
            self.settings,
            lambda _app: self.states,
            lambda _app: "mouwakib_bot",
        )
        app.blueprint(chat.blueprint(), url_prefix="/chat")
        app.config.MOTD = False
        Sanic.test_mode = True  # several apps in one process, one after the other
        self._server = await app.create_server(
            sock=self._socket, return_asyncio_server=True, access_log=False
        )
        await self._server.startup()
        await self._server.before_start()
        await self._server.start_serving()
        await self._server.after_start()

    async def _stop(self) -> None:
        await self._server.before_stop()
        await self._server.close()
        for connection in list(self._server.connections):
            connection.abort()
        await self._server.after_stop()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    def call(
        self,
        method: str,
        path: str,
        data: Any = None,
        token: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> Reply:
        """Send a request; ``data`` is sent as JSON unless it is bytes."""
        body = data if data is None or isinstance(data, bytes) else json.dumps(data).encode()
        request = urllib.request.Request(self.url + path, body, headers or {}, method=method)
        if token is not None:
            request.add_header("Authorization", f"Bearer {token}")
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=10) as answer:
                return Reply(answer.status, dict(answer.headers), answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Reply(error.code, dict(error.headers), error.read())

    def open(self) -> str:
        """Begin a session and return its token."""
        reply = self.call("POST", "/chat/sessions")
        assert reply.status == 201, reply
        return str(reply.json["token"])

    def say(self, token: str | None, text: Any, id_: Any = None, **headers: str) -> Reply:
        """Send a text; without an id, a new one is made."""
        id_ = f"id-{time.monotonic_ns()}" if id_ is None else id_
        return self.call("POST", "/chat/messages", {"id": id_, "text": text}, token, headers)

    def press(self, token: str, payload: Any, id_: str | None = None) -> Reply:
        """Send the payload of a button."""
        id_ = id_ or f"id-{time.monotonic_ns()}"
        return self.call("POST", "/chat/messages", {"id": id_, "payload": payload}, token)

    def history(self, token: str) -> list[dict[str, Any]]:
        """Return the messages of a session."""
        reply = self.call("GET", "/chat/messages", token=token)
        assert reply.status == 200, reply
        return list(reply.json["messages"])
