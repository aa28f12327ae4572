"""The widget and the demo page as files: read once, sent with their safety headers."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from bot.widget.demo import FILES, FOLDER, Demo
from bot.widget.script import script

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}

FILE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
    "Vary": "Accept-Encoding, Origin",
}
PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
        "require-trusted-types-for 'script'"
    ),
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
SCRIPT_HEADERS = {
    # Seen again within the hour without asking; after that shown at once and renewed behind it.
    "Cache-Control": "public, max-age=3600, stale-while-revalidate=604800",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


@dataclass(frozen=True)
class File:
    """A file as it is sent: plain and compressed, with its type, its tag and its headers."""

    body: bytes
    compressed: bytes
    content_type: str
    tag: str
    headers: Mapping[str, str] = field(default_factory=dict)

    def reply(self, asked: Mapping[str, str]) -> tuple[int, bytes, dict[str, str]]:
        """Return status, body and headers for a request with the headers ``asked``."""
        headers = {**FILE_HEADERS, **self.headers, "ETag": self.tag}
        if asked.get("if-none-match") == self.tag:
            return 304, b"", headers
        if "gzip" in asked.get("accept-encoding", ""):
            return 200, self.compressed, headers | {"Content-Encoding": "gzip"}
        return 200, self.body, headers


class Files:
    """The files by name, and the page in each of its languages.

    Args:
        wording: The catalogue's file of words, for the verdicts on cards.

    Raises:
        OSError: A file cannot be read.
        yamlsource.YamlError: One is broken.
    """

    def __init__(self, wording: Path | None) -> None:
        self.script = _file(script(wording), ".js", SCRIPT_HEADERS)
        self._others = {
            name: _file((FOLDER / name).read_bytes(), Path(name).suffix) for name in FILES
        }
        self._demo = Demo(wording and wording.parent)

    def named(self, name: str) -> File | None:
        """Return a file that the page loads."""
        return self._others.get(name)

    def page(self, language: str | None, telegram: str | None) -> File:
        """Return the page; see :meth:`bot.widget.demo.Demo.page`."""
        return _file(self._demo.page(language, telegram).encode("utf-8"), ".html", PAGE_HEADERS)


def _file(body: bytes, suffix: str, headers: Mapping[str, str] | None = None) -> File:
    tag = f'"{sha256(body).hexdigest()[:20]}"'
    return File(body, gzip.compress(body, mtime=0), TYPES[suffix], tag, headers or {})
