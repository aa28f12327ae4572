"""A report as a page with charts, and as a table for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import eligibility
import yamlsource
from bot.report.figures import LEAST, Report
from bot.templates import templates
from eligibility.wording import Wording

HERE = Path(__file__).parent
LANGUAGE = "fr"
COLUMNS = ("table", "province", "key", "label", "count")


def as_csv(report: Report, catalogue: eligibility.Catalogue) -> str:
    """Return every figure of a report, a line each; an empty province means everywhere."""
    labels = _Labels(catalogue)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for province, tables in {"": report.tables, **report.places}.items():
        for name, table in tables.items():
            for key, count in table.items():
                writer.writerow((name, province, key, labels.of(name, key), count))
    return out.getvalue()


def as_html(report: Report, catalogue: eligibility.Catalogue) -> str:
    """Return a page that stands alone: its charts are drawn in it, nothing is loaded."""
    labels = _Labels(catalogue)
    charts = [
        {"title": labels.words[name], "bars": _bars(name, table, labels)}
        for name, table in report.tables.items()
    ]
    places = [
        {
            "name": labels.of("provinces", place),
            "people": report.tables["provinces"][place],
            "question": _first(tables, "intents", labels),
            "obstacle": _first(tables, "obstacles", labels),
        }
        for place, tables in report.places.items()
    ]
    words = Wording(catalogue)
    period = labels.words["period"].format(
        since=words.date(report.since, LANGUAGE), until=words.date(report.until, LANGUAGE)
    )
    return str(
        templates(HERE)
        .get_template("report.html")
        .render(
            words=labels.words,
            period=period,
            privacy=labels.words["privacy"].format(least=LEAST),
            charts=charts,
            places=places,
        )
    )


class _Labels:
    """The names of what is counted, in the language of the report."""

    def __init__(self, catalogue: eligibility.Catalogue) -> None:
        self._catalogue = catalogue
        self._wording = Wording(catalogue)
        self.words: Any = yamlsource.plain(HERE / "words.yml")

    def of(self, table: str, key: str) -> str:
        """Return the name of a row; a key that is no longer in the catalogue names itself."""
        if table == "provinces":
            place = self._catalogue.places.get(key)
            return eligibility.text(place.name, LANGUAGE) if place else key
        if table == "intents":
            return str(self.words["intents_in_words"].get(key, key))
        if table == "unclear":
            return str(self.words["reasons"].get(key, key))
        if table == "obstacles":
            return self._obstacle(key)
        if table == "outcomes":
            scheme, _, result = key.partition(":")
            told = self.words["results"].get(result, result)
            return str(self.words["of"].format(condition=told, scheme=self._scheme(scheme)))
        return self._scheme(key)

    def _scheme(self, id: str) -> str:
        scheme = self._catalogue.schemes.get(id)
        return eligibility.text(scheme.name, LANGUAGE) if scheme else id

    def _obstacle(self, key: str) -> str:
        scheme_id, _, condition_id = key.partition(":")
        scheme = self._catalogue.schemes.get(scheme_id)
        condition = (
            next((c for c in scheme.requires if c.id == condition_id), None) if scheme else None
        )
        words = self._wording.condition(condition, LANGUAGE) if condition else condition_id
        return str(self.words["of"].format(condition=words, scheme=self._scheme(scheme_id)))


def _bars(name: str, table: Mapping[str, int], labels: _Labels) -> list[dict[str, Any]]:
    most = max(table.values(), default=0)
    return [
        {"label": labels.of(name, key), "count": count, "percent": round(100 * count / most, 1)}
        for key, count in table.items()
    ]


def _first(tables: Mapping[str, Mapping[str, int]], name: str, labels: _Labels) -> str:
    table = tables.get(name)
    if not table:
        return str(labels.words["other"])
    key, count = next(iter(table.items()))
    return f"{labels.of(name, key)} ({count})"
