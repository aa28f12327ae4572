"""A bot in a process of its own, for being killed: ``python -m …victim API_URL FOLDER``."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from tests.bot.telegram.fakes import RunningBot
from tests.bot_api import BotApi


async def main(port: str, folder: str) -> None:
    bot = RunningBot(BotApi(port=int(port)), Path(folder))
    await bot.start()
    await asyncio.sleep(600)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
