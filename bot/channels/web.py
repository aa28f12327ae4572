"""The chat over HTTP: sessions, messages, the page, and the server's health."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from json import dumps
from pathlib import Path
from typing import Any

from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, empty, redirect

from bot.channels.conversations import (
    Conversations,
    IdReusedError,
    NoSessionError,
    UnknownPayloadError,
)
from bot.channels.queues import TooManyWaitError
from bot.channels.web_access import Origins, Proxies
from bot.channels.web_limits import Counter, Limits, counting
from bot.channels.web_page import File, Files
from bot.channels.web_requests import BODY_BYTES, RefusedError, bearer, read_message

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
PREFIX = "/chat"
SCRIPT = "widget.js"

API_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}

REFUSAL_SECONDS = (1.0, 3.0)
"""For so long a visitor who is too fast waits for being told so: who asks again at once is slow,
and who sent hundreds of requests in one moment does not send them in one moment again."""

REFUSALS_HELD = 1000
"""So many answers are held back at most, each a connection; what is more is refused at once."""

logger = logging.getLogger(__name__)

Handler = Callable[..., Awaitable[HTTPResponse]]


@dataclass(frozen=True)
class WebSettings:
    """What a host may set about the web channel.

    Attributes:
        origins: The other sites that may call the chat.
        proxies: Whose ``X-Forwarded-For`` is believed.
        limits: How fast sessions and addresses may go.
        retention_days: After how many days without a message a session is erased.
        wording: The catalogue's file of words, for the verdicts on cards.
        public_url: Where people reach the server; empty: as their request names it.
        redis_url: Where several server processes count together, if they do.
    """

    origins: Origins = field(default_factory=Origins)
    proxies: Proxies = field(default_factory=Proxies)
    limits: Limits = field(default_factory=Limits)
    retention_days: int = 180
    wording: Path | None = None
    public_url: str = ""
    redis_url: str = ""


class WebChat:
    """The routes under ``/chat``, and ``/health`` beside them.

    Args:
        conversations: Returns, for the app the routes are registered on, what answers there.
        settings: What the host has set.
        states: Returns the state of the other channels of the app, a word each, for ``/health``.
        telegram: Returns the name of the bot on Telegram, where that is on, for the page.
    """

    def __init__(
        self,
        conversations: Callable[[Sanic], Conversations],
        settings: WebSettings,
        states: Callable[[Sanic], Mapping[str, str]] = lambda _app: {},
        telegram: Callable[[Sanic], str | None] = lambda _app: None,
    ) -> None:
        self._conversations_of = conversations
        self._settings = settings
        self._states = states
        self._telegram = telegram
        self._files = Files(settings.wording)
        limits = settings.limits
        self._held = 0
        self._counting = counting(settings.redis_url)
        self._by_session = self._counting.buckets("session", limits.session_messages)
        self._by_address = self._counting.buckets("address", limits.address_messages)
        self._new_by_address = self._counting.buckets("new", limits.address_sessions)

    def blueprint(self) -> Blueprint:
        """Return the routes, to be registered on an app with ``url_prefix="/chat"``."""
        routes = _Routes("web_chat", strict_slashes=False)
        routes.ctx.attach = self._attach
        answered: dict[str, dict[str, Handler]] = {
            "/": {"GET": self.page},
            f"/{SCRIPT}": {"GET": self.script},
            "/page/<name:str>": {"GET": self.file},
            "/sessions": {"POST": self.open_session, "DELETE": self.close_session},
            "/messages": {"POST": self.post_message, "GET": self.get_messages},
            "/export": {"GET": self.export},
            "/<rest:path>": {},
        }
        for path, handlers in answered.items():
            self._add(routes, path, handlers)
        routes.listener("before_server_start")(self._start)
        routes.listener("after_server_stop")(self._stop)
        return routes

    def _add(self, routes: Blueprint, path: str, handlers: dict[str, Handler]) -> None:
        """Add what answers at ``path``, and a clear error for every other method."""
        others = [method for method in METHODS if method not in handlers]
        refuse = _refuse("method" if handlers else "not_found", allow=", ".join(handlers))
        every = {**handlers, "OPTIONS": self.preflight}
        every |= dict.fromkeys(others, refuse)
        if "GET" in handlers:
            every["HEAD"] = handlers["GET"]
        for method, handler in every.items():
            name = f"{path}_{method}".replace("<", "").replace(">", "").replace(":", "_")
            # Streaming: a body that is too long is refused before it is read.
            stream = method not in ("GET", "HEAD", "OPTIONS")
            guarded = self._guarded(handler)
            routes.add_route(guarded, path, methods=[method], name=name, stream=stream)

    def _attach(self, app: Sanic) -> None:
        """Find what answers on ``app``; ``/health`` stands outside the prefix."""
        self._conversations = self._conversations_of(app)
        for path, handler in {
            "/health": self.health,
            "/health/ready": self.health,
            "/health/live": self.live,
        }.items():
            name = path.strip("/").replace("/", "_")
            app.add_route(handler, path, methods=["GET", "HEAD"], name=name)

    async def open_session(self, request: Request) -> HTTPResponse:
        """``POST /chat/sessions``: a new session and the greeting."""
        await _body(request)
        await self._limit(self._new_by_address, self._address(request))
        self._require_ready()
        token, messages = await self._conversations.begin(
            request.args.get("language"), self._address(request)
        )
        return _json({"token": token, "messages": messages}, status=201)

    async def close_session(self, request: Request) -> HTTPResponse:
        """``DELETE /chat/sessions``: forget everything and end the token."""
        await _body(request)
        token = await self._identify(request)
        self._require_ready()
        await self._conversations.end(token, self._address(request))
        return empty()

    async def post_message(self, request: Request) -> HTTPResponse:
        """``POST /chat/messages``: one turn."""
        body = await _body(request)
        token = await self._identify(request)
        self._require_ready()
        await self._limit(self._by_session, token)
        said = read_message(body)
        return _json_text(
            await self._conversations.say(token, said, self._site(request), self._address(request))
        )

    async def get_messages(self, request: Request) -> HTTPResponse:
        """``GET /chat/messages``: the conversation so far."""
        messages = await self._conversations.history(await self._identify(request))
        return _json_text(f'{{"messages": [{", ".join(messages)}]}}')

    async def export(self, request: Request) -> HTTPResponse:
        """``GET /chat/export``: everything that is kept of the person, to take away."""
        kept = await self._conversations.export(await self._identify(request))
        response = _json_text(kept)
        response.headers["Content-Disposition"] = 'attachment; filename="mouwakib.json"'
        return response

    async def live(self, request: Request) -> HTTPResponse:
        """``GET /health/live``: 200 as long as the process answers at all."""
        response = _json({"live": True}, status=200)
        response.headers.update(API_HEADERS)
        return response

    async def health(self, request: Request) -> HTTPResponse:
        """``GET /health``: 200 only when a turn can be answered."""
        ready = self._conversations.ready
        channels = {"web": "on" if ready else "starting", **self._states(request.app)}
        body = {"live": True, "ready": ready, "channels": channels}
        response = _json(body, status=200 if ready else 503)
        response.headers.update(API_HEADERS)
        return response

    async def page(self, request: Request) -> HTTPResponse:
        """``GET /chat``: the page; its files are named relative to an address without slash."""
        if request.path.endswith("/"):
            return redirect(f"..{PREFIX}", status=308)
        telegram = self._telegram(request.app)
        return self._send(request, self._files.page(request.args.get("lang"), telegram))

    async def script(self, request: Request) -> HTTPResponse:
        """``GET /chat/widget.js``: the one line other sites embed."""
        return self._send(request, self._files.script)

    async def file(self, request: Request, name: str) -> HTTPResponse:
        """``GET /chat/page/…``: what the page is made of."""
        return self._send(request, self._files.named(name))

    async def preflight(self, request: Request, **_: str) -> HTTPResponse:
        """Answer a browser that asks whether a site may call the chat."""
        origin, host = request.headers.get("origin"), request.headers.get("host")
        return empty(headers=self._settings.origins.preflight(origin, host))

    def _guarded(self, handler: Handler) -> Handler:
        @wraps(handler)
        async def guarded(request: Request, **given: str) -> HTTPResponse:
            origin, host = request.headers.get("origin"), request.headers.get("host")
            try:
                self._require_origin(origin, host)
                response = await handler(request, **given)
            except RefusedError as refused:
                response = _refusal(refused)
            except NoSessionError:
                response = _refusal(RefusedError("no_session"))
            except TooManyWaitError:
                response = _refusal(RefusedError("too_fast", retry_after=1))
            except IdReusedError:
                response = _refusal(RefusedError("id_reused"))
            except UnknownPayloadError:
                response = _refusal(RefusedError("unknown_payload"))
            except Exception:  # whatever it was, nothing of the turn is kept: try again
                logger.exception("A request could not be answered")
                response = _refusal(RefusedError("failed", retry_after=1))
            added = API_HEADERS | self._settings.origins.headers(origin, host)
            for name, value in added.items():
                response.headers.setdefault(name, value)
            return response

        return guarded

    async def _identify(self, request: Request) -> str:
        """Return the token of a request, after the limit of its address."""
        token = bearer(request.headers.get("authorization"))
        await self._limit(self._by_address, self._address(request))
        return token

    def _address(self, request: Request) -> str:
        forwarded = request.headers.getall("x-forwarded-for", [])
        return self._settings.proxies.client(request.ip, ",".join(forwarded))

    def _site(self, request: Request) -> str:
        """Return where the person reaches us, for links."""
        return self._settings.public_url or f"{request.scheme}://{request.host}"

    def _require_origin(self, origin: str | None, host: str | None) -> None:
        if not self._settings.origins.allows(origin, host):
            raise RefusedError("origin")

    def _require_ready(self) -> None:
        if not self._conversations.ready:
            raise RefusedError("not_ready", retry_after=2)

    def _send(self, request: Request, file: File | None) -> HTTPResponse:
        if file is None:
            return _refusal(RefusedError("not_found"))
        status, body, headers = file.reply(request.headers)
        type_ = file.content_type if status == 200 else None
        return HTTPResponse(body or None, status, headers, content_type=type_)

    async def _limit(self, buckets: Counter, key: str) -> None:
        seconds = await buckets.take(key)
        if seconds:
            if self._held < REFUSALS_HELD:
                self._held += 1
                try:
                    await asyncio.sleep(random.uniform(*REFUSAL_SECONDS))  # noqa: S311
                finally:
                    self._held -= 1
            raise RefusedError("too_fast", retry_after=seconds)

    async def _start(self, _app: Sanic, _loop: Any) -> None:
        await self._conversations.start(self._settings.retention_days)

    async def _stop(self, _app: Sanic, _loop: Any) -> None:
        await self._conversations.stop()
        await self._counting.close()


def _refuse(code: str, allow: str) -> Handler:
    """Return a handler that answers with an error, whatever was asked."""

    async def refuse(request: Request, **_: str) -> HTTPResponse:
        if request.stream.request_body:
            await _body(request)
        raise RefusedError(code, allow=allow)

    return refuse


class _Routes(Blueprint):  # Sanic has no types
    """A blueprint that tells its owner which app it was registered on."""

    def register(self, app: Sanic, options: dict[str, Any]) -> None:
        super().register(app, options)
        self.ctx.attach(app)


async def _body(request: Request) -> bytes:
    """Read the body of a streaming route, but never more than a message can need."""
    body = b""
    async for part in request.stream:
        body += part
        if len(body) > BODY_BYTES:
            raise RefusedError("too_long")
    return body


def _json(data: Any, status: int) -> HTTPResponse:
    return _json_text(dumps(data, ensure_ascii=False), status)


def _json_text(text: str, status: int = 200) -> HTTPResponse:
    return HTTPResponse(text, status, content_type="application/json")


def _refusal(refused: RefusedError) -> HTTPResponse:
    return HTTPResponse(
        refused.body,
        refused.status,
        dict(refused.headers),
        content_type="application/json",
    )
