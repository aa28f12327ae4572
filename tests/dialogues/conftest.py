from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server import running


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The running assistant, one for all dialogues; every person has a session of their own."""
    folder: Path = tmp_path_factory.mktemp("dialogues")
    with running(folder) as address:
        yield address
