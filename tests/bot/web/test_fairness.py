"""However much one visitor sends, others are answered in between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.conversations import ADDRESS_WAITS, SESSION_WAITS, Conversations, Incoming
from bot.channels.queues import Shares, TooManyWaitError
from bot.store import Database, migrations
from tests.bot.web.fakes import FakeAssistant


@pytest.fixture
async def talks(tmp_path: Path) -> AsyncIterator[tuple[Conversations, FakeAssistant]]:
    """Conversations with an assistant that takes a moment for each turn."""
    database, assistant = Database(f"sqlite:///{tmp_path / 'chat.db'}"), FakeAssistant()
    migrations.upgrade(database)
    yield Conversations(assistant, database), assistant
    database.close()


async def served_before(
    talks: tuple[Conversations, FakeAssistant], sessions: int, messages: int, address: str
) -> int:
    """Return how many turns of a hostile visitor are taken while somebody waits for one answer."""
    conversations, assistant = talks
    hostile = [(await conversations.begin(address="hostile"))[0] for _ in range(sessions)]
    other, _ = await conversations.begin(address=address)
    assistant.pause = 0.02
    sent = [
        asyncio.ensure_future(
            conversations.say(token, Incoming(str(number), text="encore"), address="hostile")
        )
        for token in hostile
        for number in range(messages)
    ]
    already = len(assistant.heard) + 2
    while len(assistant.heard) < already:  # noqa: ASYNC110 (they are being served)
        await asyncio.sleep(0.005)
    before = len(assistant.heard)
    await conversations.say(other, Incoming("o", text="bonjour"), address=address)
    served = len(assistant.heard) - before - 1
    for task in sent:
        task.cancel()
    await asyncio.gather(*sent, return_exceptions=True)
    await conversations.stop()
    return served


async def test_a_session_with_twenty_messages_waiting_lets_others_of_its_address_in_between(
    talks: tuple[Conversations, FakeAssistant],
) -> None:
    assert await served_before(talks, sessions=1, messages=20, address="hostile") <= 2


async def test_an_address_with_many_talks_lets_other_addresses_in_between(
    talks: tuple[Conversations, FakeAssistant],
) -> None:
    assert await served_before(talks, sessions=12, messages=2, address="other") <= 2


async def test_only_so_many_turns_wait(talks: tuple[Conversations, FakeAssistant]) -> None:
    conversations, assistant = talks
    token, _ = await conversations.begin()
    assistant.pause = 0.005
    answers = await asyncio.gather(
        *(
            conversations.say(token, Incoming(str(number), text="encore"))
            for number in range(SESSION_WAITS + 5)
        ),
        return_exceptions=True,
    )
    assert [type(answer) for answer in answers] == [str] * SESSION_WAITS + [TooManyWaitError] * 5
    begun = await asyncio.gather(
        *(conversations.begin() for _ in range(ADDRESS_WAITS + 5)), return_exceptions=True
    )
    assert sum(isinstance(one, TooManyWaitError) for one in begun) == 5


def test_who_used_more_than_a_share_gives_way_while_others_are_about() -> None:
    now = [100.0]
    shares = Shares(burst=0.5, share=0.1, clock=lambda: now[0])

    assert shares.rest("hostile", 3.0) == 0  # nobody else is about
    assert shares.rest("other", 0.1) == 0
    assert shares.rest("hostile", 0.2) == pytest.approx(2.0)
    now[0] += 2.0
    assert shares.rest("other", 0.1) == 0
    assert shares.rest("hostile", 0.1) == pytest.approx(1.0)
    now[0] += 60
    assert shares.rest("hostile", 0.5) == 0
