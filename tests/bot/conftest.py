"""The real assistant over a database file of the test's own."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import structlog

from bot.rasa import training
from bot.rasa.assistant import RasaAssistant
from bot.rasa.loading import load, open_database
from bot.store import Database


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = open_database(f"sqlite:///{tmp_path}/talks.db")
    yield opened
    opened.close()


@pytest.fixture
async def assistant(database: Database) -> RasaAssistant:
    model = training.newest_model()
    assert model is not None, "make train"
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    agent = await load(model, database)
    return RasaAssistant(lambda: agent)
