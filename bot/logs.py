"""One line for each thing that happens, with the request it belongs to, and without secrets."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable
from dataclasses import fields
from urllib.parse import unquote, urlsplit

import structlog

from bot.privacy import mask
from bot.settings import Settings

HIDDEN = "[secret]"
SHORTEST_SECRET = 4
"""Shorter values are no secrets, and hiding them would spoil every line."""

_LOOKS_SECRET = re.compile(
    r"(?P<bot>\b\d{5,}:[A-Za-z0-9_-]{20,})"  # a token of a Telegram bot
    r"|(?P<bearer>(?<=bearer )[^\s'\",]+)"
    r"|(?P<password>(?<=://)[^\s/@]*:[^\s/@]+(?=@))",
    re.IGNORECASE,
)


def secrets_of(settings: Settings) -> list[str]:
    """Return every value that must never be written anywhere, passwords in addresses included."""
    values = [str(getattr(settings, f.name)) for f in fields(Settings) if f.metadata["secret"]]
    passwords = [urlsplit(value).password or "" for value in values if "://" in value]
    found = {*values, *passwords, *map(unquote, passwords)}
    return sorted((one for one in found if len(one) >= SHORTEST_SECRET), key=len, reverse=True)


class Redacting(logging.Formatter):
    """Writes lines as ``inner`` does, with secrets and personal numbers hidden."""

    def __init__(self, inner: logging.Formatter, secrets: Iterable[str]) -> None:
        super().__init__()
        self._inner = inner
        self._secrets = list(secrets)

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        line = self._inner.format(record)
        for secret in self._secrets:
            line = line.replace(secret, HIDDEN)
        return mask(_LOOKS_SECRET.sub(HIDDEN, line))


def configure(settings: Settings, level: int = logging.WARNING) -> None:
    """Send what the program and its libraries log from ``level`` on to stderr.

    On a terminal a line is for reading; elsewhere it is JSON, for machines.
    """
    shared = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if sys.stderr.isatty():
        last = [structlog.dev.ConsoleRenderer(colors=False)]
    else:
        last = [
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    structured = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redacting(structured, secrets_of(settings)))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
