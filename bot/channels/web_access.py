"""Which sites may call the chat, and from which address a request really comes."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from urllib.parse import urlsplit

Network = IPv4Network | IPv6Network

DEFAULT_PORTS = {"http": 80, "https": 443}
PREFLIGHT_SECONDS = 600
ANY = "*"
HOME_IPV6_BITS = 64
"""A household holds a whole /64 network: that is one address for the limits."""


class Origins:
    """The origins that may call the chat from a browser.

    Args:
        allowed: Origins such as ``https://www.example.ma``; ``*`` allows every site.
        public_url: The address under which people reach this server, when known.

    Raises:
        ValueError: An origin is not ``http(s)://host[:port]``.
    """

    def __init__(self, allowed: Iterable[str] = (), public_url: str | None = None) -> None:
        allowed = [one for one in allowed if one]
        self._any = ANY in allowed
        self._allowed = {_origin(one) for one in allowed if one != ANY}
        if public_url:
            self._allowed.add(_origin(public_url))

    def allows(self, origin: str | None, host: str | None) -> bool:
        """Whether a request with these ``Origin`` and ``Host`` headers may be served.

        Programs that are no browsers send no origin. The chat's own page has the host of the
        request as its origin; its scheme is not compared, since a proxy may end TLS.
        """
        if origin is None or self._any:
            return True
        try:
            normal = _origin(origin)
        except ValueError:
            return False
        return normal in self._allowed or (bool(host) and urlsplit(origin).netloc == host)

    def headers(self, origin: str | None, host: str | None) -> dict[str, str]:
        """Return the headers that let a browser hand the answer to an allowed site."""
        headers = {"Vary": "Origin"}
        if origin is not None and self.allows(origin, host):
            headers["Access-Control-Allow-Origin"] = origin
            headers["Access-Control-Expose-Headers"] = "Retry-After"
        return headers

    def preflight(self, origin: str | None, host: str | None) -> dict[str, str]:
        """Return the headers that answer a browser's question before the real request."""
        return self.headers(origin, host) | {
            "Access-Control-Allow-Methods": "GET, POST, DELETE",
            "Access-Control-Allow-Headers": "Authorization, Content-Type",
            "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
        }


class Proxies:
    """The proxies whose word about a client's address is believed.

    Args:
        trusted: Addresses or networks, such as ``127.0.0.1`` or ``10.0.0.0/8``.

    Raises:
        ValueError: One is neither an address nor a network.
    """

    def __init__(self, trusted: Iterable[str] = ()) -> None:
        self._trusted: list[Network] = [ip_network(one, strict=False) for one in trusted if one]

    def client(self, peer: str, forwarded_for: str | None) -> str:
        """Return the client's address, read from right to left while the sender is trusted."""
        address = peer
        hops = [hop.strip() for hop in (forwarded_for or "").split(",") if hop.strip()]
        while hops and self._trusts(address):
            hop = hops.pop()
            if _parse(hop) is None:
                break
            address = hop
        return household(address)

    def _trusts(self, address: str) -> bool:
        parsed = _parse(address)
        return parsed is not None and any(parsed in network for network in self._trusted)


def household(address: str) -> str:
    """Return what one household has: an IPv4 address, or the /64 of an IPv6 address."""
    parsed = _parse(address)
    if isinstance(parsed, IPv6Address):
        return str(ip_network((parsed, HOME_IPV6_BITS), strict=False))
    return address if parsed is None else str(parsed)


def _parse(address: str) -> IPv4Address | IPv6Address | None:
    try:
        parsed = ip_address(address)
    except ValueError:
        return None
    mapped = getattr(parsed, "ipv4_mapped", None)
    return parsed if mapped is None else mapped


def _origin(url: str) -> str:
    """Return scheme, host and port of ``url`` in one spelling."""
    parts = urlsplit(url.strip())
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        raise ValueError(f"{url!r} is not an origin: write http(s)://host or http(s)://host:port")
    port = parts.port or DEFAULT_PORTS[parts.scheme]
    return f"{parts.scheme}://{parts.hostname}:{port}"
