"""Renders a sheet: Typst sets the PDF (Arabic shaped, fonts embedded), Jinja the web page.

Both read the same data, which is what :func:`actions.sheet.sheet` returns; no text stands in the
templates, and no text of a sheet is ever taken for markup.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yamlsource
from bot.templates import templates

HERE = Path(__file__).resolve().parent
DOTS_PER_INCH = 90


def pdf(sheet: Mapping[str, Any]) -> bytes:
    """Return a sheet as an A4 PDF."""
    return bytes(_typeset(sheet, format="pdf"))


def png(sheet: Mapping[str, Any]) -> list[bytes]:
    """Return the pages of a sheet as pictures."""
    pages = _typeset(sheet, format="png", ppi=DOTS_PER_INCH)
    return list(pages) if isinstance(pages, list) else [pages]


def html(sheet: Mapping[str, Any], css: str, address_of_pdf: str = "") -> str:
    """Return a sheet as a page of its own, with a link to the PDF where there is one."""
    return str(
        templates(HERE).get_template("sheet.html").render(sheet=sheet, css=css, pdf=address_of_pdf)
    )


def notice(name: str, css: str, *, form: bool = False, problem: str = "") -> str:
    """Return a page around sheets, in French and Darija.

    Args:
        name: A key of ``pages.yml``.
        css: Where the style is.
        form: Whether it asks for a code.
        problem: A key beneath ``name``, for what went wrong.
    """
    words = yamlsource.plain(HERE / "pages.yml")[name]
    page = templates(HERE).get_template("page.html")
    return str(page.render(words=words, css=css, form=form, problem=problem))


def _typeset(sheet: Mapping[str, Any], **form: Any) -> Any:
    import typst  # some 30 MB of memory, so only where somebody wants a sheet

    return typst.compile(
        str(HERE / "sheet.typ"),
        root=str(HERE),
        font_paths=[str(HERE / "fonts")],
        ignore_system_fonts=True,
        sys_inputs={"sheet": json.dumps(sheet, ensure_ascii=False)},
        **form,
    )
