"""Read what a client sends, and say what is wrong with it."""

from __future__ import annotations

import json
from typing import Any

import yamlsource
from bot.channels.conversations import Incoming
from bot.channels.messages import MESSAGE_CHARACTERS, clean
from bot.privacy import mask
from bot.widget.script import TEXTS

ID_CHARACTERS = 64
BODY_BYTES = 32_768
"""Enough for the longest message with every character written as an escape."""

STATUS = {
    "malformed": 400,
    "empty": 400,
    "unknown_payload": 400,
    "no_session": 401,
    "origin": 403,
    "not_found": 404,
    "method": 405,
    "id_reused": 409,
    "too_long": 413,
    "too_fast": 429,
    "not_ready": 503,
    "failed": 503,
}
"""Every error of the chat, with its HTTP status."""

_MESSAGES = yamlsource.plain(TEXTS)["errors"]


class RefusedError(Exception):
    """A request that is answered with an error.

    Args:
        code: One of ``STATUS``.
        retry_after: Whole seconds after which it may work, where that is known.
        allow: The methods that would be answered, for ``method``.
    """

    def __init__(self, code: str, retry_after: int = 0, allow: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.status = STATUS[code]
        self.retry_after = retry_after
        self.allow = allow

    @property
    def body(self) -> str:
        """The error as JSON, with a sentence a person may read."""
        said = {"code": self.code, "message": _MESSAGES[self.code]["fr"]}
        return json.dumps({"error": said}, ensure_ascii=False)

    @property
    def headers(self) -> dict[str, str]:
        """The headers that belong to the error."""
        headers = {"Retry-After": str(self.retry_after)} if self.retry_after else {}
        if self.allow:
            headers["Allow"] = self.allow
        if self.status == 401:
            headers["WWW-Authenticate"] = "Bearer"
        return headers


def bearer(header: str | None) -> str:
    """Return the token of an ``Authorization`` header.

    Raises:
        RefusedError: There is none.
    """
    scheme, _, token = (header or "").partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token or not token.isascii():
        raise RefusedError("no_session")
    return token


def read_message(body: bytes) -> Incoming:
    """Read the body of a message.

    Raises:
        RefusedError: It is malformed, empty or too long.
    """
    try:
        data: Any = json.loads(body)
    except (ValueError, RecursionError):
        raise RefusedError("malformed") from None
    if not isinstance(data, dict):
        raise RefusedError("malformed")
    id_, text, payload = data.get("id"), data.get("text"), data.get("payload")
    if (text is None) == (payload is None):
        raise RefusedError("malformed")
    if not isinstance(id_, str) or not 1 <= len(id_) <= ID_CHARACTERS or not _is_text(id_):
        raise RefusedError("malformed")
    if payload is not None:
        return Incoming(id_, payload=_payload(payload))
    if not isinstance(text, str):
        raise RefusedError("malformed")
    cleaned = clean(text)
    if not cleaned:
        raise RefusedError("empty")
    if len(cleaned) > MESSAGE_CHARACTERS:  # before the work of masking
        raise RefusedError("too_long")
    return Incoming(id_, text=mask(cleaned))


def _payload(payload: Any) -> str:
    if not isinstance(payload, str) or not payload:
        raise RefusedError("malformed")
    if len(payload) > MESSAGE_CHARACTERS:
        raise RefusedError("too_long")
    if not _is_text(payload):
        raise RefusedError("unknown_payload")
    return payload


def _is_text(value: str) -> bool:
    """Whether ``value`` can be written as UTF-8 (half a surrogate pair cannot)."""
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return "\x00" not in value
