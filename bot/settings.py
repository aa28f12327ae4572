"""Settings: environment variables with defaults, listed by ``python -m bot settings``."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MODELS = ROOT / "models"
VAR = ROOT / "var"


class SettingsError(ValueError):
    """A setting has a value that cannot be used; the message is one sentence for a person."""


def _setting(default: str, about: str, secret: bool = False) -> Any:
    return field(default=default, metadata={"about": about, "secret": secret})


@dataclass(frozen=True)
class Settings:
    """What a host may choose. Each attribute is the environment variable in small letters."""

    host: str = _setting("127.0.0.1", "address to listen on; 0.0.0.0 for every network")
    port: str = _setting("5005", "port to listen on")
    public_url: str = _setting("", "address people use, if a proxy stands in front")
    trusted_proxies: str = _setting("", "addresses of proxies whose X-Forwarded-For is believed")
    allowed_origins: str = _setting("", "websites that may embed the chat, separated by commas")
    telegram_bot_token: str = _setting("", "token from @BotFather; empty: Telegram is off", True)
    telegram_api_url: str = _setting("https://api.telegram.org", "Bot API server, for tests")
    telegram_webhook_url: str = _setting(
        "", "https address that reaches us, for updates; empty: polling"
    )
    telegram_keep_webhook: str = _setting("", "1: leave the webhook in place when stopping")
    database_url: str = _setting("", "postgresql://…; empty: SQLite, var/mouwakib.db", True)
    redis_url: str = _setting("", "redis://…, only for several server processes", True)
    catalogue: str = _setting("catalogue", "folder of the catalogue")
    retention_days: str = _setting("180", "days after which a silent conversation is deleted")
    admin_token: str = _setting("", "token for metrics and reports from other machines", True)
    mouwakib_today: str = _setting("", "fixes the day (2026-11-24), for tests")

    @property
    def port_number(self) -> int:
        """The port as a number."""
        return int(self.port)

    @property
    def catalogue_folder(self) -> Path:
        """The catalogue's folder; a relative one is meant from the repository."""
        return ROOT / self.catalogue

    @property
    def sqlalchemy_url(self) -> str:
        """The database's address as SQLAlchemy takes it."""
        if not self.database_url:
            return f"sqlite:///{VAR / 'mouwakib.db'}"
        return re.sub(r"\Apostgres://", "postgresql://", self.database_url)

    @property
    def chat_url(self) -> str:
        """The address of the chat page, for people."""
        if self.public_url:
            return f"{self.public_url.rstrip('/')}/chat"
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)
        return f"http://{host}:{self.port}/chat"


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings.

    Args:
        environment: Variables to read; by default the process's own. Empty means default.

    Raises:
        SettingsError: A value cannot be used.
    """
    environment = os.environ if environment is None else environment
    given = {
        f.name: environment[f.name.upper()].strip()
        for f in fields(Settings)
        if environment.get(f.name.upper(), "").strip()
    }
    settings = Settings(**given)
    _check(settings)
    return settings


def _check(settings: Settings) -> None:
    if not (
        settings.port.isascii() and settings.port.isdigit() and 1 <= int(settings.port) < 2**16
    ):
        raise SettingsError(f"PORT must be a number from 1 to 65535, not “{settings.port}”.")
    if not (settings.retention_days.isascii() and settings.retention_days.isdigit()):
        raise SettingsError(
            f"RETENTION_DAYS must be a number of days, not “{settings.retention_days}”."
        )
    if settings.database_url and not re.match(
        r"(postgres(ql)?(\+psycopg2)?|sqlite)://", settings.database_url
    ):
        raise SettingsError("DATABASE_URL must begin with postgresql:// or sqlite://.")
    if settings.telegram_webhook_url and not re.fullmatch(
        r"https?://[^\s/?#]+(/[A-Za-z0-9/_.~-]*)?", settings.telegram_webhook_url
    ):
        raise SettingsError("TELEGRAM_WEBHOOK_URL must be an address such as https://example.org.")
    if settings.mouwakib_today:
        try:
            date.fromisoformat(settings.mouwakib_today)
        except ValueError:
            raise SettingsError(
                f"MOUWAKIB_TODAY must be a day such as 2026-11-24, not “{settings.mouwakib_today}”."
            ) from None


def describe(settings: Settings) -> str:
    """Return one line per setting: name, value in force (secrets hidden), default, meaning."""
    lines = []
    for f in fields(Settings):
        value, default = getattr(settings, f.name), str(f.default)
        shown = "(set)" if f.metadata["secret"] and value else value
        now = f"  now: {shown}" if value != default else ""
        lines.append(f"{f.name.upper():<22}{default or '(empty)':<26}{f.metadata['about']}{now}")
    return "\n".join(lines)
