"""Whether the server's address can be had: asked first, before anything slow is loaded."""

from __future__ import annotations

import errno
import socket

from bot.settings import Settings


class CannotServe(RuntimeError):
    """The server cannot start; the message is one sentence for a person."""


def check_address(settings: Settings) -> None:
    """Try the address without keeping it.

    Raises:
        CannotServe: The port is taken or not allowed, or the host is not one of this machine.
    """
    host, port = settings.host, settings.port_number
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotServe(
                f"Port {port} on {host} is in use: stop the program that uses it, or choose "
                f"another port with PORT={port + 1 if port < 65535 else port - 1} make run."
            ) from None
        if error.errno == errno.EACCES:
            raise CannotServe(
                f"Port {port} may not be used without rights: choose one above 1023 with PORT=…"
            ) from None
        raise CannotServe(f"Cannot listen on {host}: {error.strerror or error}.") from None
