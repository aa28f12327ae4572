"""Sheets rendered: pages, fonts, letters, and hostile text that stays text."""

from __future__ import annotations

import io
import time
from typing import Any

import pytest
from pypdf import PdfReader

from bot.sheet import html, pdf, png
from tests.actions.test_sheet import SEAMSTRESS, sheet_of

SECONDS = 2
HOSTILE = '<script>alert(1)</script> #panic("x") $ [a] *b* \\ " \u202e'


def sheet(language: str) -> dict[str, Any]:
    """Return a real sheet."""
    found = sheet_of(language, SEAMSTRESS)
    assert found is not None
    return found


@pytest.mark.parametrize("language", ["fr", "ary", "ary-Latn"])
def test_a_sheet_is_one_or_two_pages_with_its_fonts_inside(language: str) -> None:
    began = time.perf_counter()
    document = PdfReader(io.BytesIO(pdf(sheet(language))))
    assert time.perf_counter() - began < SECONDS
    assert 1 <= len(document.pages) <= 2
    fonts = document.pages[0]["/Resources"]["/Font"]
    assert fonts
    for font in fonts.values():
        inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(inner.get_object())


def test_the_text_can_be_copied_from_the_pdf() -> None:
    text = PdfReader(io.BytesIO(pdf(sheet("fr")))).pages[0].extract_text()
    assert "Papiers à réunir" in text
    assert "27 ans" in text


def test_the_pictures_are_the_pages() -> None:
    assert all(page.startswith(b"\x89PNG") for page in png(sheet("ary")))


def test_the_page_says_the_same_in_its_direction() -> None:
    data = sheet("ary")
    page = html(data, "x.pdf")
    assert 'dir="rtl"' in page
    assert data["schemes"][0]["name"] in page
    assert 'href="x.pdf"' in page


def test_what_looks_like_markup_stays_text() -> None:
    data = sheet("fr")
    data["facts"] = [{"label": HOSTILE, "value": HOSTILE}]
    data["schemes"][0]["name"] = HOSTILE
    data["schemes"][0]["papers"] = [
        dict.fromkeys(("name", "note", "where", "cost", "delay"), HOSTILE)
    ]
    assert "<script>" not in html(data, "x.pdf")
    text = PdfReader(io.BytesIO(pdf(data))).pages[0].extract_text()
    assert '#panic("x")' in text
