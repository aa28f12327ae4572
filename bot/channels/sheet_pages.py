"""Orientation sheets over HTTP: by their link for half an hour, or once by a code at an office."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

import bot.sheet
from bot.channels.staff_access import may_enter
from bot.channels.web_access import Proxies
from bot.channels.web_limits import Buckets, Rate
from bot.store import sheets
from bot.store.database import Database

LINKS = "/chat/sheets"
HANDOFF = "/handoff"
CSS = f"{LINKS}/sheet.css"
PDF = ".pdf"

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Robots-Tag": "noindex",
}
TRIES = Rate(burst=10, per_second=0.1)
"""How often one address may try a code."""

ALL_TRIES = Rate(burst=100, per_second=1)
"""How often codes may be tried by everybody together: many addresses help no guesser."""


class SheetPages:
    """The pages.

    Args:
        database: Where the sheets are.
        admin_token: What opens the hand-off from another machine; empty: only this machine may.
        proxies: Whose ``X-Forwarded-For`` is believed.
    """

    def __init__(self, database: Database, admin_token: str, proxies: Proxies) -> None:
        self._database = database
        self._admin_token = admin_token
        self._proxies = proxies
        self._tries = Buckets(TRIES)
        self._all_tries = Buckets(ALL_TRIES)
        self._css = (Path(bot.sheet.__file__).parent / "sheet.css").read_bytes()

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("sheets")
        answered: dict[tuple[str, str], Callable[..., Awaitable[HTTPResponse]]] = {
            ("GET", CSS): self.style,
            ("GET", f"{LINKS}/<key:str>"): self.sheet,
            ("GET", HANDOFF): self.ask,
            ("POST", HANDOFF): self.open,
        }
        for (method, path), page in answered.items():
            # Sanic marks what it calls, which a bound method does not allow
            routes.add_route(partial(page), path, methods=[method], name=page.__name__)
        return routes

    async def style(self, _: Request) -> HTTPResponse:
        """``GET /chat/sheets/sheet.css``."""
        headers = {"Cache-Control": "max-age=3600"}
        return HTTPResponse(self._css, 200, headers, content_type="text/css; charset=utf-8")

    async def sheet(self, _: Request, key: str) -> HTTPResponse:
        """``GET /chat/sheets/KEY`` and ``KEY.pdf``: a sheet whose link was given in a talk."""
        found = await self._database.read(sheets.open_link, key.removesuffix(PDF))
        if found is None:
            return _page(bot.sheet.notice("gone", CSS), 404)
        if not key.endswith(PDF):
            return _page(bot.sheet.html(found, CSS, f"{key}{PDF}"))
        body = await asyncio.to_thread(bot.sheet.pdf, found)
        return HTTPResponse(body, 200, HEADERS, content_type="application/pdf")

    async def ask(self, _: Request) -> HTTPResponse:
        """``GET /handoff``: where a counsellor types the code."""
        return _page(bot.sheet.notice("handoff", CSS, form=True))

    async def open(self, request: Request) -> HTTPResponse:
        """``POST /handoff``: the sheet behind a code, which opens nothing afterwards."""
        forwarded = ",".join(request.headers.getall("x-forwarded-for", []))
        address = self._proxies.client(request.ip, forwarded)
        wait = await self._tries.take(address) or await self._all_tries.take("")
        if wait:
            return self._again("too_fast", 429, {"Retry-After": str(wait)})
        form = request.form or {}
        headers = {name.lower(): value for name, value in request.headers.items()}
        if token := form.get("token"):
            headers["authorization"] = f"Bearer {token}"
        if not may_enter(request.ip, headers, self._admin_token):
            return self._again("refused", 401)
        code = "".join((form.get("code") or "").split()).replace("-", "").upper()
        found = await self._database.write(sheets.open_once, code)
        if found is None:
            return self._again("wrong_code", 404)
        return _page(bot.sheet.html(found, CSS))

    @staticmethod
    def _again(problem: str, status: int, headers: dict[str, str] | None = None) -> HTTPResponse:
        page = bot.sheet.notice("handoff", CSS, form=True, problem=problem)
        return _page(page, status, headers)


def _page(html: str, status: int = 200, headers: dict[str, str] | None = None) -> HTTPResponse:
    return HTTPResponse(
        html, status, HEADERS | (headers or {}), content_type="text/html; charset=utf-8"
    )
