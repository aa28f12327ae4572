"""A few conversations of the walk; ``make walk`` leads all five hundred and tells everything."""

from __future__ import annotations

import pytest

from tests.walk.talks import Walk

TALKS = 20
TURNS = 30

WAITING = ("misheard", "asked again", "answered in")
"""What still goes wrong today, where words are not understood as they are meant; to become empty."""


@pytest.fixture(scope="module")
def walk() -> Walk:
    return Walk()


@pytest.mark.parametrize("number", range(TALKS))
def test_somebody_talks_at_random_and_is_served_well(walk: Walk, number: int) -> None:
    talk = walk.talk(f"walk-{number}", TURNS)
    failures = [wrong for _, wrong in talk.failures if not wrong.startswith(WAITING)]
    assert not failures, "\n".join(talk.lines)
