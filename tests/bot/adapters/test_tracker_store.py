from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from rasa.core.agent import Agent, load_agent
from rasa.core.tracker_store import SQLTrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.utils.endpoints import EndpointConfig

from bot.channels.messages import Said
from bot.rasa.assistant import RasaAssistant
from bot.rasa.in_process import InProcessActions
from bot.rasa.loading import load, open_database
from bot.rasa.tracker_store import KEPT, conversations_of
from bot.store import Database


async def say(assistant: RasaAssistant, text: str, person: str = "p") -> list[str]:
    turn = await assistant.take_turn(person, Said(text), "web")
    return [answer.text for answer in turn.answers if answer.text]


async def other_process(
    model: str, actions: InProcessActions, folder: Path
) -> tuple[Agent, RasaAssistant]:
    agent = await load(Path(model), open_database(f"sqlite:///{folder}/deep/talks.db"), actions)
    return agent, RasaAssistant(lambda: agent)


async def test_a_conversation_goes_on_after_a_restart_of_the_server(
    assistant: RasaAssistant, tiny_model: str, tiny_actions: InProcessActions, tmp_path: Path
) -> None:
    assert await say(assistant, "j'ai 27 ans") == ["1"]
    _, restarted = await other_process(tiny_model, tiny_actions, tmp_path)
    assert await say(restarted, "j'ai 27 ans") == ["2"]


async def test_a_copy_in_memory_that_another_process_made_old_is_read_anew(
    assistant: RasaAssistant, tiny_model: str, tiny_actions: InProcessActions, tmp_path: Path
) -> None:
    _, other = await other_process(tiny_model, tiny_actions, tmp_path)
    served = [assistant, other, other, assistant, other, assistant]
    said = [await say(one, "j'ai 27 ans") for one in served]
    assert said == [[str(number)] for number in range(1, 7)]


async def test_turns_of_one_person_in_two_processes_at_once_are_taken_one_by_one(
    assistant: RasaAssistant, tiny_model: str, tiny_actions: InProcessActions, tmp_path: Path
) -> None:
    _, other = await other_process(tiny_model, tiny_actions, tmp_path)
    turns = [say(one, "j'ai 27 ans") for one in [assistant, other] * 6]
    counted = sorted(int(text) for [text] in await asyncio.gather(*turns))
    assert counted == list(range(1, 13))


async def test_a_turn_whose_transaction_is_not_finished_leaves_nothing_behind(
    assistant: RasaAssistant, database: Database
) -> None:
    assert await say(assistant, "j'ai 27 ans") == ["1"]
    async with database.transaction("p") as transaction:
        turn = await assistant.take_turn("p", Said("j'ai 27 ans"), "web", transaction)
        assert [answer.text for answer in turn.answers] == ["2"]
    assert await say(assistant, "j'ai 27 ans") == ["2"]


async def test_a_talk_in_memory_reads_no_events_and_writes_only_new_ones(
    assistant: RasaAssistant, database: Database
) -> None:
    await say(assistant, "j'ai 27 ans")
    asked: list[str] = []
    sa.event.listen(database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    for _ in range(3):
        asked.clear()
        await say(assistant, "j'ai 27 ans")
        kinds = [statement.split()[0] for statement in asked if "events" in statement]
        assert kinds == ["SELECT", "INSERT", "SELECT"], asked
        assert not any("events.data" in statement for statement in asked if "SELECT" in statement)


async def test_the_stock_store_reads_what_ours_has_written(
    assistant: RasaAssistant, tiny_agent: Agent, tmp_path: Path
) -> None:
    for _ in range(3):
        await say(assistant, "j'ai 27 ans")
    stock = SQLTrackerStore(tiny_agent.domain, host=f"sqlite:///{tmp_path}/deep/talks.db")
    read, ours = await stock.retrieve("p"), await conversations_of(tiny_agent).retrieve("p")
    assert read is not None
    assert ours is not None
    assert read.current_slot_values() == ours.current_slot_values()
    told = [event.as_dict() for event in read.events]
    assert told == json.loads(json.dumps([event.as_dict() for event in ours.events][-len(told) :]))
    assert list(await stock.keys()) == list(await conversations_of(tiny_agent).keys()) == ["p"]


async def test_the_store_works_in_the_stock_servers_too(
    tiny_model: str, tiny_actions: InProcessActions, tmp_path: Path
) -> None:
    store = EndpointConfig(
        url=f"sqlite:///{tmp_path}/stock.db", type="bot.rasa.tracker_store.ConversationStore"
    )
    endpoints = AvailableEndpoints(action=tiny_actions, tracker_store=store)
    agent = await load_agent(tiny_model, endpoints=endpoints)
    for number in range(1, 4):
        [answer] = await agent.handle_text("j'ai 27 ans", sender_id="p")
        assert answer["text"] == str(number)


async def test_memory_is_bounded_and_whoever_was_dropped_is_remembered(
    assistant: RasaAssistant, tiny_agent: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.rasa.tracker_store.KEPT", 3)
    assert KEPT > 3
    for person in "abcde":
        assert await say(assistant, "j'ai 27 ans", person) == ["1"]
    assert list(conversations_of(tiny_agent)._kept) == ["c", "d", "e"]
    assert await say(assistant, "j'ai 27 ans", "a") == ["2"]


async def test_a_deleted_conversation_leaves_no_words_in_the_file(
    assistant: RasaAssistant, database: Database, tmp_path: Path
) -> None:
    await assistant.take_turn("p", Said("j'ai 27 ans et un secret"), "web")
    await assistant.forget("p")
    database.scrub()
    for file in (tmp_path / "deep").iterdir():
        assert b"secret" not in file.read_bytes(), file
