"""Who may see the pages for staff: this machine itself, or whoever has ``ADMIN_TOKEN``."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip", "via")
"""Headers by which a proxy tells that somebody else is asking."""

LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


def may_enter(peer: str, headers: Mapping[str, str], admin_token: str) -> bool:
    """Whether a request may see what is for staff only.

    A reverse proxy on this machine also comes from the loopback address, so a request counts as
    local only when nothing was forwarded and the name it asked for is local too (which a
    website that points a name of its own at 127.0.0.1 cannot fake).

    Args:
        peer: The address the connection comes from.
        headers: The request's headers, with names in small letters.
        admin_token: The token; when empty, only this machine may enter.
    """
    if admin_token and _has_token(headers.get("authorization", ""), admin_token):
        return True
    forwarded = any(name in headers for name in FORWARDED)
    return not forwarded and _is_loopback(peer) and _asks_locally(headers.get("host", ""))


def _has_token(header: str, token: str) -> bool:
    scheme, _, given = header.partition(" ")
    same = hmac.compare_digest(given.strip().encode("utf-8", "replace"), token.encode("utf-8"))
    return scheme.lower() == "bearer" and same


def _is_loopback(peer: str) -> bool:
    try:
        return ip_address(peer).is_loopback
    except ValueError:
        return False


def _asks_locally(host: str) -> bool:
    try:
        return urlsplit(f"//{host}").hostname in LOCAL_NAMES
    except ValueError:
        return False
