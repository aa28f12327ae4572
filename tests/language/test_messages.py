"""Whole messages, with nothing read that was not said (``messages.yml``)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import yamlsource
from language import read

MESSAGES = yamlsource.plain(Path(__file__).with_name("messages.yml"))


@pytest.mark.parametrize("said", MESSAGES, ids=lambda said: said["text"])
def test_a_message_says_this_and_nothing_else(said: dict[str, Any]) -> None:
    reading = read(said["text"]).to_json()
    assert reading["ages"] == said.get("ages", [])
    assert reading["birth_years"] == said.get("birth_years", [])
    assert reading["durations"] == said.get("durations", [])
    assert [[m["dh"], m["certain"]] for m in reading["money"]] == said.get("money", [])
    places = [place.get("province", place["region"]) for place in reading["places"]]
    assert places == said.get("places", [])
    if "language" in said:
        assert reading["language"] == said["language"]
