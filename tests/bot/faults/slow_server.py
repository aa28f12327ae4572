"""The server, in which a turn that says "attends" takes SLOW seconds between thought and writing."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Any

from bot import __main__
from bot.rasa import lean


def slow_down() -> None:
    from bot.rasa.assistant import RasaAssistant

    quick = RasaAssistant.take_turn

    async def slow(self: Any, person: str, said: Any, channel: str, within: Any = None) -> Any:
        turn = await quick(self, person, said, channel, within)
        if said.text == "attends":
            sys.stdout.write("THINKING\n")
            sys.stdout.flush()
            await asyncio.sleep(float(os.environ["SLOW"]))
        return turn

    RasaAssistant.take_turn = slow  # type: ignore[method-assign]


if __name__ == "__main__":
    leave_out = lean.leave_out_unused

    def then_slow_down(*given: Any) -> None:
        leave_out(*given)
        slow_down()

    lean.leave_out_unused = then_slow_down
    sys.exit(__main__.main(["run"]))
