"""When Telegram is away, refuses, repeats or floods; when the program stops in the middle."""

from __future__ import annotations

import asyncio
import logging
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot.store.telegram_talks import TelegramStore
from tests.bot.telegram.fakes import RunningBot
from tests.bot_api import TOKEN, BotApi


async def test_a_refused_token_is_one_sentence_without_the_token(
    api: BotApi, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    bot = RunningBot(api, tmp_path, token="43:WRONG")
    await bot.start()
    await bot.until("refused")
    await bot.stop()

    [said] = [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]
    assert said.startswith("Telegram refuses the token in TELEGRAM_BOT_TOKEN")
    assert "43:WRONG" not in caplog.text


@pytest.mark.parametrize("token", ["not a token", "٤٢:abc", "../x"])
async def test_what_cannot_be_a_token_is_refused_without_asking(
    api: BotApi, tmp_path: Path, token: str
) -> None:
    bot = RunningBot(api, tmp_path, token=token)
    await bot.start()
    await bot.until("refused")
    await bot.stop()

    assert not api.calls


async def test_the_token_is_never_logged(
    bot: RunningBot, api: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    logging.getLogger().setLevel(logging.INFO)
    with caplog.at_level(logging.INFO):
        await api.say("bonjour")
        await api.until_sent(1)

    assert TOKEN not in caplog.text


async def test_a_token_refused_for_a_while_loses_nothing(bot: RunningBot, api: BotApi) -> None:
    await bot.until("on")
    bot.assistant.pauses["bonjour"] = 0.3
    await api.say("bonjour")
    await api.until(lambda: bool(api.called("sendChatAction")))
    api.token = "42:REVOKED"
    await api.say("merci")
    await bot.until("refused")
    api.token = TOKEN
    await bot.until("on")
    await api.until_sent(2)

    assert api.texts == ["Vous avez dit bonjour", "Vous avez dit merci"]
    assert bot.states == ["starting", "on", "refused", "on"]


async def test_telegram_away_at_the_start_is_found_when_it_comes(
    api: BotApi, tmp_path: Path
) -> None:
    await api.stop()
    bot = RunningBot(api, tmp_path)
    await bot.start()
    await bot.until("unreachable")
    await api.start()
    await api.say("bonjour")
    await api.until_sent(1)

    assert bot.channel.state == "on"
    await bot.stop()


async def test_a_network_that_goes_and_comes_back_in_the_middle_of_a_turn(
    bot: RunningBot, api: BotApi
) -> None:
    bot.assistant.pauses["bonjour"] = 0.5
    await api.say("bonjour")
    await api.until(lambda: bool(api.called("sendChatAction")))
    await api.stop()
    await bot.until("unreachable")
    await asyncio.sleep(1)  # the answer is tried in vain
    assert bot.assistant.said == ["bonjour"]
    await api.start()
    await api.say("merci")
    await api.until_sent(2)

    assert api.texts == ["Vous avez dit bonjour", "Vous avez dit merci"]
    assert bot.channel.state == "on"


async def test_stopping_is_quick_while_telegram_is_away(api: BotApi, tmp_path: Path) -> None:
    await api.stop()
    bot = RunningBot(api, tmp_path)
    await bot.start()
    await bot.until("unreachable")
    began = time.monotonic()
    await bot.stop()

    assert time.monotonic() - began < 1


async def test_a_webhook_left_behind_is_ended(api: BotApi, tmp_path: Path) -> None:
    api.webhook = {"url": "https://example.org/old", "secret_token": "s"}
    bot = RunningBot(api, tmp_path)
    await bot.start()
    await api.say("bonjour")
    await api.until_sent(1)
    await bot.stop()

    assert not api.webhook


async def test_two_programs_with_one_token_are_named_once(
    bot: RunningBot, api: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    await bot.until("on")
    api.fail("getUpdates", 409, "Conflict: terminated by other getUpdates request", times=2)
    await api.say("bonjour")
    await api.until_sent(1)

    assert caplog.text.count("Another program") == 1
    await bot.until("on")


async def test_the_same_update_twice_is_answered_once_even_after_a_restart(
    bot: RunningBot, api: BotApi
) -> None:
    update = await api.say("bonjour")
    await api.until_sent(1)
    await api.update(update)
    await bot.stop()
    await bot.start()
    await api.update(update)
    await api.say("merci")
    await api.until_sent(2)

    assert bot.assistant.said == ["bonjour", "merci"]


async def test_an_update_that_cannot_be_read_does_not_hold_up_the_next(
    bot: RunningBot, api: BotApi
) -> None:
    await api.update({"message": {"message_id": "?", "chat": 3}})
    await api.say("bonjour")
    await api.until_sent(1)

    assert bot.assistant.said == ["bonjour"]


async def test_updates_out_of_order_and_twice_are_answered_in_order_and_once(
    bot: RunningBot, api: BotApi
) -> None:
    await bot.until("on")
    await api.stop()
    updates = [await api.say(text) for text in ("un", "deux", "trois")]
    api.forget_updates()
    await api.updates(updates[2], updates[0], updates[1], updates[0], updates[2])
    await api.start()
    await api.until_sent(3)
    await api.update(updates[1])
    await api.say("quatre")
    await api.until_sent(4)

    assert bot.assistant.said == ["un", "deux", "trois", "quatre"]


async def test_a_chat_whose_answers_are_slow_to_send_holds_up_no_other(
    bot: RunningBot, api: BotApi
) -> None:
    api.slow("sendMessage", 2)
    await api.say("premier", chat=1001)
    await api.until(lambda: len(api.asked("sendMessage")) == 1)
    for chat in range(1002, 1012):
        await api.say("bonjour", chat=chat)
    await api.until(lambda: len(api.called("sendMessage")) == 11)
    await api.say("second", chat=1001)
    await api.until_sent(12)

    assert bot.assistant.said[-1] == "second"
    assert api.texts[-1] == "Vous avez dit second"


async def test_one_chatty_person_is_answered_in_order_and_delays_nobody(
    bot: RunningBot, api: BotApi
) -> None:
    many = [f"message {number}" for number in range(30)]
    for text in many:
        await api.say(text, chat=1001)
    await api.say("bonjour", chat=1002)
    await api.until(lambda: bool(api.sent_to(1002)))
    before = len(api.sent_to(1001))
    await api.until(lambda: len(api.sent_to(1001)) > 20)
    await bot.stop()

    assert before < 20  # after a burst the chatty one has one answer a second
    answered = [message["text"] for message in api.sent_to(1001)]
    assert answered == [f"Vous avez dit {text}" for text in many][: len(answered)]


async def test_a_database_that_is_away_for_a_moment_loses_no_message(
    bot: RunningBot, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = TelegramStore.begin
    failures = [OperationalError("away", None, Exception())]

    def begin_later(store: TelegramStore, *given: Any) -> Any:
        if failures:
            raise failures.pop()
        return begin(store, *given)

    monkeypatch.setattr(TelegramStore, "begin", begin_later)
    await api.say("bonjour")
    await api.until_sent(1)

    assert api.texts == ["Vous avez dit bonjour"]


async def test_a_message_interrupted_by_a_stop_is_answered_after_the_next_start(
    bot: RunningBot, api: BotApi
) -> None:
    bot.assistant.pauses["bonjour"] = 60
    await api.say("bonjour")
    await api.say("merci")
    await api.until(lambda: bool(api.asked("sendChatAction")))
    await bot.stop()
    assert not api.sent
    bot.assistant.pauses.clear()
    await bot.start()
    await api.until_sent(2)

    assert bot.assistant.said == ["bonjour", "merci"]


async def test_an_answer_that_was_ready_is_sent_after_the_next_start_without_a_new_turn(
    bot: RunningBot, api: BotApi
) -> None:
    api.fail("sendMessage", 429, "Too Many Requests", retry_after=60)
    await api.say("bonjour")
    await api.until(lambda: bool(api.asked("sendMessage")))
    await bot.stop()
    assert not api.sent
    await bot.start()
    await api.until_sent(1)

    assert bot.assistant.said == ["bonjour"]


async def test_a_flood_limit_is_obeyed(bot: RunningBot, api: BotApi) -> None:
    api.fail("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1)
    began = time.monotonic()
    await api.say("bonjour")
    await api.until_sent(1)

    assert time.monotonic() - began >= 1
    assert len(api.sent) == 1


async def test_a_burst_in_one_chat_is_slowed_down_and_other_chats_are_not(
    bot: RunningBot, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bot.stop()
    monkeypatch.setattr("bot.channels.telegram.wire.CHAT_PACE", (2, 1))
    await bot.start()
    began = time.monotonic()
    for text in ("un", "deux", "trois"):
        await api.say(text, chat=1001)
    await api.say("quatre", chat=1002)
    await api.until_sent(4)

    assert time.monotonic() - began >= 0.9
    assert api.texts[-1] == "Vous avez dit trois"


async def test_a_send_that_telegram_fails_over_is_repeated(bot: RunningBot, api: BotApi) -> None:
    api.fail("sendMessage", 502, "Bad Gateway")
    api.fail("sendMessage", 500, "Internal Server Error")
    await api.say("bonjour")
    await api.until_sent(1)

    assert api.texts == ["Vous avez dit bonjour"]


async def test_an_answer_that_may_have_arrived_is_not_repeated_until_the_person_writes(
    bot: RunningBot, api: BotApi
) -> None:
    api.cut("sendMessage", after=True)
    await api.say("bonjour")
    await api.until_sent(1)
    await asyncio.sleep(0.8)
    assert api.texts == ["Vous avez dit bonjour"]
    await api.say("et alors")
    await api.until_sent(3)

    assert api.texts[1:] == ["Vous avez dit bonjour", "Vous avez dit et alors"]


async def test_html_that_telegram_refuses_is_sent_as_plain_text(
    bot: RunningBot, api: BotApi
) -> None:
    api.fail("sendMessage", 400, "Bad Request: can't parse entities: unexpected end tag")
    await api.say("a < b & c")
    [answer] = await api.until_sent(1)

    assert answer["text"] == "Vous avez dit a < b & c"


async def test_a_person_who_blocked_the_bot_harms_nobody(bot: RunningBot, api: BotApi) -> None:
    api.blocked.add(1001)
    await api.say("bonjour", chat=1001)
    await api.say("merci", chat=1002)
    await api.until_sent(1)

    await bot.stop()

    assert api.texts == ["Vous avez dit merci"]
    assert bot.rows("SELECT count(*) FROM telegram_update WHERE content IS NOT NULL") == [(0,)]


async def test_a_group_that_becomes_a_supergroup_is_followed(bot: RunningBot, api: BotApi) -> None:
    await api.say("/aide", chat=-500, chat_type="group", user=7)
    await api.until_sent(1)
    await api.say(None, chat=-500, chat_type="group", user=7, migrate_to_chat_id=-100500)
    await bot.until_written("SELECT 1 FROM telegram_talk WHERE chat = -100500")
    await api.say("/profil", chat=-100500, chat_type="supergroup", user=7)
    await api.until_sent(2)

    assert len({person for person, _ in bot.assistant.heard}) == 1


async def test_an_assistant_that_fails_is_excused_and_the_talk_goes_on(
    bot: RunningBot, api: BotApi
) -> None:
    bot.assistant.failures = 1
    await api.say("bonjour")
    await api.say("merci")
    await api.until_sent(2)

    assert "Un souci de mon côté" in api.texts[0]
    assert api.texts[1] == "Vous avez dit merci"
