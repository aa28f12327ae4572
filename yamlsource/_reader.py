"""Compose YAML into nodes that know their file, line and column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+\Z")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})\Z")
_WORDS = {"true": True, "false": False, "null": None, "": None, "~": None}

PlainScalar = str | int | float | bool | date | None


@dataclass(frozen=True)
class Mark:
    """A place in a file; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class YamlError(ValueError):
    """A file cannot be read as YAML; ``mark`` says where, ``message`` what was expected."""

    def __init__(self, mark: Mark, message: str) -> None:
        super().__init__(f"{mark}: {message}")
        self.mark = mark
        self.message = message


@dataclass(frozen=True)
class Scalar:
    """One value: text, number, truth value, date or nothing."""

    mark: Mark
    value: PlainScalar
    raw: str


@dataclass(frozen=True)
class Sequence:
    """A list of nodes."""

    mark: Mark
    items: tuple[Node, ...]


@dataclass(frozen=True)
class Mapping:
    """Pairs in the order of the file; keys are scalars and unique."""

    mark: Mark
    pairs: tuple[tuple[Scalar, Node], ...]

    def get(self, key: PlainScalar) -> Node | None:
        """Return the node under ``key``, or None."""
        for name, node in self.pairs:
            if name.value == key and type(name.value) is type(key):
                return node
        return None

    def key(self, key: PlainScalar) -> Scalar | None:
        """Return the key's own node, for errors that point at it."""
        for name, _ in self.pairs:
            if name.value == key and type(name.value) is type(key):
                return name
        return None


Node = Scalar | Sequence | Mapping


def load(source: Path | str, text: str | None = None) -> Node:
    """Read one YAML document.

    Args:
        source: The file; with ``text`` given, only the name shown in errors.
        text: The document itself, when it does not come from a file.

    Raises:
        YamlError: The text is not YAML, a key stands twice, an anchor contains itself,
            or a date is impossible.
        OSError: The file cannot be read.
    """
    import yaml  # takes long, and is not needed by those who only know our nodes

    name = str(source)
    if text is None:
        raw = Path(source).read_bytes()
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            raise YamlError(Mark(name, line, 1), "the file is not UTF-8 text") from None
    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        spot = error.problem_mark or error.context_mark
        mark = Mark(name, spot.line + 1, spot.column + 1) if spot else Mark(name, 1, 1)
        raise YamlError(mark, error.problem or "this is not YAML") from None
    except yaml.reader.ReaderError as error:
        letter = chr(int(error.character))
        before = text[: max(text.find(letter), 0)]
        mark = Mark(name, before.count("\n") + 1, len(before) - before.rfind("\n"))
        raise YamlError(mark, f"the character {letter!a} cannot stand in YAML") from None
    except RecursionError:
        raise YamlError(Mark(name, 1, 1), "the document is nested too deeply") from None
    if root is None:
        return Scalar(Mark(name, 1, 1), None, "")
    try:
        return _convert(root, name, ())
    except RecursionError:
        raise YamlError(Mark(name, 1, 1), "the document is nested too deeply") from None


def plain(source: Path | str, text: str | None = None) -> Any:
    """Read one YAML document as dicts, lists and values; raises as :func:`load` does."""
    return to_plain(load(source, text))


def to_plain(node: Node) -> Any:
    """Return the dicts, lists and values of a node."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [to_plain(item) for item in node.items]
    return {key.value: to_plain(item) for key, item in node.pairs}


def _convert(node: Any, name: str, above: tuple[int, ...]) -> Node:
    mark = Mark(name, node.start_mark.line + 1, node.start_mark.column + 1)
    if node.id == "scalar":
        return Scalar(mark, _value(node, mark), node.value)
    if id(node) in above:
        raise YamlError(mark, "an anchor contains itself")
    above = (*above, id(node))
    if node.id == "sequence":
        return Sequence(mark, tuple(_convert(item, name, above) for item in node.value))
    return Mapping(mark, tuple(_pairs(node, name, above)))


def _pairs(node: Any, name: str, above: tuple[int, ...]) -> list[tuple[Scalar, Node]]:
    pairs: list[tuple[Scalar, Node]] = []
    seen: set[tuple[type, PlainScalar]] = set()
    for key_node, value_node in node.value:
        key = _convert(key_node, name, above)
        if not isinstance(key, Scalar):
            raise YamlError(key.mark, "a key must be one word or number")
        if key.raw == "<<" and not key_node.style:
            inherited = _convert(value_node, name, above)
            if not isinstance(inherited, Mapping):
                raise YamlError(inherited.mark, "<<: takes a mapping")
            own = {(type(k.value), k.value) for k, _ in pairs} | {
                (type(v.value), v.value) for v in (_plain_key(k, name) for k, _ in node.value)
            }
            pairs += [(k, v) for k, v in inherited.pairs if (type(k.value), k.value) not in own]
            continue
        identity = (type(key.value), key.value)
        if identity in seen:
            raise YamlError(key.mark, f"the key “{key.raw}” stands here twice")
        seen.add(identity)
        pairs.append((key, _convert(value_node, name, above)))
    return pairs


def _plain_key(node: Any, name: str) -> Scalar:
    mark = Mark(name, node.start_mark.line + 1, node.start_mark.column + 1)
    if node.id != "scalar":
        raise YamlError(mark, "a key must be one word or number")
    return Scalar(mark, _value(node, mark), node.value)


def _value(node: Any, mark: Mark) -> PlainScalar:
    text: str = node.value
    if node.style:  # quoted or block text is text
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.match(text):
        if len(text) > 30:
            raise YamlError(mark, "this number is too long")
        return int(text)
    if _DECIMAL.match(text):
        return float(text)
    if found := _DATE.match(text):
        try:
            return date(*map(int, found.groups()))
        except ValueError:
            raise YamlError(mark, f"“{text}” is not a day of the calendar") from None
    return text
