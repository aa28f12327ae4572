"""Ending background tasks for certain."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

PATIENCE = 0.2
"""Seconds after which a task that goes on is told again."""


async def end(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancel tasks until they have ended; what they raise is left aside.

    One call of ``cancel`` is not enough: a task that is just opening a connection may lose it
    (seen with httpx on Python 3.10, when connecting and being cancelled fall together).
    """
    left = set(tasks)
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=PATIENCE)
