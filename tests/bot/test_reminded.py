"""A whole application with the real assistant: papers, consent, a week of silence, a reminder."""

from __future__ import annotations

import json
import uuid
from datetime import datetime
from typing import Any

import pytest

import eligibility
from actions.knowledge import catalogue
from bot.channels.conversations import Conversations, Incoming
from bot.channels.follow_up import FollowUp
from bot.rasa.assistant import RasaAssistant
from bot.store import Database
from bot.store.reminders import reminders

WEEK = 7 * 24 * 3600


@pytest.fixture
async def web(assistant: RasaAssistant, database: Database) -> Conversations:
    return Conversations(assistant, database)


class Person:
    """Somebody on the web channel."""

    def __init__(self, web: Conversations) -> None:
        self._web = web
        self._token = ""
        self._last: list[dict[str, Any]] = []

    async def says(self, text: str) -> str:
        """Write something; return all that was answered."""
        if not self._token:
            self._token, _ = await self._web.begin(None)
        return await self._take(Incoming(uuid.uuid4().hex, text=text))

    async def presses(self, title: str) -> str:
        """Press a button of the last answer."""
        buttons = [button for message in self._last for button in message["buttons"]]
        payload = next(b["payload"] for b in buttons if b["title"] == title)
        return await self._take(Incoming(uuid.uuid4().hex, payload=payload))

    async def finds(self) -> str:
        """Return the last message that is there at the next visit."""
        return str(json.loads((await self._web.history(self._token))[-1])["text"])

    async def takes_away(self) -> dict[str, Any]:
        """Return everything that is kept, as exported."""
        return dict(json.loads(await self._web.export(self._token)))

    async def _take(self, incoming: Incoming) -> str:
        self._last = json.loads(await self._web.say(self._token, incoming))["messages"]
        return "\n".join(message["text"] for message in self._last)


def a_week_passes(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(reminders.update().values(due=reminders.c.due - WEEK - 24 * 3600))


def following(web: Conversations, database: Database) -> FollowUp:
    morning = datetime(2026, 12, 1, 10, tzinfo=eligibility.casablanca())
    return FollowUp(database, {"web": web.remind}, lambda _: None, catalogue, lambda: morning)


async def gathers(person: Person) -> str:
    await person.says("j'ai 27 ans, je suis à Fès, j'ai une idée de projet et pas de statut")
    await person.says("quels papiers pour l'INDH programme 3 projets des jeunes ?")
    return await person.says("j'ai la CIN et le devis")


async def test_who_agreed_finds_what_is_missing_a_week_later(
    web: Conversations, database: Database
) -> None:
    person = Person(web)
    listed = await gathers(person)
    assert "✓ Carte d'identité (CIN)" in listed
    assert "☐ Certificat de résidence" in listed
    await person.presses("Oui, rappelez-le-moi")
    exported = await person.takes_away()
    assert exported["reminders"] is True
    assert "cin" in exported["dossiers"]["indh-p3-entrepreneuriat"]["have"]
    await web.drop_words(0)  # as after a day without a word
    await following(web, database).look()
    assert "Certificat de résidence" not in await person.finds()
    a_week_passes(database)
    await following(web, database).look()
    reminded = await person.finds()
    assert "Certificat de résidence" in reminded
    assert "CIN" not in reminded


async def test_who_said_no_or_stop_is_left_in_peace(web: Conversations, database: Database) -> None:
    for answer in ("Non merci", "Oui, rappelez-le-moi"):
        person = Person(web)
        await gathers(person)
        await person.presses(answer)
        if answer != "Non merci":
            await person.presses("Arrêter les rappels")
        a_week_passes(database)
        await following(web, database).look()
        assert await person.finds() == "Entendu : plus de rappels."
