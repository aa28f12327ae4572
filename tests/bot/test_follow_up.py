"""What is due is said: at humane hours, once, and not to people who are gone."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import eligibility
from bot.channels.follow_up import FollowUp
from bot.store import Database, keepsakes, migrations, reminders
from bot.store.reminders import Reminder

ROOT = Path(__file__).resolve().parents[2]
PAYLOAD = {"intent": "dossier", "scheme": "idmaj", "reminder": "papers"}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'store.db'}")
    migrations.upgrade(opened)
    yield opened
    opened.close()


class Channel:
    """Says reminders, by writing them down."""

    def __init__(self, database: Database) -> None:
        self.said: list[tuple[str, str]] = []
        self._database = database

    async def remind(self, reminder: Reminder, payload: str) -> None:
        self.said.append((reminder.person, payload))
        await self._database.write(reminders.done, reminder)


def at(hour: int) -> Callable[[], datetime]:
    return lambda: datetime(2026, 11, 24, hour, tzinfo=eligibility.casablanca())


def keep(database: Database, person: str, **kept: Any) -> None:
    with database.engine.begin() as connection:
        keepsakes.write(connection, person, [kept])


def due(key: str = "idmaj:papers") -> list[dict[str, Any]]:
    return [{"key": key, "due": time.time() - 1, "payload": PAYLOAD}]


def looking(
    database: Database,
    channel: Channel,
    hour: int = 10,
    others: Callable[[Mapping[str, Mapping[str, int]]], None] = lambda _: None,
    catalogue: eligibility.Catalogue | None = None,
) -> FollowUp:
    known = catalogue or eligibility.load(ROOT / "catalogue")
    speakers = {"web": channel.remind}
    return FollowUp(database, speakers, others, lambda: known, at(hour))


def test_what_is_due_is_said_once_by_several_servers(database: Database) -> None:
    channel = Channel(database)
    keep(database, "web-1", reminders=due())

    async def look() -> None:
        servers = [looking(database, channel) for _ in range(3)]
        await asyncio.gather(*(server.look() for server in servers))
        await servers[0].look()

    asyncio.run(look())
    assert channel.said == [("web-1", '/dossier{"reminder": "papers", "scheme": "idmaj"}')]


@pytest.mark.parametrize("hour", [0, 6, 8, 20, 23])
def test_nobody_is_woken(database: Database, hour: int) -> None:
    channel = Channel(database)
    keep(database, "web-1", reminders=due())
    asyncio.run(looking(database, channel, hour).look())
    assert channel.said == []
    asyncio.run(looking(database, channel, 9).look())
    assert len(channel.said) == 1


def test_who_is_forgotten_hears_nothing(database: Database) -> None:
    channel = Channel(database)
    keep(database, "web-1", reminders=due())
    with database.engine.begin() as connection:
        keepsakes.forget(connection, "web-1")
    asyncio.run(looking(database, channel).look())
    assert channel.said == []


def test_what_others_told_is_handed_on_from_five_answers_on(database: Database) -> None:
    told: list[Mapping[str, Mapping[str, int]]] = []
    outcome = {"scheme": "idmaj", "province": "fes", "result": "granted"}
    for _ in range(5):
        keep(database, "web-1", outcome=outcome)
    keep(database, "web-1", outcome={**outcome, "scheme": "tahfiz"})
    asyncio.run(looking(database, Channel(database), others=told.append).look())
    assert told == [{"idmaj": {"granted": 5}}]


def test_people_hear_of_a_scheme_that_becomes_theirs(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "catalogue"
    shutil.copytree(ROOT / "catalogue", folder)
    file = next(folder.rglob("idmaj.yml"))
    was = file.read_text("utf-8")
    assert "\nstatus: open" in was
    file.write_text(was.replace("\nstatus: open", "\nstatus: suspended"), "utf-8")
    channel = Channel(database)
    graduate = {"age": 25, "education": "bachelor", "anapec_registered": True, "seeking": ["job"]}
    keep(database, "web-1", watch=graduate)
    keep(database, "web-2", watch={"age": 70})

    def look() -> None:
        known = eligibility.load(folder)
        asyncio.run(looking(database, channel, catalogue=known).look())

    look()
    look()
    assert channel.said == []
    file.write_text(was, "utf-8")
    look()
    assert ("web-1", '/dossier{"reminder": "change", "scheme": "idmaj"}') in channel.said
    told = len(channel.said)
    look()
    assert len(channel.said) == told
