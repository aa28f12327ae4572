"""A server with a fake assistant for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.web.fakes import ChatServer


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ChatServer]:
    """A running server with its own database."""
    with ChatServer(tmp_path) as running:
        yield running
