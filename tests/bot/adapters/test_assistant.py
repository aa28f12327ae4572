from __future__ import annotations

import asyncio
import time

import pytest
from rasa.core.agent import Agent

from bot.channels.messages import Said, Turn
from bot.rasa.assistant import RasaAssistant


async def say(assistant: RasaAssistant, text: str, person: str = "p") -> Turn:
    return await assistant.take_turn(person, Said(text), "web")


async def press(assistant: RasaAssistant, payload: str, person: str = "p") -> Turn:
    return await assistant.take_turn(person, Said(payload, is_payload=True), "web")


def texts(turn: Turn) -> list[str]:
    return [answer.text for answer in turn.answers if answer.text]


async def test_a_message_of_several_paragraphs_stays_one_answer_with_its_buttons(
    assistant: RasaAssistant,
) -> None:
    turn = await press(assistant, "/greet")
    assert turn.answers[0].text == "Bonjour.\n\nDites-moi."
    assert [(b.title, b.payload) for b in turn.answers[0].buttons] == [("Commencer", "/inform")]


async def test_cards_arrive_and_a_malformed_one_is_left_out(assistant: RasaAssistant) -> None:
    turn = await press(assistant, "/greet")
    assert [card.scheme for answer in turn.answers for card in answer.cards] == ["idmaj"]
    card = turn.answers[1].cards[0]
    assert (card.conditions[0].mark, card.buttons[0].payload) == ("✓", "/inform")


async def test_the_language_is_the_one_the_same_turn_set(assistant: RasaAssistant) -> None:
    assert (await say(assistant, "bonjour")).language == "fr"
    turn = await press(assistant, '/greet{"language": "ary"}')
    assert (turn.language, turn.direction, texts(turn)) == ("ary", "rtl", ["السلام"])


async def test_an_action_that_fails_apologises_in_the_persons_language_and_the_talk_goes_on(
    assistant: RasaAssistant,
) -> None:
    await say(assistant, "j'ai 27 ans")
    assert texts(await say(assistant, "imbécile")) == ["Pardon."]
    assert texts(await say(assistant, "j'ai 27 ans")) == ["2"]
    await press(assistant, '/greet{"language": "ary"}')
    assert texts(await say(assistant, "imbécile")) == ["سمح ليا"]


async def test_a_turn_that_breaks_inside_rasa_apologises_too(
    assistant: RasaAssistant, tiny_agent: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(message: object) -> None:
        raise RuntimeError("a bug of ours or of Rasa")

    monkeypatch.setattr(tiny_agent, "handle_message", broken)
    assert texts(await say(assistant, "bonjour")) == ["Pardon."]


async def test_twelve_messages_at_once_from_one_person_are_taken_in_order_without_waiting_a_second(
    assistant: RasaAssistant,
) -> None:
    await say(assistant, "bonjour")
    started = time.monotonic()
    turns = await asyncio.gather(*(say(assistant, "j'ai 27 ans") for _ in range(12)))
    assert [texts(turn) for turn in turns] == [[str(n)] for n in range(1, 13)]
    assert time.monotonic() - started < 11, "Rasa's own lock would have taken a second a message"


async def test_queues_do_not_outlive_their_turns(assistant: RasaAssistant) -> None:
    await asyncio.gather(*(say(assistant, "bonjour", person=f"p{n % 3}") for n in range(6)))
    assert len(assistant._queues) == 0


@pytest.mark.parametrize(
    "typed",
    ["/restart", "  /session_start", "//back", "\u200f/restart", '/inform{"fact": 3}', "/", "/ /"],
)
async def test_typed_slashes_carry_no_intent_and_wipe_nothing(
    assistant: RasaAssistant, typed: str
) -> None:
    await say(assistant, "j'ai 27 ans")
    await say(assistant, typed)
    last = texts(await press(assistant, "/inform"))
    assert last in (["2"], ["3"]), "the conversation before the slash is still there"


@pytest.mark.parametrize(
    "payload",
    ["/nope", "/restart@0.3", '/inform{"fact": ', '/inform{"nope": 1}', '/inform{"fact": "x"}',
     '/inform{"language": "xx"}', "/session_start", "/inform" + "{" * 2000, '/inform{"fact": [[1]]}'],
)  # fmt: skip
async def test_a_payload_that_no_button_of_ours_carries_changes_nothing_and_crashes_nothing(
    assistant: RasaAssistant, payload: str
) -> None:
    await say(assistant, "j'ai 27 ans")
    assert (await press(assistant, payload)).language == "fr"
    assert texts(await press(assistant, "/inform"))[0] in ("2", "3")


async def test_forgetting_asked_for_in_the_talk_erases_the_conversation(
    assistant: RasaAssistant, tiny_agent: Agent
) -> None:
    await say(assistant, "j'ai 27 ans")
    turn = await say(assistant, "efface tout")
    assert (turn.forget, texts(turn)) == (True, ["C'est fait."])
    assert await tiny_agent.tracker_store.retrieve("p") is None
    assert texts(await say(assistant, "j'ai 27 ans")) == ["1"]


async def test_forgetting_one_person_leaves_the_others(
    assistant: RasaAssistant, tiny_agent: Agent
) -> None:
    await say(assistant, "j'ai 27 ans", person="a")
    await say(assistant, "j'ai 27 ans", person="b")
    await assistant.forget("a")
    assert await tiny_agent.tracker_store.retrieve("a") is None
    assert texts(await say(assistant, "j'ai 27 ans", person="b")) == ["2"]


async def test_before_the_model_is_loaded_the_assistant_is_not_ready_and_does_not_raise() -> None:
    assistant = RasaAssistant(lambda: None)
    assert not assistant.ready
    assert (await say(assistant, "bonjour")).answers == ()


@pytest.mark.parametrize("text", ["", "x" * 5000, "\x00\ud800", "🪡" * 50])
async def test_odd_texts_are_answered_or_passed_over_but_never_raise(
    assistant: RasaAssistant, text: str
) -> None:
    assert (await say(assistant, text)).language == "fr"
