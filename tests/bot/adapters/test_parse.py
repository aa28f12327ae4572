from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rasa.core.agent import Agent
from rasa.shared.core.trackers import DialogueStateTracker

from bot.rasa import parse

KEYS = [
    "text", "intent", "confidence", "language",
    "schemes", "programmes", "institutions", "facts", "hypothetical",
]  # fmt: skip


def test_every_line_whatever_its_bytes_gives_one_json_line_in_order(tiny_model: str) -> None:
    lines = [b"bonjour", b"", b"\xff\xfe\x00", b"/restart", "3ndi 27 عام".encode(), b"x" * 9000]
    out = io.BytesIO()
    parse.parse_lines(Path(tiny_model), None, io.BytesIO(b"\r\n".join(lines)), out)
    read = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [list(entry) for entry in read] == [KEYS] * len(lines)
    assert [entry["text"] for entry in read][:2] == ["bonjour", ""]
    assert read[0]["intent"] == "greet"
    assert read[3]["confidence"] < 1, "a typed /restart is words, not an intent"
    assert read[5]["text"] == "x" * 9000


def test_entities_become_the_lists_and_facts_of_the_contract_and_the_pending_fact_is_known(
    tiny_agent: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    pending = []

    async def understood(message: object, tracker: DialogueStateTracker) -> dict[str, object]:
        pending.append(tracker.get_slot("pending"))
        return {
            "intent": {"name": None, "confidence": 0.0},
            "entities": [
                {"entity": "language", "value": "ary"},
                {"entity": "scheme", "value": "idmaj"},
                {"entity": "scheme", "value": "idmaj"},
                {"entity": "programme", "value": "indh"},
                {"entity": "institution", "value": "anapec"},
                {"entity": "fact", "value": {"id": "age", "value": 27}},
                {"entity": "hypothetical", "value": True},
            ],
        }

    assert tiny_agent.processor is not None
    monkeypatch.setattr(tiny_agent.processor, "parse_message", understood)
    assert parse.read(tiny_agent, "27", "age") == {
        "text": "27",
        "intent": "out_of_scope",
        "confidence": 0.0,
        "language": "ary",
        "schemes": ["idmaj"],
        "programmes": ["indh"],
        "institutions": ["anapec"],
        "facts": {"age": 27},
        "hypothetical": True,
    }
    assert pending == ["age"]
