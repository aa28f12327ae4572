"""A tiny bot, trained once, behind the real adapters and a real database file."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from rasa.core.agent import Agent
from rasa.model_training import train

from bot.rasa.assistant import RasaAssistant
from bot.rasa.in_process import InProcessActions
from bot.rasa.loading import load, open_database
from bot.store import Database

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
    return InProcessActions("tests.bot.adapters.tiny.actions")


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return open_database(f"sqlite:///{tmp_path}/deep/talks.db")


@pytest.fixture
def tiny_agent(tiny_model: str, tiny_actions: InProcessActions, database: Database) -> Agent:
    return asyncio.run(load(Path(tiny_model), database, tiny_actions))


@pytest.fixture
def assistant(tiny_agent: Agent) -> RasaAssistant:
    return RasaAssistant(lambda: tiny_agent)
