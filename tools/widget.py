"""Write ``bot/widget/built.js`` anew from ``bot/widget/source/``: ``make widget``.

The modules are put into one function, so that nothing is left behind in the page that embeds the
script; then they are made short. The words come in when the server starts (``script.py``).
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import minify

from bot.widget.script import BUILT, PLACE

SOURCE = BUILT.parent / "source"
ENTRY = "element.js"
OURS = "./built.js"
"""What the sources import from here: ``STYLE`` and ``TEXTS``."""

_IMPORT = re.compile(r'^import [^;]*? from "([^"]+)";.*\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)


def build() -> str:
    """Return what ``built.js`` should be."""
    style = minify.string("text/css", (SOURCE / "style.css").read_text("utf-8"))
    given = f"const STYLE = {json.dumps(style)}, TEXTS = {PLACE};"
    modules = "\n".join(in_order(ENTRY, []))
    whole = f'(() => {{ "use strict";\n{given}\n{modules}\n}})();'
    return str(minify.string("application/javascript", whole))


def in_order(name: str, seen: list[str]) -> list[str]:
    """Return the modules that ``name`` needs and itself, each once, without import and export."""
    seen.append(name)
    source = (SOURCE / name).read_text("utf-8")
    needed = [Path(one).name for one in _IMPORT.findall(source) if one != OURS]
    before = [text for one in needed if one not in seen for text in in_order(one, seen)]
    return [*before, _EXPORT.sub("", _IMPORT.sub("", source))]


if __name__ == "__main__":
    BUILT.write_text(build(), "utf-8")
