"""Write ``docs/conversations.md``: conversations as they really run, through HTTP.

Run as ``python -m tools.conversations``. Who says what stands in ``conversations.yml`` beside this
file; what is answered is what the assistant answers on the day fixed here.
"""

from __future__ import annotations

import os
import tempfile
from html import escape
from pathlib import Path
from typing import Any

import yamlsource
from tests.dialogues.talk import Person
from tests.server import ROOT, running

DAY = "2026-11-24"
PAGE = ROOT / "docs" / "conversations.md"
HEAD = f"""# Conversations as they really run

Ten conversations with the assistant on {DAY}, three in each way of writing and one mixed, written
by `make conversations`: what people say is in `tools/conversations.yml`, the answers are the
assistant's own. **Bold** is the person, the quoted blocks are the assistant, <kbd>keys</kbd> are
buttons; ✓ holds, ✗ does not, ? is still open.
"""
LANGUAGES = {
    "fr": "French",
    "ary": "Darija, Arabic letters",
    "ary-Latn": "Darija, Latin letters",
}


class Listener(Person):
    """A person whose conversation is written down.

    Attributes:
        lines: The conversation so far, as Markdown.
    """

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.lines: list[str] = []

    def _say(self, said: dict[str, str]) -> None:
        titles = {button["payload"]: button["title"] for button in self.buttons()}
        words = said.get("text") or titles.get(said.get("payload", ""), "")
        super()._say(said)
        shown = f"**{escape(words, quote=False)}**"
        self.lines += _block(shown if "text" in said else f"<kbd>{shown}</kbd>", _is_arabic(words))
        quoted = "\n>\n".join(_message(message) for message in self.last["messages"])
        self.lines += _block(quoted, self.last["dir"] == "rtl")


def main() -> None:
    """Lead the conversations with a server of their own and write the page."""
    os.environ["MOUWAKIB_TODAY"] = DAY
    talks = yamlsource.plain(Path(__file__).with_suffix(".yml"))
    parts = [HEAD]
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as address:
        for number, talk in enumerate(talks, 1):
            person = Listener(address)
            for step in talk["talk"]:
                person.take_step(step, talk["language"])
            parts.append(f"## {number}. {talk['title']}\n\n*{LANGUAGES[talk['language']]}*\n")
            parts.append("\n".join(person.lines))
    PAGE.write_text("\n".join(parts).rstrip() + "\n", encoding="utf-8")


def _message(message: dict[str, Any]) -> str:
    """Write one message as a quoted block: its text, its cards, its buttons."""
    parts = [message["text"]] if message["text"] else []
    parts = ["  \n".join(escape(line, quote=False) for line in part.split("\n")) for part in parts]
    for card in message.get("cards") or []:
        marks = "  \n".join(
            f"{c['mark']} {escape(c['text'], quote=False)}" for c in card["conditions"]
        )
        head = f"**{escape(card['title'], quote=False)}**  \n{escape(card['line'], quote=False)}"
        parts += [f"{head}  \n{marks}" if marks else head, _keys(card["buttons"])]
    if message.get("buttons"):
        parts.append(_keys(message["buttons"]))
    return "\n".join(
        f"> {line}".rstrip(" ") if not line else f"> {line}"
        for line in "\n\n".join(parts).split("\n")
    )


def _keys(buttons: list[dict[str, str]]) -> str:
    return " ".join(f"<kbd>{escape(button['title'], quote=False)}</kbd>" for button in buttons)


def _block(markdown: str, right_to_left: bool) -> list[str]:
    """Return a paragraph, in its direction."""
    return ['<div dir="rtl">', "", markdown, "", "</div>", ""] if right_to_left else [markdown, ""]


def _is_arabic(text: str) -> bool:
    return sum("\u0600" <= letter <= "\u06ff" for letter in text) * 2 > len(text.replace(" ", ""))


if __name__ == "__main__":
    main()
