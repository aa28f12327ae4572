"""Counts what happens, beside the talk and never in its way."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable

import eligibility
from bot.metrics import Metrics
from bot.noticed import Count, Noticed, counts, progress
from bot.store import Database, tallies

EVERY = 10.0
"""Seconds between two writings of the counts.

They are not written in the turn itself: turns of all people would wait for the same few rows.
"""

logger = logging.getLogger(__name__)


class Watch:
    """Adds turns up: for Prometheus at once, for the report in the database a little later.

    Args:
        catalogue: Returns the catalogue in force.
        metrics: The figures of this process.
        database: Where counts are kept.
    """

    def __init__(
        self,
        catalogue: Callable[[], eligibility.Catalogue],
        metrics: Metrics,
        database: Database,
    ) -> None:
        self._catalogue = catalogue
        self._metrics = metrics
        self._database = database
        self._counted: Counter[Count] = Counter()
        self._task: asyncio.Task[None] | None = None

    def turn(self, noticed: Noticed) -> None:
        """Count a turn."""
        brought = progress(noticed, self._catalogue())
        self._metrics.turn(noticed, brought)
        self._counted.update(counts(noticed, brought))

    def start(self) -> None:
        """Begin to write from time to time."""
        self._task = asyncio.ensure_future(self._write_often())

    async def stop(self) -> None:
        """Write what is left."""
        if self._task is not None:
            self._task.cancel()
        await self.write()

    async def write(self) -> None:
        """Write what was counted; where the database is away it is kept for the next time."""
        counted, self._counted = self._counted, Counter()
        if not counted:
            return
        try:
            await self._database.write(tallies.add, eligibility.today(), counted)
        except Exception:
            logger.exception("What was counted could not be written yet")
            self._counted.update(counted)

    async def _write_often(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            await self.write()
