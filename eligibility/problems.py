"""What can be wrong with a catalogue or a profile, and how it is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in one place of a catalogue file; line and column count from 1.

    A ``warning`` is worth mending but stops nothing.
    """

    file: str
    line: int
    column: int
    message: str
    warning: bool = False

    def __str__(self) -> str:
        kind = "warning: " if self.warning else ""
        return f"{self.file}:{self.line}:{self.column}: {kind}{self.message}"


class CatalogueError(ValueError):
    """The catalogue cannot be used; ``problems`` holds every mistake, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[CatalogueError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class ProfileError(ValueError):
    """A profile names an unknown fact or an impossible value.

    Attributes:
        fact: The id that was given.
        message: What is wrong with it and what was expected.
    """

    def __init__(self, fact: str, message: str) -> None:
        super().__init__(f"{fact}: {message}" if fact else message)
        self.fact = fact
        self.message = message

    def __reduce__(self) -> tuple[type[ProfileError], tuple[str, str]]:
        return type(self), (self.fact, self.message)


def did_you_mean(word: object, known: Iterable[object]) -> str:
    """Return ``", did you mean “…”?"`` for the known word nearest to ``word``, or nothing."""
    import difflib  # only errors need it

    spelt = {spell(item).lower(): spell(item) for item in known}
    near = difflib.get_close_matches(str(word).lower(), list(spelt), n=1)
    return f", did you mean “{spelt[near[0]]}”?" if near else ""


def spell(value: object) -> str:
    """Return a value as it is written in YAML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "nothing" if value is None else str(value)


def listed(values: Iterable[object], limit: int = 12) -> str:
    """Return values as a short enumeration for an error message."""
    words = [spell(value) for value in values]
    shown = ", ".join(words[:limit])
    return shown + (", …" if len(words) > limit else "")
