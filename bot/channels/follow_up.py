"""Says reminders when they are due, at humane hours, once, however many servers run."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from sqlalchemy.engine import Connection

import eligibility
from bot.news import Standing, news, standing
from bot.store import outcomes, reminders, sheets, watched
from bot.store.database import Database
from bot.store.reminders import Reminder
from bot.store.watched import Watched
from eligibility import Catalogue

EVERY = 30.0
"""Seconds between two looks at what is due."""

HUMANE = range(9, 20)
"""The hours, in Casablanca, at which people may be written to."""

MOST_NEWS = 2
"""So many schemes at most are told of after one change."""

Speak = Callable[[Reminder, str], Awaitable[None]]
"""Has a channel say a reminder: the reminder, and the payload the assistant is given."""

logger = logging.getLogger(__name__)


class FollowUp:
    """Looks from time to time at what is due, at what others told, and at sheets grown old.

    Args:
        database: Where reminders are.
        speakers: What says a reminder, by channel: a person's id begins with the channel's name.
        others: Is given what became of applications, by scheme, as far as it may be told.
        catalogue: Returns the catalogue in force.
        now: The time in Casablanca.
    """

    def __init__(
        self,
        database: Database,
        speakers: Mapping[str, Speak],
        others: Callable[[Mapping[str, Mapping[str, int]]], None],
        catalogue: Callable[[], Catalogue],
        now: Callable[[], datetime] = lambda: datetime.now(eligibility.casablanca()),
    ) -> None:
        self._database = database
        self._speakers = speakers
        self._others = others
        self._catalogue = catalogue
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
        await self._look_for_news()
        if self._now().hour not in HUMANE:
            return
        for reminder in await self._database.write(reminders.claim):
            try:
                await self._say(reminder)
            except Exception:  # one person's must not hold up the others'
                logger.exception("A reminder could not be said; it is tried again")

    async def _look_for_news(self) -> None:
        """Plan a word to those for whom a change of the catalogue changes something."""
        catalogue, after = self._catalogue(), ""
        while rows := await self._database.read(watched.some, after):
            after = rows[-1].person
            for row in rows:
                now = await asyncio.to_thread(standing, catalogue, row.profile)
                if now != row.seen:
                    fresh = news(row.seen, now) if row.seen else []
                    await self._database.write(_plan_news, row, now, fresh[:MOST_NEWS])

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


def _plan_news(connection: Connection, row: Watched, now: Standing, fresh: list[str]) -> None:
    if watched.look(connection, row, now):
        told = (
            {
                "key": f"{scheme}:change",
                "due": time.time(),
                "payload": {"intent": "dossier", "scheme": scheme, "reminder": "change"},
            }
            for scheme in fresh
        )
        reminders.plan(connection, row.person, told)
