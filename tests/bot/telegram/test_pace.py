"""How long each message waits before it is sent."""

from __future__ import annotations

from bot.channels import pace
from bot.channels.pace import Pace
from bot.channels.telegram.wire import CHAT_PACE, OVERALL_PACE


class Clock:
    """Seconds that pass only when told."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_passes_and_then_one_after_the_other() -> None:
    line = Pace(3, 2, Clock())

    assert [line.take() for _ in range(6)] == [0, 0, 0, 0.5, 1.0, 1.5]


def test_a_rest_allows_a_burst_again_and_no_more_than_that() -> None:
    clock = Clock()
    line = Pace(2, 1, clock)
    waits = [line.take() for _ in range(3)]
    clock.now = 100

    assert waits + [line.take() for _ in range(3)] == [0, 0, 1, 0, 0, 1]


def test_keys_do_not_wait_for_each_other_and_are_bounded_in_number() -> None:
    line = Pace(1, 1, Clock())
    line.take(1)

    assert line.take(2) == 0
    assert line.take(1) == 1
    for key in range(3, 3 + pace.REMEMBERED):
        line.take(key)
    assert line.take(1) == 0  # forgotten, as it was the longest unused


def test_telegrams_limits_are_kept() -> None:
    overall = Pace(*OVERALL_PACE, clock=Clock())
    moments = [overall.take() for _ in range(200)]
    chat = Pace(*CHAT_PACE, clock=Clock())
    in_a_chat = [chat.take() for _ in range(25)]

    assert all(later - sooner > 1 for sooner, later in zip(moments, moments[30:], strict=False))
    assert in_a_chat == [0] * 20 + [1, 2, 3, 4, 5]
