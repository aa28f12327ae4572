"""The pages of sheets over real HTTP: links that end, codes that open once, guesses that tire."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sanic import Sanic

from bot.channels.sheet_pages import SheetPages
from bot.channels.web_access import Proxies
from bot.store import Database, migrations, sheets
from tests.actions.test_sheet import SEAMSTRESS, sheet_of

TOKEN = "a-token-of-the-host-9f3b"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'store.db'}")
    migrations.upgrade(opened)
    yield opened
    opened.close()


@asynccontextmanager
async def served(database: Database, admin_token: str = "") -> AsyncIterator[str]:
    """Serve the pages on a free port, and return where."""
    app = Sanic(f"sheets-{time.monotonic_ns()}", configure_logging=False)
    app.blueprint(SheetPages(database, admin_token, Proxies([])).blueprint())
    app.config.MOTD = False
    Sanic.test_mode = True  # several apps in one process, one after the other
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = await app.create_server(sock=listening, return_asyncio_server=True)
    assert server is not None
    await server.startup()
    await server.before_start()
    await server.start_serving()
    try:
        port = listening.getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        await server.close()
        await server.after_stop()


def keep(database: Database, key: str, *, once: bool) -> dict[str, Any]:
    sheet = sheet_of("ary", SEAMSTRESS)
    assert sheet is not None
    with database.engine.begin() as connection:
        sheets.keep(connection, key, "web-1", sheet, once=once)
    return sheet


def test_a_link_shows_the_page_and_the_pdf(database: Database) -> None:
    async def visit() -> None:
        sheet = keep(database, "key", once=False)
        async with served(database) as site, aiohttp.ClientSession(site) as browser:
            page = await browser.get("/chat/sheets/key")
            assert page.status == 200
            assert sheet["schemes"][0]["name"] in await page.text()
            assert page.headers["Cache-Control"] == "no-store"
            pdf = await browser.get("/chat/sheets/key.pdf")
            assert (await pdf.read()).startswith(b"%PDF")
            style = await browser.get("/chat/sheets/sheet.css")
            assert style.status == 200
            wrong = await browser.get("/chat/sheets/kei")
            assert wrong.status == 404
            assert "30 minutes" in await wrong.text()

    asyncio.run(visit())


def test_a_code_opens_one_sheet_once_however_it_is_typed(database: Database) -> None:
    async def visit() -> None:
        sheet = keep(database, "ABCD2345", once=True)
        async with served(database) as site, aiohttp.ClientSession(site) as browser:
            asked = await browser.get("/handoff")
            assert "<form" in await asked.text()
            opened = await browser.post("/handoff", data={"code": " abcd-2345 "})
            assert opened.status == 200
            assert sheet["schemes"][0]["name"] in await opened.text()
            again = await browser.post("/handoff", data={"code": "ABCD2345"})
            assert again.status == 404

    asyncio.run(visit())


def test_from_elsewhere_the_hosts_token_is_needed(database: Database) -> None:
    async def visit() -> None:
        keep(database, "ABCD2345", once=True)
        elsewhere = {"Host": "aide.example.ma"}
        async with (
            served(database, TOKEN) as site,
            aiohttp.ClientSession(site, headers=elsewhere) as browser,
        ):
            for given in ({}, {"token": "wrong"}):
                refused = await browser.post("/handoff", data={"code": "ABCD2345", **given})
                assert refused.status == 401
            opened = await browser.post("/handoff", data={"code": "ABCD2345", "token": TOKEN})
            assert opened.status == 200

    asyncio.run(visit())


def test_a_thousand_guesses_are_stopped(database: Database) -> None:
    async def visit() -> list[int]:
        keep(database, "ABCD2345", once=True)
        async with served(database) as site, aiohttp.ClientSession(site) as browser:
            return [
                (await browser.post("/handoff", data={"code": f"AAAA{n:04}"})).status
                for n in range(1000)
            ]

    statuses = asyncio.run(visit())
    assert statuses.count(404) < 30
    assert statuses[-1] == 429
