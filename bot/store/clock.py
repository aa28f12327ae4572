"""The time, for what is kept and what is erased: a clock that jumps must not erase anything.

The machine's clock is compared with one that only counts from the program's start.
"""

from __future__ import annotations

import time

_START = time.time() - time.monotonic()


def latest() -> float:
    """Return seconds since 1970, the later of both clocks: when somebody was seen."""
    return max(time.time(), _START + time.monotonic())


def earliest() -> float:
    """Return seconds since 1970, the earlier of both clocks: from where age is counted."""
    return min(time.time(), _START + time.monotonic())
