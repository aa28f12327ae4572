"""The real assistant on Telegram: whole conversations, and a program killed in the middle."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.bot.telegram.process import Server
from tests.bot_api import BotApi, buttons

FES = {"latitude": 34.04, "longitude": -5.01}
ELSEWHERE = {"type": "hidden_user", "sender_user_name": "Karim", "date": 1_700_000_000}


@pytest.fixture
async def server(api: BotApi, tmp_path: Path) -> AsyncIterator[Server]:
    """A server that is stopped in the end, started by the test."""
    one = Server(api, tmp_path)
    yield one
    await one.stop()


def words(message: dict[str, Any]) -> str:
    """Return a message's text, its spaces being plain ones."""
    return str(message["text"]).replace("\u00a0", " ")


class Person:
    """Somebody in a private chat; each step waits for the words it expects."""

    def __init__(self, api: BotApi, chat: int, locale: str) -> None:
        self._api, self._chat, self._locale = api, chat, locale
        self._seen = 0

    async def write(self, text: str | None, hears: str, **fields: Any) -> dict[str, Any]:
        """Send a message, and wait for an answer with these words; return the person's update."""
        self._seen = len(self._api.sent_to(self._chat))
        sent = await self._api.say(text, chat=self._chat, locale=self._locale, **fields)
        await self._wait(lambda message: hears in words(message))
        return sent

    async def press(self, title: str, hears: str) -> None:
        """Press a button of the last answer, and wait for an answer with these words."""
        message = await self._wait(lambda message: title in dict(buttons(message)))
        self._seen = len(self._api.sent_to(self._chat))
        await self._api.press(message, title)
        await self._wait(lambda message: hears in words(message))

    @property
    def heard(self) -> str:
        """The words of the last answer, as far as they have come."""
        return "\n".join(words(m) for m in self._api.sent_to(self._chat)[self._seen :])

    async def _wait(self, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        def found() -> list[dict[str, Any]]:
            return [m for m in self._api.sent_to(self._chat)[self._seen :] if fits(m)]

        try:
            await self._api.until(lambda: bool(found()))
        except asyncio.TimeoutError:
            raise AssertionError(self.heard) from None
        return found()[-1]


async def test_people_are_led_to_what_they_may_get_also_by_a_server_that_was_killed(
    server: Server, api: BotApi
) -> None:
    await server.start()

    french = Person(api, 1001, "fr")
    await french.write("/start fes", hears="Vous habitez bien Fès ?")
    assert "Bonjour, مرحبا" in french.heard
    await french.press("Oui", hears="?")
    await french.write("/profil", hears="Fès")
    await french.write("j'ai 27 ans, je cherche un financement", hears="27 ans")
    await french.write("c'est quoi Idmaj ?", hears="Idmaj")
    await french.press("Les papiers", hears="CIN")

    arabic = Person(api, 1002, "ar")
    await arabic.write("/start", hears="مرحبا بيك")
    await arabic.write(None, location=FES, hears="فاس؟")
    assert "قريب ليك" in arabic.heard
    await arabic.press("آه", hears="؟")
    await arabic.write("/profil", hears="فاس")
    await arabic.write("عندي 30 عام وبغيت نخدم", hears="30")

    latin = Person(api, 1003, "fr")
    said = await latin.write("salam, 3ndi 27 3am w sakna f Taza", hears="27")
    assert "Taza" in latin.heard
    await latin.write(
        "salam, 3ndi 37 3am w sakna f Taza", key="edited_message", edits=said, hears="37"
    )
    await latin.write("Tahfiz: 3ndi 60 3am", forward_origin=ELSEWHERE, hears="Tahfiz")
    await latin.write("/profil", hears="37")
    assert all(call["parse_mode"] == "HTML" for call in api.called("sendMessage"))

    api.before["sendChatAction"] = server.kill  # in the middle of a turn
    new = Person(api, 1004, "fr")
    await api.say("j'ai 27 ans", chat=1004)
    await server.ended()
    assert not api.sent_to(1004)
    await server.start()
    await new.write("/profil", hears="27 ans")
    assert sum("J'ai noté" in words(message) for message in api.sent_to(1004)) == 1
    await french.press("Les étapes", hears="Idmaj")

    api.slow("sendMessage", 30)
    sends = len(api.asked("sendMessage"))
    await api.say("merci", chat=1004)
    await api.until(lambda: len(api.asked("sendMessage")) > sends)
    assert await server.stop() < 10  # 5 where nobody else works; without an end, 30
    assert "Traceback" not in server.log()
    assert api.token not in server.log()
