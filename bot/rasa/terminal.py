"""``python -m bot chat``: the assistant in the terminal, with nothing kept afterwards."""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path

from bot.channels.messages import Answer, Button, Said
from bot.rasa.assistant import RasaAssistant
from bot.rasa.loading import load, open_database


def chat(model: Path) -> None:
    """Talk until the input ends; a number presses a button."""
    asyncio.run(_talk(model))


async def _talk(model: Path) -> None:
    agent = await load(model, open_database("sqlite://"))
    assistant = RasaAssistant(lambda: agent)
    person = secrets.token_hex(8)
    said: Said | None = Said("/greet", is_payload=True, metadata={"first": True})
    while said is not None:
        turn = await assistant.take_turn(person, said, "terminal")
        buttons = _show(turn.answers)
        said = _ask(buttons)


def _show(answers: tuple[Answer, ...]) -> list[Button]:
    """Print the answers; return their buttons, in the order of the numbers shown."""
    buttons: list[Button] = []
    for answer in answers:
        if answer.text:
            print(f"\n{answer.text}")
        for card in answer.cards:
            print(f"\n  {card.title}: {card.line}")
            for condition in card.conditions:
                print(f"    {condition.mark} {condition.text}")
            _number(card.buttons, buttons)
        _number(answer.buttons, buttons)
    return buttons


def _number(new: tuple[Button, ...], buttons: list[Button]) -> None:
    for button in new:
        buttons.append(button)
        print(f"    [{len(buttons)}] {button.title}")


def _ask(buttons: list[Button]) -> Said | None:
    try:
        text = input("\n> ").strip()
    except EOFError:
        return None
    if text.isascii() and text.isdigit() and 1 <= int(text) <= len(buttons):
        return Said(buttons[int(text) - 1].payload, is_payload=True)
    return Said(text)
