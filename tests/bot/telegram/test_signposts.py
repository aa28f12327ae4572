"""Links and positions: what they point to, and what the assistant is told."""

from __future__ import annotations

import pytest

from tests.bot.telegram.fakes import CATALOGUE, SIGNPOSTS, RunningBot
from tests.bot_api import BotApi
from yamlsource import plain

PLACES = plain(CATALOGUE / "places.yml")
SEATS = {
    name: province["seat"]
    for region in PLACES.values()
    for name, province in region["provinces"].items()
}


@pytest.mark.parametrize(
    "link, told",
    [
        ("fes", '/inform{"near": "fes"}'),
        ("INDH", '/ask_scheme{"programme": "indh"}'),
        ("tahfiz", '/ask_scheme{"scheme": "tahfiz"}'),
        ("anapec", '/ask_scheme{"institution": "anapec"}'),
    ],
)
async def test_a_link_greets_and_leads_to_what_it_names(
    bot: RunningBot, api: BotApi, link: str, told: str
) -> None:
    await api.say(f"/start {link}")
    await api.until_sent(2)
    await api.say(f"/start {link}")
    await api.until_sent(3)

    assert bot.assistant.said == ["/greet", told, told]
    assert all(said.is_payload for _, said in bot.assistant.heard)


@pytest.mark.parametrize("link", ["nowhere", "../x", "<b>", "a" * 64, '{"near": "fes"}'])
async def test_a_link_to_nothing_is_a_start(bot: RunningBot, api: BotApi, link: str) -> None:
    await api.say(f"/start {link}")
    await api.until_sent(1)

    assert bot.assistant.said == ["/greet"]


async def test_before_the_first_words_an_arabic_telephone_is_greeted_in_darija(
    bot: RunningBot, api: BotApi
) -> None:
    await api.say("/start fes", locale="ar")
    await api.until_sent(2)
    await api.say("/aide", locale="ar")
    await api.until_sent(3)

    assert bot.assistant.said == [
        '/greet{"language": "ary"}',
        '/inform{"near": "fes", "language": "ary"}',
        "/help",
    ]


async def test_a_position_leads_to_the_nearest_province(bot: RunningBot, api: BotApi) -> None:
    await api.say(None, location={"latitude": 34.04, "longitude": -5.01})
    await api.say(None, location={"latitude": 36.7, "longitude": -4.4})
    await api.until_sent(2)

    assert bot.assistant.said == ['/ask_place{"near": "fes"}']
    assert "loin de toutes les provinces" in api.texts[1]


def test_every_province_has_a_seat_inside_the_country_and_of_its_own() -> None:
    assert len(SEATS) == 75
    for name, (latitude, longitude) in SEATS.items():
        assert 20.7 < latitude < 36
        assert -17.2 < longitude < -0.9
        assert SIGNPOSTS.position(latitude, longitude) == f'/ask_place{{"near": "{name}"}}'


@pytest.mark.parametrize(
    "position, place",
    [
        ((31.51, -9.77), "essaouira"),
        ((34.00, -6.85), "rabat"),
        ((33.57, -7.62), "casablanca"),
        ((35.17, -2.92), "nador"),
        ((23.72, -15.93), "oued-ed-dahab"),
        ((32.11, -1.23), "figuig"),
        ((31.08, -4.01), "errachidia"),  # Merzouga
    ],
)
def test_a_position_is_in_the_province_people_would_say(
    position: tuple[float, float], place: str
) -> None:
    assert SIGNPOSTS.position(*position) == f'/ask_place{{"near": "{place}"}}'


@pytest.mark.parametrize("position", [(0.0, 0.0), (90.0, 0.0), (-34.0, 175.0), (48.86, 2.35)])
def test_far_away_is_nowhere(position: tuple[float, float]) -> None:
    assert SIGNPOSTS.position(*position) is None
