"""A small assistant whose answers the tests know, and a bot of ours beside a double of Telegram."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import eligibility
from bot.channels.messages import Answer, Button, Card, Mark, Said, Turn
from bot.channels.signposts import Signposts
from bot.channels.talk_words import read_texts
from bot.channels.telegram.bot import Options, TelegramBot
from bot.store import Database
from tests.actions.test_sheet import SEAMSTRESS, sheet_of
from tests.bot_api import TOKEN, BotApi

CATALOGUE = Path(__file__).resolve().parents[3] / "catalogue"
WORDING = CATALOGUE / "wording.yml"
SIGNPOSTS = Signposts(eligibility.load(CATALOGUE))
YES, NO = Button("Oui", "/affirm"), Button("Non", "/deny")
LONG_PAYLOAD = '/inform{"fact": {"id": "province", "value": "' + "فاس مكناس " * 20 + '"}}'
FES = Button("Fès", LONG_PAYLOAD)
PAPERS = Button("Les papiers", '/ask_documents{"scheme": "idmaj"}')
PLACE = Button("Où aller", '/ask_place{"scheme": "idmaj"}')
CARD = Card(
    scheme="idmaj",
    title="Idmaj <contrat & insertion>",
    line="Stage payé en entreprise, 1 600 à 6 000 DH par mois.",
    verdict="undetermined",
    conditions=(
        Mark("diplôme", "✓"),
        Mark("moins de 30 ans & plus", "✗"),
        Mark("une entreprise qui vous prend", "?"),
    ),
    buttons=(PAPERS, PLACE),
)


class FakeAssistant:
    """Answers by keyword, and remembers what it was asked and told to forget."""

    def __init__(self) -> None:
        self.ready = True
        self.heard: list[tuple[str, Said]] = []
        self.forgotten: list[str] = []
        self.silenced: list[str] = []
        self.failures = 0
        self.pauses: dict[str, float] = {}

    @property
    def said(self) -> list[str]:
        """What was said, in order, by whomever."""
        return [said.text for _, said in self.heard]

    async def take_turn(self, person: str, said: Said, channel: str, within: object = None) -> Turn:
        assert channel == "telegram"
        if self.failures:
            self.failures -= 1
            raise RuntimeError("the assistant fails")
        await asyncio.sleep(self.pauses.get(said.text, 0))
        self.heard.append((person, said))
        return self._answer(said)

    async def forget(self, person: str, within: object = None) -> None:
        self.forgotten.append(person)

    async def drop_words(self, person: str, before: float, within: object = None) -> None:
        self.silenced.append(person)

    async def known(self, person: str, within: object = None) -> dict[str, Any]:
        return {"language": "fr", "profile": {"age": 27}}

    def _answer(self, said: Said) -> Turn:
        text = said.text
        if said.is_payload and text == "/delete_data":
            return Turn((Answer("C’est oublié."),), "fr", forget=True)
        if said.is_payload and text == "/greet":
            return Turn((Answer("Salam ! Bonjour !", (YES, NO)),), "fr")
        if said.is_payload:
            return Turn((Answer(f"Vous avez choisi {text[:20]}"),), "fr")
        if text.startswith("question"):
            return Turn((Answer("Vous habitez où ?", (FES, YES, NO)),), "fr")
        if "carte" in text:
            return Turn((Answer("Voici :", (Button("Voir plus", "/follow_up"),), (CARD,)),), "fr")
        if "سلام" in text:
            answer = Answer("ANAPEC هي اللي كتسجل.\nمرحبا بيكم!", (Button("خدمة", "/affirm"),))
            return Turn((answer,), "ary")
        if "fiche" in text:
            return Turn((Answer("Voici :"), Answer(sheet=sheet_of("fr", SEAMSTRESS))), "fr")
        if "نمرة" in text:
            answer = Answer("عيط ل 0802 00 37 37 ولا \u206605 35 62\u2069")
            return Turn((answer,), "ary")
        if "mrhba" in text:
            return Turn((Answer("Mrhba bik, kif nta?"),), "ary-Latn")
        if "long" in text:
            return Turn((Answer("Ceci & cela est <long> 😀. " * 500, (YES,)),), "fr")
        return Turn((Answer(f"Vous avez dit {text}"),), "fr")


class RunningBot:
    """Our channel, with its own database file, talking to a double."""

    def __init__(self, api: BotApi, folder: Path, token: str = TOKEN, **options: Any) -> None:
        self.api = api
        self.options = Options(token, api.url, retention_days=180, **options)
        self.database_file = folder / "telegram.db"
        self.assistant = FakeAssistant()
        self.states: list[str] = []
        self._running = False

    async def start(self) -> None:
        """Start, also again after a stop; the database stays."""
        self.channel = TelegramBot(
            self.assistant,
            Database(f"sqlite:///{self.database_file}"),
            read_texts(WORDING),
            SIGNPOSTS,
            self.options,
            lambda state, _name: self.states.append(state),
        )
        self.channel.start()
        self._running = True

    async def stop(self) -> None:
        """Stop as the server does, unless that has been done."""
        if self._running:
            self._running = False
            await self.channel.stop()

    async def until(self, state: str) -> None:
        """Wait until the channel is in a state."""
        for _ in range(3000):
            if self.channel.state == state:
                return
            await asyncio.sleep(0.01)
        raise AssertionError(f"{self.channel.state}, not {state}")

    async def until_written(self, query: str) -> None:
        """Wait until a query finds something."""
        for _ in range(1000):
            if self.rows(query):
                return
            await asyncio.sleep(0.01)
        raise AssertionError(query)

    def write(self, statement: str) -> None:
        """Change the database from outside."""
        with sqlite3.connect(self.database_file) as connection:
            connection.execute(statement)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """Read the database from outside."""
        with sqlite3.connect(self.database_file) as connection:
            return connection.execute(query).fetchall()
