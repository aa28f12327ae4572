"""A tiny bot, trained once, behind the real adapters and a real database file."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from rasa.core.agent import Agent, load_agent
from rasa.core.utils import AvailableEndpoints
from rasa.model_training import train
from rasa.utils.endpoints import EndpointConfig

from bot.rasa.assistant import RasaAssistant
from bot.rasa.in_process import InProcessActions, spare_repeated_work

TINY = Path(__file__).with_name("tiny")


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> str:
    result = train(
        domain=str(TINY / "domain.yml"),
        config=str(TINY / "config.yml"),
        training_files=[str(TINY / "rules.yml"), str(TINY / "nlu.yml")],
        output=str(tmp_path_factory.mktemp("models")),
        force_training=True,
    )
    assert result.code == 0
    return str(result.model)


@pytest.fixture(scope="session")
def tiny_actions() -> InProcessActions:
    spare_repeated_work()
    return InProcessActions("tests.bot.adapters.tiny.actions")


@pytest.fixture
def tiny_agent(tiny_model: str, tiny_actions: InProcessActions, tmp_path: Path) -> Agent:
    store = EndpointConfig(
        url=f"sqlite:///{tmp_path}/deep/talks.db",
        type="bot.rasa.tracker_store.ConversationStore",
    )
    endpoints = AvailableEndpoints(action=tiny_actions, tracker_store=store)
    return asyncio.run(load_agent(tiny_model, endpoints=endpoints))


@pytest.fixture
def assistant(tiny_agent: Agent) -> RasaAssistant:
    return RasaAssistant(lambda: tiny_agent)
