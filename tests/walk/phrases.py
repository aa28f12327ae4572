"""What people of the walk say: ``facts.yml`` and ``sayings.yml``, as moves with what they tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import yamlsource

HERE = Path(__file__).parent
LANGUAGES = {"fr": "fr", "ary": "ary", "ary_latn": "ary-Latn"}


@dataclass(frozen=True)
class Move:
    """One message of a person, and what a listener must take from it.

    Attributes:
        text: The words typed, or the payload of a button.
        kind: What it is, for reports and for telling whether somebody repeats himself.
        language: The key of the language it is written in; None where the words do not tell.
        tells: Facts it tells, as in a profile.
        hints: Facts that a good listener may take from it, or not.
        declines: The fact that it refuses to tell.
        drops: Facts it takes back.
        unsettles: Facts it tells in a way that must be asked back.
        pressed: Whether it is a button.
    """

    text: str
    kind: str
    language: str | None = None
    tells: Mapping[str, Any] = field(default_factory=dict)
    hints: Mapping[str, Any] = field(default_factory=dict)
    declines: str | None = None
    drops: tuple[str, ...] = ()
    unsettles: tuple[str, ...] = ()
    pressed: bool = False


class Phrases:
    """All that can be said, drawn with a given source of chance."""

    def __init__(self) -> None:
        self.facts: dict[str, Any] = yamlsource.plain(HERE / "facts.yml")
        self.other: dict[str, Any] = yamlsource.plain(HERE / "sayings.yml")

    def values(self, fact: str) -> list[Any]:
        """Return the values that people of the walk may have of a fact."""
        return list(self.facts[fact]["values"])

    def can_be_told(self, fact: str) -> bool:
        """Whether a fact can be told unasked."""
        return bool(self.facts[fact].get("say", True) != "none")

    def tell(self, chance: Random, language: str, fact: str, value: Any, asked: bool) -> Move:
        """Tell a fact, unasked or as the answer to its question."""
        entry = self.facts[fact]
        words = entry["values"][value]
        chosen = str(chance.choice(words[language]) if isinstance(words, Mapping) else words)
        forms = entry.get("say", {}) if not asked else entry.get("answer", entry.get("say", {}))
        if isinstance(forms, Mapping) and language in forms:
            chosen = chance.choice(forms[language]).replace("{w}", chosen)
        tells = {fact: [value] if fact == "seeking" else value}
        told = "answer" if asked else "tell"
        spoken = None if asked else language
        return Move(chosen, f"{told} {fact}={value}", spoken, tells, self._hints(chosen))

    def several(self, chance: Random, language: str) -> Move:
        """Tell several facts in one message."""
        said = chance.choice(self.other["several"])
        text = chance.choice(said[language])
        return Move(text, "tell several", language, dict(said["facts"]), self._hints(text))

    def correct(self, chance: Random, language: str, fact: str, value: Any) -> Move:
        """Take back what was said of a fact and say it anew."""
        say = self.tell(chance, language, fact, value, asked=False)
        text = chance.choice(self.other["corrections"][language]).replace("{say}", say.text)
        return Move(text, f"correct {fact}={value}", language, say.tells, say.hints)

    def correct_age(self, chance: Random, language: str, value: int) -> Move:
        """Correct the age with a number and nothing else."""
        text = chance.choice(self.other["bare_corrections"][language])
        return Move(
            text.replace("{new}", str(value)), f"correct age={value}", language, {"age": value}
        )

    def unclear_sum(self, chance: Random, language: str) -> Move:
        """Tell a sum that may be read in two ways: nothing is told yet."""
        said = chance.choice(self.other["asked_back"])
        text = said[language]
        unsettles = (said["fact"],)
        hints = self._hints(text)
        return Move(text, "unclear sum", language, hints=hints, unsettles=unsettles)

    def suppose(self, chance: Random, language: str) -> Move:
        """Ask what would be if."""
        said = chance.choice(self.other["what_ifs"])
        return Move(said[language], f"what if {said['fact']}", language)

    def refuse(self, chance: Random, language: str, fact: str) -> Move:
        """Not know, or not say, what was asked."""
        how = chance.choice(["dont_know", "decline"])
        return Move(chance.choice(self.other[how][language]), how, language, declines=fact)

    def question(self, chance: Random, language: str) -> Move:
        """Say anything that changes nothing of what is known."""
        intent = chance.choice(list(self.other["turns"]))
        text = chance.choice(self.other["turns"][intent][language])
        scheme, other = chance.sample(list(self.other["names"]), 2)
        for gap, id in (("{scheme}", scheme), ("{other}", other)):
            text = text.replace(gap, self.other["names"][id][language])
        about = f" {scheme}" if "{scheme}" in str(self.other["turns"][intent][language]) else ""
        return Move(text, intent + about, language)

    def _hints(self, text: str) -> dict[str, Any]:
        hints: dict[str, Any] = {}
        for rule in self.other["hints"]:
            if any(words in text for words in rule["words"]):
                hints.update(rule["facts"])
        return hints
