"""The demo page at ``/chat``: a town hall's site, in French or Darija, that has the widget."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template

import yamlsource

FOLDER = Path(__file__).resolve().parent / "page"
FILES = ("demo.css", "mark.svg")
"""What the page loads beside the widget."""

DIRECTIONS = {"fr": "ltr", "ary": "rtl"}
OTHER = {"fr": "ary", "ary": "fr"}


class Demo:
    """The page, and what it says when no script can run: Telegram and a telephone number.

    Args:
        catalogue: The catalogue's folder, which has the telephone number.

    Raises:
        OSError: A file cannot be read.
        yamlsource.YamlError: A file is broken.
    """

    def __init__(self, catalogue: Path | None) -> None:
        self._page = Template((FOLDER / "demo.html").read_text("utf-8"))
        written = yamlsource.plain(FOLDER / "demo.yml")
        self._texts = written["texts"]
        self._phone = ""
        if catalogue is not None:
            institutions = yamlsource.plain(catalogue / "institutions.yml")
            self._phone = institutions[written["phone_of"]]["contact"]["phone"][0]

    def page(self, language: str | None, telegram: str | None) -> str:
        """Return the HTML.

        Args:
            language: ``ary`` for Darija; anything else is French.
            telegram: The bot's name there, where it is on.
        """
        lang = language if language in DIRECTIONS else "fr"
        texts = {key: escape(said[lang]) for key, said in self._texts.items()}
        return self._page.substitute(
            texts,
            lang=lang,
            dir=DIRECTIONS[lang],
            other_lang=OTHER[lang],
            contact=self._contact(texts, telegram),
        )

    def _contact(self, texts: dict[str, str], telegram: str | None) -> str:
        ways = []
        if telegram:
            address = f"https://t.me/{escape(telegram)}"
            ways.append(f'{texts["telegram"]} : <a href="{address}">@{escape(telegram)}</a>')
        if self._phone:
            digits = self._phone.replace(" ", "")
            link = f'<a href="tel:{escape(digits)}" dir="ltr">{escape(self._phone)}</a>'
            ways.append(f"{texts['phone']} : {link} (ANAPEC)")
        return f'<ul class="contact">{"".join(f"<li>{way}</li>" for way in ways)}</ul>'
