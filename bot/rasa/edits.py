"""Edits of the catalogue are taken while the server runs; a bad one changes nothing."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

from actions import knowledge
from bot.channels.tasks import end
from bot.rasa.nlu import reader

LOOK_SECONDS = 2.0
"""How often the files are looked at."""

logger = logging.getLogger(__name__)

Seen = frozenset[tuple[str, int, int]]


class Edits:
    """Watches the catalogue's files, and puts in force what can be read without a mistake.

    Args:
        folder: The catalogue.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen = self._look()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to watch."""
        self._task = asyncio.ensure_future(self._watch())

    async def stop(self) -> None:
        """End watching."""
        if self._task is not None:
            await end([self._task])

    async def take(self) -> bool:
        """Look once; return whether an edit was put in force."""
        seen = await asyncio.to_thread(self._look)
        if seen == self._seen:
            return False
        self._seen = seen
        try:
            edited = await asyncio.to_thread(knowledge.read_catalogue)
            names = await asyncio.to_thread(reader.read_names)
            knowledge.put_in_force(edited)
            reader.put_in_force(names)
        except Exception as mistake:
            logger.error(
                "The catalogue as edited has mistakes; the one before stays in force:\n%s", mistake
            )
            return False
        logger.warning("The catalogue was edited and is in force.")
        return True

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self.take()
            except OSError:
                logger.exception("The catalogue could not be looked at")

    def _look(self) -> Seen:
        """Return what changes when a file is edited: names, times and sizes."""
        files = ((path, path.stat()) for path in self._folder.rglob("*.yml"))
        return frozenset((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in files)
