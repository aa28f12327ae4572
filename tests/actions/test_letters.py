"""No text of ours mixes letters by accident, and every text exists in all three ways of writing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import yamlsource
from language import Gazetteer

ROOT = Path(__file__).resolve().parents[2]
ARABIC = re.compile("[\u0600-\u06ff]")
LATIN_WORD = re.compile(r"[A-Za-zÀ-ÿ][\w.'’@/-]*")
FILES = ["doors", "facts", "institutions", "offices", "programmes", "documents", "wording"]
LANGUAGES = {"fr", "ary", "ary_latn"}
OWN_NAMES = {"الدارجة"}
"""The name of the language stands on its button in its own letters."""


def texts(node: Any) -> Iterator[dict[str, str]]:
    """Yield every mapping of languages to text below a node."""
    if isinstance(node, dict):
        if "fr" in node and "ary" in node:
            yield {str(key): str(value) for key, value in node.items()}
        else:
            for value in node.values():
                yield from texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts(value)


@pytest.mark.parametrize("name", FILES)
def test_every_text_is_written_three_times_each_in_its_letters(name: str) -> None:
    found = list(texts(yamlsource.plain(ROOT / "catalogue" / f"{name}.yml")))
    assert found
    for text in found:
        assert set(text) == LANGUAGES, text
        for language in ("fr", "ary_latn"):
            assert text[language] in OWN_NAMES or not ARABIC.search(text[language]), text


@pytest.mark.parametrize("name", FILES)
def test_arabic_texts_hold_latin_words_only_as_names(name: str) -> None:
    for text in texts(yamlsource.plain(ROOT / "catalogue" / f"{name}.yml")):
        arabic = text["ary"]
        if not ARABIC.search(arabic):
            continue
        for word in LATIN_WORD.findall(re.sub(r"{\w+}", "", arabic)):
            # a name, an abbreviation, an address on the net, or a word French spells alike
            named = word[0].isupper() or "." in word or "@" in word or word in text["fr"]
            assert named, (word, arabic)


def test_every_door_is_found_by_each_of_its_words() -> None:
    doors = yamlsource.plain(ROOT / "catalogue" / "doors.yml")
    gazetteer = Gazetteer({name: door["words"] for name, door in doors.items()}, mistakes=False)
    for name, door in doors.items():
        for word in door["words"]:
            assert name in {found.id for found in gazetteer.find(str(word).lstrip("="))}, word
