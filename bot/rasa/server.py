"""The server: Rasa's agent, our channels and our actions in one process."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import register
from rasa.core.run import close_resources, create_http_input_channels
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, redirect

import eligibility
from actions.knowledge import OUTCOMES, catalogue
from bot.channels.follow_up import FollowUp
from bot.channels.sheet_pages import SheetPages
from bot.channels.staff import StaffPages
from bot.channels.web_guard import guard
from bot.metrics import CONTENT_TYPE, Metrics
from bot.rasa.assistant import assistant_of, database_of, speakers_of
from bot.rasa.edits import Edits
from bot.rasa.loading import load, open_database
from bot.rasa.web_channel import web_settings
from bot.report import as_html, report_of
from bot.settings import ROOT, Settings
from bot.store import Database
from bot.watch import Watch

logger = logging.getLogger(__name__)

TELEGRAM_OFF = (
    "Telegram is off. To turn it on, get a token from @BotFather and start with "
    "TELEGRAM_BOT_TOKEN=… make run"
)
SWITCH_SECONDS = 0.0005
"""A thread that the database has answered waits no longer for the event loop to let it go on;
Python's own 5 ms, once for each statement, would be most of a turn while many people write."""

_STOPPING = 5.0  # seconds that open connections get when the server stops


def create_app(model: Path, settings: Settings) -> Sanic:
    """Return the application: every channel of credentials.yml, and the agent when it starts.

    Raises:
        CannotServe: The database cannot be used.
    """
    database = open_database(settings.sqlalchemy_url)
    app = Sanic("mouwakib", configure_logging=False)
    app.config.MOTD = False
    app.config.ACCESS_LOG = False
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = _STOPPING
    app.config.FALLBACK_ERROR_FORMAT = "json"
    guard(app, settings.public_url)
    app.ctx.database = database
    metrics = Metrics(lambda: assistant_of(app).ready)
    app.ctx.edits = Edits(settings.catalogue_folder)
    app.ctx.watch = Watch(catalogue, metrics, database)
    app.blueprint(staff_pages(settings, database, metrics).blueprint())
    app.blueprint(sheet_pages(settings, database).blueprint())
    app.add_route(_to_the_chat, "/", name="front")
    register(create_http_input_channels(None, str(ROOT / "credentials.yml")), app, "/webhooks/")
    app.register_listener(partial(_load, model), "before_server_start")
    app.register_listener(_watch, "after_server_start")
    app.register_listener(_stop_watching, "before_server_stop")
    app.ctx.follow_up = FollowUp(database, speakers_of(app), told_by_others, catalogue)
    app.register_listener(partial(_say_where, settings), "after_server_start")
    app.register_listener(close_resources, "after_server_stop")
    return app


def serve(model: Path, settings: Settings) -> None:
    """Serve until stopped."""
    sys.setswitchinterval(SWITCH_SECONDS)
    app = create_app(model, settings)
    app.run(host=settings.host, port=settings.port_number, workers=1, access_log=False)


async def _load(model: Path, app: Sanic, _: Any) -> None:
    app.ctx.agent = await load(model, database_of(app))


def staff_pages(settings: Settings, database: Database, metrics: Metrics) -> StaffPages:
    """Return the pages for staff: figures for Prometheus, and the report."""

    async def figures() -> bytes:
        return metrics.page()

    async def page() -> bytes:
        made = await database.read(report_of, eligibility.today())
        return as_html(made, catalogue()).encode("utf-8")

    pages = {
        "/metrics": (CONTENT_TYPE, figures),
        "/report": ("text/html; charset=utf-8", page),
    }
    return StaffPages(settings.admin_token, pages)


def sheet_pages(settings: Settings, database: Database) -> SheetPages:
    """Return the pages of orientation sheets."""
    return SheetPages(database, settings.admin_token, web_settings(settings).proxies)


def told_by_others(outcomes: Mapping[str, Mapping[str, int]]) -> None:
    """Let the actions know what became of the applications of others."""
    OUTCOMES.clear()
    OUTCOMES.update(outcomes)


async def _watch(app: Sanic, _: Any) -> None:
    app.ctx.watch.start()
    app.ctx.follow_up.start()
    app.ctx.edits.start()


async def _stop_watching(app: Sanic, _: Any) -> None:
    await app.ctx.edits.stop()
    await app.ctx.follow_up.stop()
    await app.ctx.watch.stop()


async def _to_the_chat(_: Request) -> HTTPResponse:
    return redirect("/chat")


async def _say_where(settings: Settings, app: Sanic, _: Any) -> None:
    if not assistant_of(app).ready:
        logger.critical("The model could not be loaded, see above; nothing can be answered.")
        os._exit(1)
    print(f"\nMouwakib answers at {settings.chat_url}", flush=True)
    if not settings.telegram_bot_token:
        print(TELEGRAM_OFF, flush=True)
