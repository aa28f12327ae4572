"""``python -m bench.telegram``: the assistant on Telegram, alone and with many people at once.

The whole server runs, with the double of Telegram's Bot API that the tests use, which refuses
what goes over Telegram's flood limits. A time is from the moment a message can be fetched to the
moment the (first, last) message of its answer has arrived. Only addresses of this machine are
spoken to.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1,localhost"

import yamlsource
from tests.bot.telegram.process import Server
from tests.bot_api import BotApi

CHATS = 200
ALONE = 40
PATIENCE = 120.0
QUIET = 1.5  # seconds without a message after which everything has been said
MESSAGES = tuple(yamlsource.plain(Path(__file__).with_name("messages.yml"))["telegram"])


async def main() -> None:
    """Measure and print a table."""
    api = BotApi(flood_limits=True)
    arrived: dict[int, list[float]] = {}

    def note(chat: int) -> None:
        arrived.setdefault(chat, []).append(time.perf_counter())

    api.on_sent = note
    await api.start()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(api, Path(folder))
        try:
            await server.start()
            await api.say("bonjour", chat=1)
            await api.until_sent_to(1, PATIENCE)  # the first turn loads what later ones use
            alone = await _alone(api, arrived)
            arrived.clear()
            first, last, took = await _together(api, arrived)
        finally:
            await server.stop()
    await api.stop()
    messages = sum(map(len, arrived.values()))
    print("| seconds | median | 95 of 100 within | slowest |\n|---|---|---|---|")
    for name, times in (
        ("one person at a time, until the answer begins", alone),
        (f"{CHATS} people at once, until the answer begins", first),
        (f"{CHATS} people at once, until the answer is complete", last),
    ):
        print(f"| {name} | " + " | ".join(f"{value:.2f}" for value in _figures(times)) + " |")
    refused = len(api.asked("sendMessage")) - len(api.called("sendMessage"))
    print(
        f"\n{messages} messages to {len(arrived)} people in {took:.1f} s; at 30 a second, Telegram's "
        f"limit, no bot needs less than {messages / 30:.1f} s. Refused for going too fast: {refused}."
    )


async def _alone(api: BotApi, arrived: dict[int, list[float]]) -> list[float]:
    times = []
    for number in range(ALONE):
        chat, said = 1000 + number, time.perf_counter()
        await api.say(MESSAGES[number % len(MESSAGES)], chat=chat)
        await api.until_sent_to(chat, PATIENCE)
        times.append(arrived[chat][0] - said)
        await asyncio.sleep(0.1)
    return times


async def _together(
    api: BotApi, arrived: dict[int, list[float]]
) -> tuple[list[float], list[float], float]:
    chats = range(5000, 5000 + CHATS)
    said = time.perf_counter()
    for chat in chats:
        await api.say(MESSAGES[chat % len(MESSAGES)], chat=chat)
    await api.until(lambda: all(chat in arrived for chat in chats), PATIENCE)
    said_until_now = 0
    while said_until_now != len(api.sent):
        said_until_now = len(api.sent)
        await asyncio.sleep(QUIET)
    first = [arrived[chat][0] - said for chat in chats]
    last = [arrived[chat][-1] - said for chat in chats]
    return first, last, max(last)


def _figures(times: list[float]) -> tuple[float, float, float]:
    return statistics.median(times), statistics.quantiles(times, n=20)[-1], max(times)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
