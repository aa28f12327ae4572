"""Pages for staff: ``/metrics`` for Prometheus, ``/report`` for people."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.staff_access import may_enter
from bot.channels.web_limits import Buckets, Rate

TRIES = Rate(burst=10, per_second=0.2)
"""How often an address may be refused: a token cannot be guessed by trying."""

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
}

Page = Callable[[], Awaitable[bytes]]


class StaffPages:
    """Serves pages to this machine and to whoever has the token.

    Args:
        admin_token: Empty: only this machine may see them.
        pages: What stands where: path -> content type and the page itself.
    """

    def __init__(self, admin_token: str, pages: Mapping[str, tuple[str, Page]]) -> None:
        self._admin_token = admin_token
        self._pages = pages
        self._tries = Buckets(TRIES)

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("staff")
        for path, (content_type, page) in self._pages.items():
            routes.add_route(
                self._guarded(content_type, page), path, methods=["GET"], name=path.strip("/")
            )
        return routes

    def _guarded(self, content_type: str, page: Page) -> Callable[..., Awaitable[HTTPResponse]]:
        async def guarded(request: Request) -> HTTPResponse:
            headers = {name.lower(): value for name, value in request.headers.items()}
            if may_enter(request.ip, headers, self._admin_token):
                return HTTPResponse(await page(), 200, HEADERS, content_type=content_type)
            wait = await self._tries.take(request.ip)
            if wait:
                return HTTPResponse("", 429, HEADERS | {"Retry-After": str(wait)})
            return HTTPResponse("", 401, HEADERS | {"WWW-Authenticate": "Bearer"})

        return guarded
