"""What holds for every answer of the server: an id for the log, headers, and patience's end."""

from __future__ import annotations

import secrets

import structlog
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse

REQUEST_SECONDS = 15
"""How long a request may take to arrive: a slow sender holds no connection for ever."""

ANSWER_SECONDS = 60
LARGEST_REQUEST = 1_000_000
"""Bytes; Telegram's updates and our messages are far smaller."""

SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
HTTPS_ONLY = {"Strict-Transport-Security": "max-age=31536000"}


def guard(app: Sanic, public_url: str) -> None:
    """Put limits and safe headers on an app.

    Args:
        app: The app.
        public_url: Where people reach it; when that is https, browsers are told to stay with it.
    """
    app.config.REQUEST_MAX_SIZE = LARGEST_REQUEST
    app.config.REQUEST_TIMEOUT = REQUEST_SECONDS
    app.config.RESPONSE_TIMEOUT = ANSWER_SECONDS
    headers = SAFE_HEADERS | (HTTPS_ONLY if public_url.startswith("https://") else {})

    async def name(request: Request) -> None:
        request.ctx.name = secrets.token_hex(8)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=request.ctx.name)

    async def protect(request: Request, response: HTTPResponse) -> None:
        for header, value in headers.items():
            response.headers.setdefault(header, value)
        response.headers["X-Request-ID"] = getattr(request.ctx, "name", "")

    app.register_middleware(name, "request")
    app.register_middleware(protect, "response")
