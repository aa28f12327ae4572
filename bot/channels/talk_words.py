"""What a chat channel says itself: ``talk_texts.yml`` in the three languages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yamlsource
from bot.channels.talk_model import Words

TEXTS = Path(__file__).with_name("talk_texts.yml")

KEYS = {"fr": "fr", "ary": "ary", "ary-Latn": "ary_latn"}
"""Languages of replies, and what each is called in our YAML."""


@dataclass(frozen=True)
class Texts:
    """The channel's words.

    Attributes:
        texts: ``talk_texts.yml``.
        verdicts: The words for verdicts of the catalogue's ``wording.yml``.
    """

    texts: dict[str, Any]
    verdicts: dict[str, Any]

    @property
    def menu(self) -> dict[str, dict[str, str]]:
        """The commands of the menu: name -> payload and descriptions."""
        return dict(self.texts["commands"])

    def introduction(self, language: str) -> tuple[str, str]:
        """Return what stands on an empty chat, and what stands on the profile and in links.

        Args:
            language: A key of our YAML.
        """
        texts = self.texts["introduction"]
        return " ".join(texts["description"][language].split()), str(texts["short"][language])

    def payload(self, command: str) -> str | None:
        """Return what a command (without its slash) stands for, None if it is none of ours."""
        command = command.lower()
        entry = self.menu.get(self.texts["also"].get(command, command))
        return None if entry is None else entry["payload"]

    def say(self, name: str, language: str | None, locale: str) -> str:
        """Return a text of ours.

        Args:
            name: Its key in ``telegram.yml``.
            language: The language of the talk, None before the first answer.
            locale: The language of the person's telephone; used while ``language`` is unknown.
        """
        said = self.texts[name]
        if language in KEYS:
            return str(said[KEYS[language]])
        if locale.startswith("ar"):
            return str(said["ary"])
        if locale.startswith("fr"):
            return str(said["fr"])
        return f"{said['fr']}\n\n{said['ary']}"

    def rendering(self, language: str) -> Words:
        """Return what :meth:`~bot.channels.talk_model.Wire.render` needs for one language."""
        key = KEYS.get(language, "fr")
        verdicts = {verdict: said[key] for verdict, said in self.verdicts.items()}
        return Words(language, self.texts["choose"][key], verdicts)


def read_texts(wording: Path | None) -> Texts:
    """Read the channel's words, and those for verdicts from the catalogue's file ``wording``.

    Raises:
        OSError: A file cannot be read.
        yamlsource.YamlError: A file is broken.
    """
    verdicts = {} if wording is None else yamlsource.plain(wording)["verdicts"]
    return Texts(yamlsource.plain(TEXTS), verdicts)
