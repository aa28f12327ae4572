"""Read catalogue nodes into values, collecting every mistake with its place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import yamlsource
from eligibility.days import Day, read_day
from eligibility.facts import FormError, Texts
from eligibility.problems import Problem, did_you_mean, listed, spell
from yamlsource import Mapping, Mark, Node, Scalar, Sequence

LANGUAGES = ("fr", "ary", "ary_latn")


class Reader:
    """Collects what is wrong while nodes are read; reading goes on after a mistake.

    Args:
        today: The day after which a date of a source lies in the future.
    """

    def __init__(self, today: date) -> None:
        self.problems: list[Problem] = []
        self.today = today

    def error(self, where: Node | Mark, message: str) -> None:
        """Note a mistake."""
        mark = where if isinstance(where, Mark) else where.mark
        self.problems.append(Problem(mark.file, mark.line, mark.column, message))

    def warn(self, where: Node | Mark, message: str) -> None:
        """Note something worth mending."""
        mark = where if isinstance(where, Mark) else where.mark
        self.problems.append(Problem(mark.file, mark.line, mark.column, message, warning=True))

    def mapping(self, node: Node | None, what: str) -> Mapping | None:
        """Return the node if it is a mapping."""
        if node is None:
            return None
        if isinstance(node, Mapping):
            return node
        self.error(node, f"{what} must be a mapping (key: value)")
        return None

    def items(self, node: Node | None, what: str) -> tuple[Node, ...]:
        """Return the nodes of a list; nothing when there is none."""
        if node is None or (isinstance(node, Scalar) and node.value is None):
            return ()
        if isinstance(node, Sequence):
            return node.items
        self.error(node, f"{what} must be a list")
        return ()

    def words(self, node: Node | None, what: str) -> tuple[str, ...]:
        """Return the texts of a list, or of a single value."""
        if isinstance(node, Scalar) and node.value is not None:
            return (node.raw,)
        found = []
        for item in self.items(node, what):
            word = self.word(item, f"an item of {what}")
            if word is not None:
                found.append(word)
        return tuple(found)

    def word(self, node: Node | None, what: str) -> str | None:
        """Return a single value as it was typed."""
        if node is None:
            return None
        if isinstance(node, Scalar):
            if node.value is None and not node.raw:
                self.error(node, f"{what} is empty")
                return None
            return node.raw
        self.error(node, f"{what} must be one word or text")
        return None

    def choice(self, node: Node | None, what: str, known: Iterable[str]) -> str | None:
        """Return a word that must be one of a few."""
        word = self.word(node, what)
        known = tuple(known)
        if word is None or word in known:
            return word
        assert node is not None
        near = did_you_mean(word, known)
        self.error(node, f"“{word}” is no {what}{near or ': expected ' + listed(known)}")
        return None

    def flag(self, node: Node | None, what: str, default: bool = False) -> bool:
        """Return true or false."""
        if node is None:
            return default
        if isinstance(node, Scalar) and isinstance(node.value, bool):
            return node.value
        self.error(node, f"{what} must be true or false")
        return default

    def number(self, node: Node | None, what: str) -> float | None:
        """Return a number."""
        if node is None:
            return None
        value = node.value if isinstance(node, Scalar) else None
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return value
        self.error(node, f"{what} must be a number")
        return None

    def day(self, node: Node | None, what: str, past: bool = False) -> Day | None:
        """Return a date that may be a year, a month, a day or unknown.

        With ``past``, it must not lie after today.
        """
        if node is None:
            return None
        day = read_day(node.value) if isinstance(node, Scalar) else None
        if day is None:
            self.error(node, f"{what} must be a date such as 2026-03-01, 2026-03, 2026 or unknown")
        elif past and day.first is not None and day.first > self.today:
            self.error(node, f"{what} lies in the future ({day})")
        return day

    def texts(self, node: Node | None, what: str, extra: Iterable[str] = ()) -> Texts | None:
        """Return a text in its languages; ``extra`` keys beside them are left to the caller."""
        if node is None:
            return None
        if not isinstance(node, Mapping):
            self.error(
                node, f"{what} must give its text by language: {{fr: …, ary: …, ary_latn: …}}"
            )
            return None
        found: dict[str, str] = {}
        allowed = (*LANGUAGES, *extra)
        for key, value in node.pairs:
            if key.value in LANGUAGES:
                word = self.word(value, f"the {key.raw} text of {what}")
                if word is not None and word.strip():
                    found[key.raw] = word.strip()
            elif isinstance(value, Scalar) and value.value is None and key.value not in allowed:
                self.error(key, f"“{key.raw}” is no key of {what}: a comma between braces ends a "
                                "text, so quote the text that holds one")  # fmt: skip
            elif key.value not in allowed:
                self.error(key, f"“{key.raw}” is no key of {what}{did_you_mean(key.raw, allowed)}")
        for language in ("fr", "ary"):
            if language not in found:
                self.error(node, f"{what} has no text in {language}")
        if "ary_latn" not in found:
            self.warn(node, f"{what} has no text in ary_latn; the ary text will be shown")
        return found

    def keys(self, node: Mapping, what: str, allowed: Iterable[str], needed: Iterable[str]) -> None:
        """Check that a mapping has the keys it needs and no others."""
        allowed = tuple(allowed)
        for key, _ in node.pairs:
            if key.value not in allowed:
                near = did_you_mean(key.raw, allowed)
                expected = near or f"; expected {listed(allowed, 30)}"
                self.error(key, f"“{key.raw}” is no key of {what}{expected}")
        for key_needed in needed:
            if node.get(key_needed) is None:
                self.error(node, f"{what} needs “{key_needed}”")

    def form_error(self, node: Node, error: FormError) -> None:
        """Note a :class:`FormError` at the part of the node it is about."""
        for step in error.path:
            if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
            elif isinstance(node, Mapping):
                key = node.key(step)  # type: ignore[arg-type]
                below = node.get(step)  # type: ignore[arg-type]
                node = below if below is not None and error.path[-1] != step else key or node
                if isinstance(below, Scalar):
                    node = below if _is_value_error(error) else node
        self.error(node, error.message)


def _is_value_error(error: FormError) -> bool:
    return "means nothing here" not in error.message


def plain(node: Node) -> Any:
    """Return the plain value of a node."""
    return yamlsource.to_plain(node)


def show_keys(node: Mapping) -> str:
    """Return the keys of a mapping for an error message."""
    return listed(spell(key.value) for key, _ in node.pairs)
