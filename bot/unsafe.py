"""What is unsafe in the settings of a deployment: ``python -m bot settings --check``."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from bot.settings import Settings

LOCAL = frozenset({"localhost", "127.0.0.1", "::1", ""})
SHORTEST_TOKEN = 24
"""Characters below which a token may be guessed."""

MOST_PROXIES = 1024
"""A trusted network with more addresses than this is no list of proxies."""

LONGEST_RETENTION = 730


def dangers(settings: Settings) -> list[str]:
    """Return one sentence for each thing that is unsafe, naming the setting."""
    return [danger for check in CHECKS for danger in check(settings)]


def _in_clear(settings: Settings) -> Iterator[str]:
    if settings.public_url and not settings.public_url.startswith("https://"):
        yield "PUBLIC_URL is not https: what people write can be read on its way."
    if not settings.public_url and not _is_local(settings.host):
        yield (
            "HOST lets other machines in without https: put a reverse proxy with TLS in front, "
            "set PUBLIC_URL to its address and HOST to 127.0.0.1."
        )


def _proxies(settings: Settings) -> Iterator[str]:
    if settings.public_url and not settings.trusted_proxies:
        yield (
            "TRUSTED_PROXIES is empty though PUBLIC_URL says that a proxy stands in front: all "
            "people would share the limits of one address."
        )
    for written in filter(None, map(str.strip, settings.trusted_proxies.split(","))):
        try:
            size = ip_network(written, strict=False).num_addresses
        except ValueError:
            yield f"TRUSTED_PROXIES: {written} is neither an address nor a network."
            continue
        if size > MOST_PROXIES:
            yield (
                f"TRUSTED_PROXIES trusts {written}, {size} addresses: anybody there can pretend to "
                "be anybody and evade the limits."
            )


def _origins(settings: Settings) -> Iterator[str]:
    origins = [one.strip() for one in settings.allowed_origins.split(",") if one.strip()]
    if "*" in origins:
        yield "ALLOWED_ORIGINS is *: every website may embed the chat under its own name."
    for origin in origins:
        if origin.startswith("http://") and not _is_local(urlsplit(origin).hostname or ""):
            yield f"ALLOWED_ORIGINS: {origin} is not https, so others can change its pages."


def _tokens(settings: Settings) -> Iterator[str]:
    token = settings.admin_token
    if token and (len(token) < SHORTEST_TOKEN or len(set(token)) < SHORTEST_TOKEN // 3):
        yield (
            f"ADMIN_TOKEN can be guessed: take {SHORTEST_TOKEN} random characters or more "
            '(python -c "import secrets; print(secrets.token_urlsafe(32))").'
        )


def _telegram(settings: Settings) -> Iterator[str]:
    api = urlsplit(settings.telegram_api_url)
    if settings.telegram_bot_token and api.scheme != "https" and not _is_local(api.hostname or ""):
        yield "TELEGRAM_API_URL is not https: the bot's token can be read on its way."
    if settings.telegram_webhook_url and not settings.telegram_webhook_url.startswith("https://"):
        yield "TELEGRAM_WEBHOOK_URL is not https: Telegram refuses it."


def _database(settings: Settings) -> Iterator[str]:
    address = urlsplit(settings.sqlalchemy_url)
    if address.scheme.startswith("sqlite"):
        yield from _readable(Path(settings.sqlalchemy_url.removeprefix("sqlite:///")))
        return
    if not _is_local(address.hostname or ""):
        if not address.password:
            yield "DATABASE_URL has no password though the database is on another machine."
        if not any(f"sslmode={mode}" in address.query for mode in ("require", "verify-")):
            yield "DATABASE_URL: add ?sslmode=verify-full, the database is on another machine."


def _readable(file: Path) -> Iterator[str]:
    if not file.is_file():
        return
    folder = file.resolve().parent.stat().st_mode
    others = stat.S_IRGRP | stat.S_IROTH
    if file.stat().st_mode & others and folder & (stat.S_IXGRP | stat.S_IXOTH):
        yield f"DATABASE_URL: other accounts of this machine can read {file} (chmod 600)."


def _redis(settings: Settings) -> Iterator[str]:
    address = urlsplit(settings.redis_url)
    if settings.redis_url and not _is_local(address.hostname or ""):
        if address.scheme != "rediss":
            yield "REDIS_URL is not rediss:// though Redis is on another machine."
        if not address.password:
            yield "REDIS_URL has no password though Redis is on another machine."


def _people(settings: Settings) -> Iterator[str]:
    days = int(settings.retention_days)
    if days == 0 or days > LONGEST_RETENTION:
        yield (
            f"RETENTION_DAYS is {days}: law 09-08 lets data be kept no longer than needed, and "
            "conversations must outlive a day to be of use; 1 to 730 is meant."
        )
    if settings.mouwakib_today:
        yield "MOUWAKIB_TODAY fixes the day: verdicts and dates would be wrong from tomorrow on."


def _is_local(host: str) -> bool:
    if host in LOCAL:
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


CHECKS: tuple[Callable[[Settings], Iterator[str]], ...] = (
    _in_clear,
    _proxies,
    _origins,
    _tokens,
    _telegram,
    _database,
    _redis,
    _people,
)
