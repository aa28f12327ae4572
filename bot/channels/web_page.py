"""The files of the chat page, read once and served with their safety headers."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import yamlsource

FOLDER = Path(__file__).with_name("page")

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".svg": "image/svg+xml",
}

PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    ),
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
FILE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
    "Vary": "Accept-Encoding, Origin",
}


@dataclass(frozen=True)
class File:
    """A file as it is sent: plain and compressed, with its type and tag."""

    body: bytes
    compressed: bytes
    content_type: str
    tag: str

    def reply(self, asked: Mapping[str, str]) -> tuple[int, bytes, dict[str, str]]:
        """Return status, body and headers for a request with the headers ``asked``."""
        headers = FILE_HEADERS | {"ETag": self.tag}
        if asked.get("if-none-match") == self.tag:
            return 304, b"", headers
        if self.content_type.startswith("text/html"):
            headers |= PAGE_HEADERS
        if "gzip" in asked.get("accept-encoding", ""):
            return 200, self.compressed, headers | {"Content-Encoding": "gzip"}
        return 200, self.body, headers


def read_files(wording: Path | None, folder: Path = FOLDER) -> dict[str, File]:
    """Return the page's files by name; ``texts.yml`` becomes ``texts.json``.

    Args:
        wording: The catalogue's file of words, for the verdicts on cards.
        folder: Where the page is.

    Raises:
        OSError: The folder or the wording cannot be read.
        yamlsource.YamlError: ``texts.yml`` or the wording is broken.
    """
    files = {
        path.name: _file(path.read_bytes(), TYPES[path.suffix])
        for path in sorted(folder.iterdir())
        if path.suffix in TYPES
    }
    texts = yamlsource.plain(folder / "texts.yml")
    if wording is not None:
        texts["verdicts"] = yamlsource.plain(wording)["verdicts"]
    as_json = json.dumps(texts, ensure_ascii=False)
    files["texts.json"] = _file(as_json.encode("utf-8"), TYPES[".json"])
    return files


def _file(body: bytes, content_type: str) -> File:
    tag = f'"{sha256(body).hexdigest()[:20]}"'
    return File(body, gzip.compress(body, mtime=0), content_type, tag)
