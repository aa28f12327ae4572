"""What is kept of a talk, and that nothing of it stays when it is to be forgotten."""

from __future__ import annotations

from tests.bot.telegram.fakes import RunningBot
from tests.bot_api import BotApi

TALKS = "SELECT chat, person FROM telegram_talk"
OFFERS = "SELECT count(*) FROM telegram_offer"
CONTENTS = "SELECT content, reply FROM telegram_update"


async def test_what_was_said_is_not_kept_once_it_is_answered(bot: RunningBot, api: BotApi) -> None:
    await api.say("j’ai 27 ans")
    await api.until_sent(1)
    await bot.stop()

    assert bot.rows(CONTENTS) == [(None, None)]


async def test_forgetting_erases_everything_of_the_chat_and_the_next_talk_is_new(
    bot: RunningBot, api: BotApi
) -> None:
    await api.say("question")
    await api.say("/effacer")
    await api.until_sent(2)
    await bot.stop()

    before = bot.assistant.heard[0][0]
    assert bot.rows(TALKS) == []
    assert bot.rows(OFFERS) == [(0,)]
    assert bot.rows(CONTENTS) == [(None, None), (None, None)]
    assert bot.assistant.forgotten == [before]
    assert b"1001" not in bot.database_file.read_bytes()

    await bot.start()
    await api.say("bonjour")
    await api.until_sent(3)
    assert bot.assistant.heard[-1][0] != before


async def test_forgetting_one_chat_leaves_the_others(bot: RunningBot, api: BotApi) -> None:
    await api.say("question", chat=1001)
    await api.say("question", chat=1002)
    await api.until_sent(2)
    await api.say("/effacer", chat=1001)
    await api.until_sent(3)

    [(chat, _)] = bot.rows(TALKS)
    assert chat == 1002


async def test_a_talk_silent_for_too_long_is_erased(bot: RunningBot, api: BotApi) -> None:
    await api.say("question")
    await api.until_sent(1)
    [(_, person)] = bot.rows(TALKS)

    assert await bot.channel.talks.erase_older_than(days=1) == 0
    assert await bot.channel.talks.erase_older_than(days=-1) == 1
    assert bot.rows(TALKS) == []
    assert bot.rows(OFFERS) == [(0,)]
    assert bot.assistant.forgotten == [person]
