"""Make the sample sheets of the README: the same person's, in French and in Darija.

``python -m tools.sheet_pictures``: the person is in ``sheet_pictures.yml``; the pictures go to
``docs/images/``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yamlsource
from actions.sheet import sheet, worth_a_sheet
from actions.turn import Turn
from bot.sheet import png

HERE = Path(__file__).resolve().parent
PICTURES = HERE.parent / "docs" / "images"


class Known:
    """What a turn asks of Rasa: the slots; nothing is said."""

    def __init__(self, **slots: Any) -> None:
        """Take the slots."""
        self.get_slot = slots.get
        self.latest_message: dict[str, Any] = {}
        self.events: tuple[Any, ...] = ()


def main() -> None:
    """Write the first page of each sheet."""
    told = yamlsource.plain(HERE / "sheet_pictures.yml")
    for language in told["languages"]:
        known: Any = Known(language=language, profile=told["profile"], scheme=told["scheme"])
        turn = Turn(known, known)
        match = turn.match()
        page = png(sheet(turn, match, worth_a_sheet(turn, match)))[0]
        target = PICTURES / f"sheet-{language}.png"
        target.write_bytes(page)
        print(target.relative_to(HERE.parent))


if __name__ == "__main__":
    main()
