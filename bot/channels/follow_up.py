"""Says reminders when they are due, at humane hours, once, however many servers run."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

import eligibility
from bot.store import outcomes, reminders, sheets
from bot.store.database import Database
from bot.store.reminders import Reminder

EVERY = 30.0
"""Seconds between two looks at what is due."""

HUMANE = range(9, 20)
"""The hours, in Casablanca, at which people may be written to."""

Speak = Callable[[Reminder, str], Awaitable[None]]
"""Has a channel say a reminder: the reminder, and the payload the assistant is given."""

logger = logging.getLogger(__name__)


class FollowUp:
    """Looks from time to time at what is due, at what others told, and at sheets grown old.

    Args:
        database: Where reminders are.
        speakers: What says a reminder, by channel: a person's id begins with the channel's name.
        others: Is given what became of applications, by scheme, as far as it may be told.
        now: The time in Casablanca.
    """

    def __init__(
        self,
        database: Database,
        speakers: Mapping[str, Speak],
        others: Callable[[Mapping[str, Mapping[str, int]]], None],
        now: Callable[[], datetime] = lambda: datetime.now(eligibility.casablanca()),
    ) -> None:
        self._database = database
        self._speakers = speakers
        self._others = others
        self._now = now
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin."""
        self._task = asyncio.ensure_future(self._look_often())

    async def stop(self) -> None:
        """End; what was claimed and not said is said after the next start."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def look(self) -> None:
        """Say what is due now, and bring up to date what others told."""
        await self._database.write(sheets.erase_expired)
        self._others(await self._database.read(outcomes.all_told))
        if self._now().hour not in HUMANE:
            return
        for reminder in await self._database.write(reminders.claim):
            try:
                await self._say(reminder)
            except Exception:  # one person's must not hold up the others'
                logger.exception("A reminder could not be said; it is tried again")

    async def _say(self, reminder: Reminder) -> None:
        speak = self._speakers.get(reminder.person.partition("-")[0])
        if speak is None:  # the channel is off here: another server, or another day
            return
        told = dict(reminder.payload)
        intent = told.pop("intent")
        await speak(reminder, f"/{intent}{json.dumps(told, ensure_ascii=False, sort_keys=True)}")

    async def _look_often(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            try:
                await self.look()
            except Exception:  # a database that is away now is looked at again
                logger.exception("What is due could not be looked at")
