"""The one script that websites embed, with its words in three languages put in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yamlsource

HERE = Path(__file__).resolve().parent
TEXTS = HERE / "texts.yml"
BUILT = HERE / "built.js"
"""What ``make widget`` makes from ``source/``: styles and code, without the words."""

PLACE = '"the words"'
"""Stands in ``built.js`` where the words go."""

LANGUAGES = ("fr", "ary", "ary_latn")
SHOWN_ERRORS = ("too_fast", "failed")
"""The refusals of the server that a person may cause, or wait for."""


def script(wording: Path | None) -> bytes:
    """Return ``widget.js``; it names no host.

    Args:
        wording: The catalogue's file of words, for the verdicts on cards.

    Raises:
        OSError: A file cannot be read.
        yamlsource.YamlError: ``texts.yml`` or the wording is broken.
    """
    words = json.dumps(texts(wording), ensure_ascii=False, separators=(",", ":"))
    return BUILT.read_text("utf-8").replace(PLACE, words).encode("utf-8")


def texts(wording: Path | None) -> dict[str, list[str]]:
    """Return the widget's words: key -> the text in each of ``LANGUAGES``."""
    written = yamlsource.plain(TEXTS)
    words: dict[str, Any] = dict(written["widget"])
    words |= {f"error.{code}": written["errors"][code] for code in SHOWN_ERRORS}
    if wording is not None:
        words |= yamlsource.plain(wording)["verdicts"]
    return {key: [said[one] for one in LANGUAGES] for key, said in words.items()}
