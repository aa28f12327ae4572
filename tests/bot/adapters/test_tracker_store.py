from __future__ import annotations

import asyncio
from pathlib import Path

import sqlalchemy as sa
from rasa.core.agent import Agent, load_agent
from rasa.core.utils import AvailableEndpoints
from rasa.utils.endpoints import EndpointConfig

from bot.channels.messages import Said
from bot.rasa.assistant import RasaAssistant
from bot.rasa.in_process import InProcessActions
from bot.rasa.tracker_store import ConversationStore


def test_a_conversation_goes_on_after_a_restart_of_the_server(
    tiny_model: str, tiny_actions: InProcessActions, tmp_path: Path
) -> None:
    async def server_life() -> list[str]:
        store = EndpointConfig(
            url=f"sqlite:///{tmp_path}/talks.db", type="bot.rasa.tracker_store.ConversationStore"
        )
        endpoints = AvailableEndpoints(action=tiny_actions, tracker_store=store)
        agent = await load_agent(tiny_model, endpoints=endpoints)
        turn = await RasaAssistant(lambda: agent).take_turn("p", Said("j'ai 27 ans"), "web")
        return [answer.text for answer in turn.answers]

    assert asyncio.run(server_life()) == ["1"]
    assert asyncio.run(server_life()) == ["2"]


def test_a_deleted_conversation_leaves_no_words_in_the_file(
    tiny_agent: Agent, assistant: RasaAssistant, tmp_path: Path
) -> None:
    asyncio.run(assistant.take_turn("p", Said("j'ai 27 ans et un secret"), "web"))
    asyncio.run(assistant.forget("p"))
    store = tiny_agent.tracker_store._tracker_store
    assert isinstance(store, ConversationStore)
    with store.engine.connect() as connection:
        connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
    for file in (tmp_path / "deep").iterdir():
        assert b"secret" not in file.read_bytes(), file
