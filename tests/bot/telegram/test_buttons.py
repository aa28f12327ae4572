"""Buttons under messages: short on the wire, remembered, answered at once, spent when used."""

from __future__ import annotations

from tests.bot.telegram.fakes import LONG_PAYLOAD, RunningBot
from tests.bot_api import BotApi, buttons


async def test_a_payload_of_any_length_comes_back_whole(bot: RunningBot, api: BotApi) -> None:
    await api.say("question")
    [question] = await api.until_sent(1)
    await api.press(question, "Fès")
    await api.until_sent(2)

    _, said = bot.assistant.heard[-1]
    assert (said.text, said.is_payload) == (LONG_PAYLOAD, True)
    assert len(LONG_PAYLOAD.encode()) > 300


async def test_buttons_work_after_a_restart(bot: RunningBot, api: BotApi) -> None:
    await api.say("question")
    [question] = await api.until_sent(1)
    await bot.stop()
    await bot.start()
    await api.press(question, "Fès")
    await api.until_sent(2)

    assert bot.assistant.said[-1] == LONG_PAYLOAD
    assert len({person for person, _ in bot.assistant.heard}) == 1


async def test_a_press_is_acknowledged_at_once_and_the_choice_is_shown(
    bot: RunningBot, api: BotApi
) -> None:
    bot.assistant.pauses["/affirm"] = 0.3
    await api.say("/start")
    [question] = await api.until_sent(1)
    await api.press(question, "Oui")
    await api.until_sent(2)

    assert question["text"] == "Salam ! Bonjour !\n\n\u200e→ Oui"
    assert not buttons(question)
    named = [name for name, _ in api.calls]
    assert named.index("answerCallbackQuery") < len(named) - 1 - named[::-1].index("sendMessage")


async def test_a_card_keeps_its_other_buttons(bot: RunningBot, api: BotApi) -> None:
    await api.say("carte")
    _, card = await api.until_sent(2)
    entities = card["entities"]
    await api.press(card, "Les papiers")
    await api.until_sent(3)

    assert card["text"].endswith("\n\n\u200e→ Les papiers")
    assert card["entities"] == entities
    assert [title for title, _ in buttons(card)] == ["Où aller", "Voir plus"]


async def test_a_double_press_is_one_answer(bot: RunningBot, api: BotApi) -> None:
    await api.say("/start")
    [question] = await api.until_sent(1)
    data = dict(buttons(question))["Oui"]
    await api.press_data(question, data)
    await api.press_data(question, data)
    await api.say("merci")
    await api.until_sent(3)

    assert bot.assistant.said == ["/greet", "/affirm", "merci"]


async def test_yes_under_a_question_of_before_is_not_taken_for_the_new_one(
    bot: RunningBot, api: BotApi
) -> None:
    await api.say("/start")
    [first] = await api.until_sent(1)
    await api.say("question")
    await api.until_sent(2)
    await api.press(first, "Oui")
    _, _, answer = await api.until_sent(3)

    assert "question déjà passée" in answer["text"]
    assert not buttons(first)
    assert bot.assistant.said == ["/greet", "question"]


async def test_an_old_button_that_says_what_it_means_still_counts(
    bot: RunningBot, api: BotApi
) -> None:
    await api.say("question")
    [first] = await api.until_sent(1)
    await api.say("question encore")
    await api.until_sent(2)
    await api.press(first, "Fès")
    await api.until_sent(3)

    assert bot.assistant.said[-1] == LONG_PAYLOAD


async def test_a_button_of_an_erased_talk_is_answered_sensibly(
    bot: RunningBot, api: BotApi
) -> None:
    await api.say("question")
    [question] = await api.until_sent(1)
    await api.say("/effacer")
    await api.until_sent(2)
    await api.press(question, "Fès")
    answer = (await api.until_sent(3))[2]

    assert "conversation effacée" in answer["text"]
    assert bot.assistant.said == ["question", "/delete_data"]


async def test_data_that_no_button_of_this_chat_carried_is_not_believed(
    bot: RunningBot, api: BotApi
) -> None:
    await api.say("question", chat=1001)
    [question] = await api.until_sent(1)
    await api.say("bonjour", chat=1002)
    _, other = await api.until_sent(2)
    await api.press_data(other, dict(buttons(question))["Fès"])
    await api.press_data(other, "/restart")
    await api.until_sent(4)

    assert bot.assistant.said == ["question", "bonjour"]


async def test_a_press_under_a_message_too_old_to_be_shown_is_answered(
    bot: RunningBot, api: BotApi
) -> None:
    await api.say("question")
    [question] = await api.until_sent(1)
    await api.press(question, "Fès", accessible=False)
    await api.until_sent(2)

    assert bot.assistant.said[-1] == LONG_PAYLOAD
    assert not buttons(question)
