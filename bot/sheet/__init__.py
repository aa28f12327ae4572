"""The orientation sheet as a PDF and as a web page, from the plain data that the actions make."""

from bot.sheet.render import html, notice, pdf, png

__all__ = ["html", "notice", "pdf", "png"]
