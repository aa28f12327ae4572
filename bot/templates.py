"""Pages from templates: everything that is filled in is text, never markup."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any


@cache
def templates(folder: Path) -> Any:
    """Return the Jinja templates of a folder; ``sentence`` begins a text with a capital."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # only where a page is made

    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["sentence"] = lambda words: words[:1].upper() + words[1:]
    return environment
