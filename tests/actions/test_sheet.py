"""The orientation sheet as data: what stands on it, and what must not."""

from __future__ import annotations

from typing import Any

import pytest

from actions.sheet import ActionGetSheet
from actions.turn import Turn

SEAMSTRESS = {
    "age": 27,
    "province": "fes",
    "stage": "idea",
    "sector": "crafts",
    "seeking": ["funding"],
    "legal_form": "none",
    "disability": True,
}


class Talk:
    """A tracker with slots, and a dispatcher that keeps what was said."""

    def __init__(self, **slots: Any) -> None:
        self.latest_message: dict[str, Any] = {}
        self.events: list[dict[str, Any]] = []
        self.said: list[dict[str, Any]] = []
        self.get_slot = slots.get

    def utter_message(self, **message: Any) -> None:
        """Keep a message."""
        self.said.append(message)


def sheet_of(language: str, profile: dict[str, Any], **slots: Any) -> dict[str, Any] | None:
    """Return the sheet that a person with this profile is handed."""
    talk: Any = Talk(language=language, profile=profile, **slots)
    ActionGetSheet().take(Turn(talk, talk))
    sheets = [m["json_message"]["sheet"] for m in talk.said if "sheet" in m.get("json_message", {})]
    return sheets[0] if sheets else None


@pytest.mark.parametrize("language", ["fr", "ary", "ary-Latn"])
def test_says_what_to_gather_where_to_go_and_by_which_rules(language: str) -> None:
    sheet = sheet_of(language, SEAMSTRESS)
    assert sheet is not None
    assert 1 <= len(sheet["schemes"]) <= 3
    for scheme in sheet["schemes"]:
        assert scheme["conditions"]
        assert scheme["sources"]
        assert scheme["decides"]
        assert scheme["deadlines"]
    assert any(scheme["papers"] for scheme in sheet["schemes"])
    assert sheet["offices"]
    assert sheet["dir"] == ("rtl" if language == "ary" else "ltr")


def test_repeats_what_decides_and_nothing_sensitive() -> None:
    sheet = sheet_of("fr", SEAMSTRESS)
    assert sheet is not None
    told = " ".join(f"{fact['label']} {fact['value']}" for fact in sheet["facts"])
    assert "27 ans" in told
    assert "Fès" in told
    assert "handicap" not in str(sheet)


def test_the_scheme_in_focus_comes_first() -> None:
    first = sheet_of("fr", SEAMSTRESS)
    assert first is not None
    other = sheet_of("fr", SEAMSTRESS, scheme="auto-entrepreneur")
    assert other is not None
    assert other["schemes"][0]["name"] != first["schemes"][0]["name"]
    assert "auto-entrepreneur" in other["schemes"][0]["name"].lower()


def test_nothing_known_gives_no_sheet() -> None:
    assert sheet_of("fr", {}) is None
