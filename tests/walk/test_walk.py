"""A few conversations of the walk; ``make walk`` leads all five hundred."""

from __future__ import annotations

import pytest

from tests.walk.talks import Walk

TALKS = 20
TURNS = 30


@pytest.fixture(scope="module")
def walk() -> Walk:
    return Walk()


@pytest.mark.parametrize("number", range(TALKS))
def test_somebody_talks_at_random_and_is_served_well(walk: Walk, number: int) -> None:
    talk = walk.talk(f"walk-{number}", TURNS)
    assert not talk.failures, "\n".join(talk.lines)
