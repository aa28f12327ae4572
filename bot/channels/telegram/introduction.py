"""How the bot presents itself before the first message: its menu and its descriptions."""

from __future__ import annotations

import logging

from telegram import Bot, BotCommand
from telegram.error import RetryAfter, TelegramError

from bot.channels.talk_words import Texts

LANGUAGES = {None: "fr", "fr": "fr", "ar": "ary"}
"""Languages of Telegram (None: all others), and which of our texts they show."""

logger = logging.getLogger(__name__)


async def introduce(bot: Bot, texts: Texts) -> None:
    """Set menu, description and short description in each language, where they differ.

    Telegram allows few changes a day, so what is right already is left alone; what could not be
    set is logged, and tried at the next start.
    """
    for language, ours in LANGUAGES.items():
        try:
            await _menu(bot, texts, language, ours)
            await _descriptions(bot, texts, language, ours)
        except RetryAfter:
            logger.warning("Telegram wants the bot's description changed less often")
            return
        except TelegramError as problem:
            logger.warning("The bot's menu or description is not set: %s", type(problem).__name__)
            return


async def _menu(bot: Bot, texts: Texts, language: str | None, ours: str) -> None:
    menu = tuple(BotCommand(name, entry[ours]) for name, entry in texts.menu.items())
    if await bot.get_my_commands(language_code=language) != menu:
        await bot.set_my_commands(menu, language_code=language)


async def _descriptions(bot: Bot, texts: Texts, language: str | None, ours: str) -> None:
    description, short = texts.introduction(ours)
    if (await bot.get_my_description(language_code=language)).description != description:
        await bot.set_my_description(description, language_code=language)
    known = await bot.get_my_short_description(language_code=language)
    if known.short_description != short:
        await bot.set_my_short_description(short, language_code=language)
