"""What reaches the log: one JSON line an event, no secret, no number of a person."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot import logs, settings

SECRETS = {
    "TELEGRAM_BOT_TOKEN": "8123456789:AAH-secretsecretsecretsecretsecret",
    "DATABASE_URL": "postgresql://mouwakib:p%40ss-word@db.example/m",
    "REDIS_URL": "redis://:hunter2hunter2@cache.example",
    "ADMIN_TOKEN": "an-admin-token-of-a-good-length",
}


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """The log as a host would see it."""
    root = logging.getLogger()
    handlers, level, configured = root.handlers[:], root.level, structlog.get_config()
    out = io.StringIO()
    monkeypatch.setattr("sys.stderr", out)
    logs.configure(settings.load(SECRETS))
    yield out
    structlog.contextvars.clear_contextvars()
    structlog.configure(**configured)
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.parametrize(
    "secret",
    [
        *SECRETS.values(),
        "p@ss-word",
        "p%40ss-word",
        "hunter2hunter2",
        "Bearer abcdefghijklmnop",
        "99887766:AAEanotherbotstokenwhichisnotours12",
        "mysql://root:toor99@elsewhere",
    ],
)
def test_no_secret_is_written_by_whatever_way_it_comes(log: io.StringIO, secret: str) -> None:
    logging.getLogger("a.library").warning("reached %s", f"https://x/bot{secret}/getMe")
    structlog.get_logger("rasa").warning("an.event", address=secret, nested={"header": secret})
    try:
        raise RuntimeError(f"cannot use {secret}")
    except RuntimeError:
        logging.getLogger("ours").exception("failed")
    hidden = secret.removeprefix("Bearer ").removeprefix("mysql://").removesuffix("@elsewhere")
    assert hidden not in log.getvalue()
    assert log.getvalue().count(logs.HIDDEN) >= 4


def test_numbers_and_addresses_of_people_are_masked_in_the_log_too(log: io.StringIO) -> None:
    logging.getLogger("ours").warning("could not read 06 12 34 56 78 / a.b@gmail.com / AB123456")
    assert "12 34" not in log.getvalue()
    assert "gmail" not in log.getvalue()
    assert "AB123456" not in log.getvalue()


def test_every_event_is_one_json_line_with_the_request_it_belongs_to(log: io.StringIO) -> None:
    structlog.contextvars.bind_contextvars(request="r1")
    logging.getLogger("ours").error("two\nlines")
    structlog.get_logger("rasa").warning("an.event", count=3)
    logging.getLogger("ours").info("not of interest")
    first, second = map(json.loads, log.getvalue().splitlines())
    assert (first["level"], first["logger"], first["request"]) == ("error", "ours", "r1")
    assert first["event"] == "two\nlines"
    assert (second["event"], second["count"], second["request"]) == ("an.event", 3, "r1")
