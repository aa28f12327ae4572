"""The real assistant in a process of its own, beside a double of Telegram in the test's loop."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from tests.bot_api import TOKEN, BotApi
from tests.server import ROOT, free_port

PATIENCE = 180.0
"""Seconds for a start or an end, on a machine that is very busy."""


class Server:
    """``python -m bot run`` that polls a double; its database stays between two starts."""

    def __init__(self, api: BotApi, folder: Path) -> None:
        self.api = api
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start, and wait until the bot has asked for updates."""
        polls = len(self.api.asked("getUpdates"))
        with (self._folder / "server.log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run",
                cwd=ROOT, stdout=log, stderr=log,
                env={
                    **os.environ,
                    "PORT": str(free_port()),
                    "DATABASE_URL": f"sqlite:///{self._folder}/talks.db",
                    "TELEGRAM_BOT_TOKEN": TOKEN,
                    "TELEGRAM_API_URL": self.api.url,
                },
            )  # fmt: skip
        await self.api.until(lambda: len(self.api.asked("getUpdates")) > polls, PATIENCE)

    @property
    def kill(self) -> Callable[[], None]:
        """End the process at once, as a power cut would."""
        assert self._process is not None
        return self._process.kill

    async def ended(self) -> int:
        """Wait for the end and return the exit code."""
        assert self._process is not None
        return await asyncio.wait_for(self._process.wait(), PATIENCE)

    async def stop(self) -> float:
        """Ask the process to end; return the seconds it took."""
        assert self._process is not None
        if self._process.returncode is not None:
            return 0.0
        began = asyncio.get_running_loop().time()
        self._process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(self._process.wait(), PATIENCE)
        finally:
            if self._process.returncode is None:
                self._process.kill()
        return asyncio.get_running_loop().time() - began

    def log(self) -> str:
        """Return what the server has written."""
        return (self._folder / "server.log").read_text(errors="replace")
