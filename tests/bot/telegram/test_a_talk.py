"""A talk on Telegram: commands, texts, cards, directions, what is not text."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from bot.store.reminders import Reminder
from tests.bot.telegram.fakes import RunningBot
from tests.bot_api import BotApi, buttons, units


async def test_start_greets_a_new_person_with_buttons(bot: RunningBot, api: BotApi) -> None:
    await api.say("/start")
    [greeting] = await api.until_sent(1)

    assert greeting["text"] == "Salam ! Bonjour !"
    assert [title for title, _ in buttons(greeting)] == ["Oui", "Non"]
    [(person, said)] = bot.assistant.heard
    assert (said.text, said.is_payload, said.metadata) == ("/greet", True, {"first": True})
    assert "1001" not in person
    assert len(person) > 32


@pytest.mark.parametrize(
    "typed, payload",
    [
        ("/aide", "/help"),
        ("/HELP", "/help"),
        ("/langue", "/change_language"),
        ("/profil@mouwakib_bot", "/my_profile"),
        ("/effacer", "/delete_data"),
    ],
)
async def test_a_command_is_one_of_our_payloads(
    bot: RunningBot, api: BotApi, typed: str, payload: str
) -> None:
    await api.say(typed)
    await api.until_sent(1)

    [(_, said)] = bot.assistant.heard
    assert (said.text, said.is_payload) == (payload, True)


@pytest.mark.parametrize("typed", ["/restart", '/inform{"fact": 1}', "/ affirm", "/"])
async def test_a_typed_slash_is_text_and_no_payload(
    bot: RunningBot, api: BotApi, typed: str
) -> None:
    await api.say(typed)
    await api.until_sent(1)

    [(_, said)] = bot.assistant.heard
    assert (said.text, said.is_payload) == (typed, False)


async def test_the_menu_is_described_in_french_and_in_darija(bot: RunningBot, api: BotApi) -> None:
    await api.until(lambda: len(api.commands) == 3)

    names = [command["command"] for command in api.commands[""]]
    assert names == ["start", "aide", "langue", "profil", "effacer"]
    assert api.commands["fr"] == api.commands[""]
    assert api.commands["ar"][1]["description"] == "شنو نقدر ندير ليك"


async def test_the_bot_describes_itself_in_each_language(bot: RunningBot, api: BotApi) -> None:
    await api.until(lambda: len(api.texts_of_bot) == 6)

    assert "/effacer efface tout" in api.texts_of_bot["description", ""]
    assert "/effacer كيمسح كلشي" in api.texts_of_bot["description", "ar"]
    assert api.texts_of_bot["short_description", "fr"].endswith("en français et en darija.")


async def test_what_is_right_is_not_set_again(bot: RunningBot, api: BotApi) -> None:
    await api.until(lambda: len(api.texts_of_bot) == 6)
    await bot.stop()
    api.texts_of_bot["description", "ar"] = "old"
    reads = len(api.called("getMyShortDescription"))
    await bot.start()
    await api.until(lambda: len(api.called("getMyShortDescription")) == reads + 3)

    assert len(api.called("setMyCommands")) == 3
    assert len(api.called("setMyShortDescription")) == 3
    assert len(api.called("setMyDescription")) == 4


async def test_a_menu_that_may_not_be_set_harms_nothing(api: BotApi, tmp_path: Path) -> None:
    api.fail("setMyCommands", 429, "Too Many Requests: retry after 50000", retry_after=50_000)
    bot = RunningBot(api, tmp_path)
    await bot.start()
    await api.say("bonjour")
    await api.until_sent(1)
    await bot.stop()

    assert not api.commands


async def test_typing_is_shown_before_the_answer(bot: RunningBot, api: BotApi) -> None:
    bot.assistant.pauses["bonjour"] = 0.2
    await api.say("bonjour")
    await api.until_sent(1)

    named = [name for name, _ in api.calls]
    assert named.index("sendChatAction") < named.index("sendMessage")
    assert named.count("sendChatAction") == 1


async def test_a_card_is_escaped_html_with_its_marks_and_buttons(
    bot: RunningBot, api: BotApi
) -> None:
    await api.say("montre la carte")
    text, card = await api.until_sent(2)

    assert text["text"] == "Voici :"
    assert not buttons(text)
    assert card["text"].split("\n") == [
        "Idmaj <contrat & insertion>",
        "à préciser",
        "Stage payé en entreprise, 1 600 à 6 000 DH par mois.",
        "✓ diplôme",
        "✗ moins de 30 ans & plus",
        "? une entreprise qui vous prend",
    ]
    bold = card["entities"][0]
    assert (bold["type"], bold["offset"], bold["length"]) == ("bold", 0, 27)
    assert [title for title, _ in buttons(card)] == ["Les papiers", "Où aller", "Voir plus"]


async def test_darija_that_begins_with_latin_letters_still_runs_from_right_to_left(
    bot: RunningBot, api: BotApi
) -> None:
    await api.say("سلام")
    [answer] = await api.until_sent(1)

    assert answer["text"] == "\u200fANAPEC هي اللي كتسجل.\nمرحبا بيكم!"


async def test_a_long_answer_comes_in_pieces_that_end_with_a_sentence(
    bot: RunningBot, api: BotApi
) -> None:
    await api.say("long")
    await api.until(lambda: any(buttons(message) for message in api.sent))

    assert len(api.sent) == 4
    assert all(units(text) <= 4096 for text in api.texts)
    assert all(text.endswith("😀.") for text in api.texts)
    assert " ".join(api.texts) == ("Ceci & cela est <long> 😀. " * 500).strip()
    assert [bool(buttons(message)) for message in api.sent] == [False, False, False, True]


async def test_a_message_over_2000_characters_is_kindly_refused(
    bot: RunningBot, api: BotApi
) -> None:
    await api.say("a" * 2001)
    [answer] = await api.until_sent(1)

    assert "un peu long" in answer["text"]
    assert not bot.assistant.heard


@pytest.mark.parametrize(
    "content, words",
    [
        ({"voice": {"file_id": "f", "file_unique_id": "u", "duration": 3}}, "écouter"),
        ({"sticker": None}, "avec des mots"),
        (
            {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}]},
            "N’envoyez pas de photo de votre CIN",
        ),
        ({"document": {"file_id": "f", "file_unique_id": "u"}}, "fichiers"),
        ({"location": {"latitude": 48.8, "longitude": 2.3}}, "votre ville"),
        ({"story": {"id": 1, "chat": {"id": 1001, "type": "private"}}}, "écrit"),
        ({"contact": {"phone_number": "+212600000000", "first_name": "A"}}, "aucun numéro"),
    ],
)
async def test_what_is_not_text_gets_a_kind_line(
    bot: RunningBot, api: BotApi, content: dict[str, object], words: str
) -> None:
    if "sticker" in content:
        sticker = {"file_id": "f", "file_unique_id": "u", "type": "regular"}
        sticker |= {"width": 9, "height": 9, "is_animated": False, "is_video": False}
        content = {"sticker": sticker}
    await api.say(None, **content)
    [answer] = await api.until_sent(1)

    assert words in answer["text"]
    assert not bot.assistant.heard


async def test_a_voice_note_is_answered_in_the_language_of_the_talk(
    bot: RunningBot, api: BotApi
) -> None:
    voice = {"file_id": "f", "file_unique_id": "u", "duration": 3}
    await api.say(None, voice=voice, locale="en")
    await api.say("mrhba")
    await api.say(None, voice=voice)
    unknown, _, latin = await api.until_sent(3)

    assert "écouter" in unknown["text"]
    assert "كتب ليا" in unknown["text"]
    assert "Kteb liya" in latin["text"]
    assert "écouter" not in latin["text"]


async def test_the_caption_of_a_photo_is_read(bot: RunningBot, api: BotApi) -> None:
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}]
    await api.say(None, photo=photo, caption="c’est quoi idmaj")
    await api.until_sent(2)

    assert "images" in api.texts[0]
    assert api.texts[1] == "Vous avez dit c’est quoi idmaj"


async def test_an_edited_message_is_a_correction(bot: RunningBot, api: BotApi) -> None:
    first = await api.say("27 ans")
    second = await api.say("37 ans", key="edited_message", edits=first)
    await api.until_sent(2)

    assert [(said.text, said.metadata) for _, said in bot.assistant.heard] == [
        ("27 ans", {"message": first["message"]["message_id"]}),
        ("37 ans", {"message": second["edited_message"]["message_id"], "edited": True}),
    ]


HIDDEN = {"type": "hidden_user", "sender_user_name": "Karim", "date": 1_700_000_000}
OWN = {"type": "user", "date": 1_700_000_000}
OWN |= {"sender_user": {"id": 1001, "is_bot": False, "first_name": "Amina"}}


async def test_a_forwarded_message_is_not_taken_for_the_persons_own_words(
    bot: RunningBot, api: BotApi
) -> None:
    first = await api.say("j’ai 50 ans", forward_origin=HIDDEN)
    second = await api.say("/effacer", forward_origin=HIDDEN)
    await api.until_sent(4)
    own = await api.say("j’ai 27 ans", forward_origin=OWN)
    await api.until_sent(5)

    assert "quelqu’un d’autre" in api.texts[0]
    ids = [update["message"]["message_id"] for update in (first, second, own)]
    assert [said.metadata for _, said in bot.assistant.heard] == [
        {"message": ids[0], "forwarded": True},
        {"message": ids[1], "forwarded": True},
        {"message": ids[2]},
    ]
    assert not any(said.is_payload for _, said in bot.assistant.heard)


async def test_an_album_is_one_message(bot: RunningBot, api: BotApi) -> None:
    photo: dict[str, Any] = {"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}
    for _ in range(4):
        await api.say(None, photo=[photo], media_group_id="77")
    await api.say("merci")
    await api.until(lambda: "Vous avez dit merci" in api.texts)

    assert sum("images" in text for text in api.texts) == 1
    assert len(api.texts) == 2


async def test_numbers_in_darija_keep_the_order_of_their_groups(
    bot: RunningBot, api: BotApi
) -> None:
    await api.say("نمرة")
    [answer] = await api.until_sent(1)

    assert answer["text"] == "عيط ل \u20660802 00 37 37\u2069 ولا \u206605 35 62\u2069"


async def test_a_location_that_moves_on_is_not_answered_again(bot: RunningBot, api: BotApi) -> None:
    await api.say(None, key="edited_message", location={"latitude": 34.0, "longitude": -5.0})
    await api.say("bonjour")

    assert [m["text"] for m in await api.until_sent(1)] == ["Vous avez dit bonjour"]


async def test_in_a_group_the_bot_answers_only_when_addressed(bot: RunningBot, api: BotApi) -> None:
    group = {"chat": -500, "chat_type": "supergroup"}
    mention = [{"type": "mention", "offset": 0, "length": 13}]
    await api.say("vous avez vu le match ?", user=7, **group)
    await api.say("/aide@another_bot", user=7, **group)
    await api.say("@mouwakib_bot c’est quoi idmaj", user=7, entities=mention, **group)
    await api.say("@mouwakib_bot et moi", user=8, entities=mention, **group)
    await api.until_sent(2)

    assert sorted(bot.assistant.said) == ["c’est quoi idmaj", "et moi"]
    assert len({person for person, _ in bot.assistant.heard}) == 2
    assert all("reply_parameters" in call for call in api.called("sendMessage"))


async def test_a_channels_post_that_its_group_receives_is_not_answered(
    bot: RunningBot, api: BotApi
) -> None:
    mention = [{"type": "mention", "offset": 0, "length": 13}]
    group = {"chat": -500, "chat_type": "supergroup", "user": 777_000}
    await api.say("@mouwakib_bot bonjour", entities=mention, is_automatic_forward=True, **group)
    await api.say("merci")
    await api.until_sent(1)

    assert bot.assistant.said == ["merci"]


async def test_channels_other_bots_and_service_messages_are_not_answered(
    bot: RunningBot, api: BotApi
) -> None:
    await api.say("bonjour", chat=-600, chat_type="channel", key="channel_post")
    await api.say("bonjour", chat=-600, chat_type="channel")
    await api.say(None, chat=-500, chat_type="group", new_chat_title="Coopérative")
    robot = {"id": 9, "is_bot": True, "first_name": "Robot"}
    await api.say("bonjour", chat=1002, **{"from": robot})
    await api.say("merci")
    await api.until_sent(1)

    assert bot.assistant.said == ["merci"]


async def test_a_sheet_is_sent_as_a_file(bot: RunningBot, api: BotApi) -> None:
    await api.say("ma fiche")
    text, document = await api.until_sent(2)

    assert text["text"] == "Voici :"
    assert document["document"]["file_name"] == "Ma fiche d'orientation.pdf"
    assert api.files[0].startswith(b"%PDF")


async def test_a_reminder_is_said_once_and_survives_a_restart(bot: RunningBot, api: BotApi) -> None:
    await api.say("salam")
    await api.until_sent(1)
    person = bot.assistant.heard[0][0]
    reminder = Reminder(7, person, {}, time.time())
    await bot.channel.talks.remind(reminder, "/dossier{}")
    await bot.channel.talks.remind(reminder, "/dossier{}")
    await api.until_sent(2)
    await bot.stop()
    await bot.start()
    await api.say("et puis")
    await api.until_sent(3)

    assert bot.assistant.said.count("/dossier{}") == 1
    assert bot.assistant.heard[1][1].is_payload


async def test_who_has_gone_is_not_reminded(bot: RunningBot, api: BotApi) -> None:
    await api.say("salam")
    await api.until_sent(1)
    await bot.channel.talks.remind(Reminder(8, "telegram-nobody", {}, time.time()), "/dossier{}")
    await api.say("et puis")
    await api.until_sent(2)

    assert bot.assistant.said == ["salam", "et puis"]
