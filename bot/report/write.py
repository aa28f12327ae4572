"""``python -m bot report``: the report as two files."""

from __future__ import annotations

from pathlib import Path

import eligibility
from bot.report.figures import report_of
from bot.report.render import as_csv, as_html
from bot.settings import Settings
from bot.store import Database, migrations


class ReportError(RuntimeError):
    """The report cannot be made; the message is one sentence for a person."""


def write(settings: Settings, folder: Path, days: int) -> tuple[Path, Path]:
    """Write ``report.html`` and ``report.csv`` into a folder; return where they are.

    Raises:
        ReportError: The period is none, or the catalogue has mistakes.
        sqlalchemy.exc.SQLAlchemyError: The database is away.
        OSError: The files cannot be written.
    """
    if days < 1:
        raise ReportError("--days must be at least 1.")
    try:
        catalogue = eligibility.load(settings.catalogue_folder)
    except eligibility.CatalogueError as error:
        raise ReportError(f"The catalogue has mistakes: {error}") from None
    database = Database(settings.sqlalchemy_url)
    try:
        migrations.upgrade(database)
        with database.engine.connect() as connection:
            made = report_of(connection, eligibility.today(), days)
    finally:
        database.close()
    folder.mkdir(parents=True, exist_ok=True)
    page, table = folder / "report.html", folder / "report.csv"
    page.write_text(as_html(made, catalogue), encoding="utf-8")
    # The mark at the beginning tells spreadsheets that the letters are UTF-8.
    table.write_text("\ufeff" + as_csv(made, catalogue), encoding="utf-8", newline="")
    return page, table
