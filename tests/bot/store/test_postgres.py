"""The same on PostgreSQL: several processes, and a database that goes away and comes back."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator

import pytest
from sqlalchemy.exc import SQLAlchemyError

from bench.engines import Engine, postgres, postgres_folder
from bot.channels.conversations import Conversations, IdReusedError, Incoming
from bot.store import Database, migrations
from tests.bot.store.counting import CountingAssistant

pytestmark = pytest.mark.skipif(postgres_folder() is None, reason="PostgreSQL is not installed")


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with postgres() as running:
        yield running


@pytest.fixture
def processes(engine: Engine) -> Iterator[list[Conversations]]:
    databases = [Database(engine.url) for _ in range(3)]
    migrations.upgrade(databases[0])
    yield [Conversations(CountingAssistant(), database) for database in databases]
    for database in databases:
        database.close()


def count(answer: str) -> int:
    return int(json.loads(answer)["messages"][0]["text"])


async def test_turns_of_one_person_in_three_processes_are_taken_once_each_one_by_one(
    processes: list[Conversations],
) -> None:
    token, _ = await processes[0].begin()
    turns = [
        processes[number % 3].say(token, Incoming(f"id{number}", text="x")) for number in range(30)
    ]
    answers = await asyncio.gather(*turns)
    assert sorted(map(count, answers)) == list(range(1, 31))
    history = [json.loads(message) for message in await processes[1].history(token)]
    said = [message["text"] for message in history if message["from"] == "bot"][1:]
    assert said == [str(number) for number in range(1, 31)]


async def test_one_id_sent_to_three_processes_at_once_is_one_turn(
    processes: list[Conversations],
) -> None:
    token, _ = await processes[0].begin()
    answers = await asyncio.gather(
        *(process.say(token, Incoming("same", text="x")) for process in processes * 3)
    )
    assert len(set(answers)) == 1
    assert count(await processes[2].say(token, Incoming("next", text="x"))) == 2
    with pytest.raises(IdReusedError):
        await processes[1].say(token, Incoming("same", text="y"))


async def test_more_people_wait_than_there_are_connections_and_all_are_answered(
    processes: list[Conversations],
) -> None:
    tokens = [(await processes[0].begin())[0] for _ in range(12)]
    turns = [
        process.say(token, Incoming(f"id{number}", text="x"))
        for number in range(3)
        for token in tokens
        for process in processes
    ]
    answers = await asyncio.wait_for(asyncio.gather(*turns), 60)
    assert len(answers) == 108


async def test_a_database_that_goes_and_comes_back_loses_nothing_that_was_answered(
    processes: list[Conversations], engine: Engine
) -> None:
    token, _ = await processes[0].begin()
    assert count(await processes[0].say(token, Incoming("a", text="x"))) == 1
    engine.stop()
    with pytest.raises(SQLAlchemyError):
        await processes[0].say(token, Incoming("b", text="x"))
    engine.start()
    answered = await _once_it_is_back(processes[0], token, "b")
    assert count(answered) == 2
    assert await processes[1].say(token, Incoming("b", text="x")) == answered


async def test_a_database_that_goes_while_a_turn_is_thought_about_keeps_nothing_of_it(
    processes: list[Conversations], engine: Engine
) -> None:
    slow = processes[0]
    token, _ = await slow.begin()
    slow._assistant.pause = 0.5  # type: ignore[attr-defined]
    going = asyncio.ensure_future(slow.say(token, Incoming("a", text="x")))
    await asyncio.sleep(0.2)
    await asyncio.to_thread(engine.stop)
    with pytest.raises(SQLAlchemyError):
        await going
    engine.start()
    assert count(await _once_it_is_back(processes[1], token, "a")) == 1


async def _once_it_is_back(process: Conversations, token: str, id_: str) -> str:
    for _ in range(20):
        try:
            return await process.say(token, Incoming(id_, text="x"))
        except SQLAlchemyError:
            await asyncio.sleep(0.2)
    raise AssertionError("the database did not come back")


async def test_a_turn_of_another_channel_waits_for_the_same_person(engine: Engine) -> None:
    databases = [Database(engine.url) for _ in range(2)]
    order: list[str] = []

    async def turn(database: Database, name: str, pause: float) -> None:
        async with database.transaction("person") as transaction:
            await transaction.run(lambda _: order.append(f"{name} in"))
            await asyncio.sleep(pause)
            await transaction.finish(lambda _: order.append(f"{name} out"))

    await asyncio.gather(turn(databases[0], "a", 0.2), turn(databases[1], "b", 0.0))
    assert order in (["a in", "a out", "b in", "b out"], ["b in", "b out", "a in", "a out"])
    for database in databases:
        database.close()
