"""What is counted of talks, and that the report shows nothing by which anybody is known."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import eligibility
from bot.__main__ import main
from bot.metrics import Metrics
from bot.noticed import Count, Noticed, Standing, counts, progress
from bot.report import LEAST, as_csv, as_html, report, report_of
from bot.store import Database, migrations, outcomes, tallies
from bot.watch import Watch

TODAY = date(2026, 11, 24)
JOB = {"seeking": {"only": ["job"]}, "situation": "unemployed", "moroccan": True}


@pytest.fixture(scope="module")
def catalogue() -> eligibility.Catalogue:
    return eligibility.load()


def noticed(before: dict[str, Any], after: dict[str, Any], **more: Any) -> Noticed:
    return Noticed(
        "web", 0.1, more.pop("intent", "inform"), is_new=True, before=before, after=after, **more
    )


def test_a_verdict_and_an_obstacle_count_once_for_a_person(
    catalogue: eligibility.Catalogue,
) -> None:
    young, old = {**JOB, "age": 30}, {**JOB, "age": 60}
    first = progress(noticed(JOB, old), catalogue)
    assert ("international-huelva", "age") in first.obstacles
    assert ("international-huelva", "ineligible") in first.verdicts
    again = progress(noticed(old, {**old, "province": "fes"}), catalogue)
    assert ("international-huelva", "age") not in again.obstacles
    assert progress(noticed(old, old), catalogue) == Standing()
    assert ("international-huelva", "age") not in progress(noticed(JOB, young), catalogue).obstacles


def test_a_scheme_that_fails_in_several_ways_has_no_single_obstacle(
    catalogue: eligibility.Catalogue,
) -> None:
    both = {**JOB, "age": 60, "sex": "male"}
    brought = progress(noticed({}, both), catalogue)
    assert ("international-huelva", "ineligible") in brought.verdicts
    assert not [c for scheme, c in brought.obstacles if scheme == "international-huelva"]


def test_a_profile_the_catalogue_does_not_know_harms_nothing(
    catalogue: eligibility.Catalogue,
) -> None:
    assert progress(noticed({}, {"no_such_fact": 1}), catalogue) == Standing()


def test_a_person_counts_in_a_province_when_it_becomes_known() -> None:
    at_home = {"province": {"value": "fes", "stated_on": "2026-11-24"}}
    assert Count("person", "fr", "fes") in set(counts(noticed({}, at_home), Standing()))
    later = set(counts(noticed(at_home, {**at_home, "age": 3}), Standing()))
    assert not [count for count in later if count.kind == "person"]
    for unclear in ({"province": ["fes", "meknes"]}, {"province": "declined"}):
        assert {c.province for c in counts(noticed({}, unclear), Standing())} == {""}


def _figures(totals: dict[Count, int], catalogue: eligibility.Catalogue) -> list[dict[str, str]]:
    made = report(totals, TODAY - timedelta(9), TODAY)
    return list(csv.DictReader(io.StringIO(as_csv(made, catalogue))))


def test_no_figure_is_smaller_than_five_nor_can_be_had_by_subtraction(
    catalogue: eligibility.Catalogue,
) -> None:
    totals = {
        Count("person", "fr", "fes"): 50,
        Count("person", "ary", "fes"): 4,
        Count("person", "fr", "tata"): 4,
        Count("person", "fr", "meknes"): 20,
        Count("intent", "greet", "fes"): 40,
        Count("intent", "greet", "meknes"): 3,  # 43 − 40 would tell
        Count("intent", "ask_place", "fes"): 6,
        Count("intent", "ask_place", "meknes"): 9,
        Count("intent", "insult", "fes"): 4,
    }
    figures = _figures(totals, catalogue)
    assert all(int(row["count"]) >= LEAST for row in figures)
    shown = {(row["table"], row["province"], row["key"]): int(row["count"]) for row in figures}
    assert shown["provinces", "", "fes"] == 54
    assert ("provinces", "", "tata") not in shown
    assert shown["intents", "", "greet"] == 43
    assert ("intents", "fes", "greet") not in shown
    assert shown["intents", "fes", "ask_place"] == 6
    assert not [row for row in figures if row["key"] == "insult"]
    assert not [row for row in figures if row["province"] == "tata"]


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.tags: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.loads += [str(v) for name, v in attrs if name in ("src", "href", "srcset", "action")]


def test_the_page_has_charts_and_names_and_loads_nothing(catalogue: eligibility.Catalogue) -> None:
    totals = {
        Count("person", "fr", "fes"): 8,
        Count("intent", "ask_documents", "fes"): 12,
        Count("obstacle", "idmaj:anapec_registered", "fes"): 7,
        Count("obstacle", "gone:condition<script>", ""): 9,
        Count("scheme", "idmaj", ""): 6,
    }
    html = as_html(report(totals, TODAY, TODAY), catalogue)
    page = _Page()
    page.feed(html)
    assert page.loads == []
    assert page.tags["script"] == 0
    assert page.tags["svg"] == 5
    for words in ("Fès", "quels papiers", "Idmaj", "24 novembre 2026"):
        assert words in html


def test_a_report_of_nothing_says_so(catalogue: eligibility.Catalogue) -> None:
    assert "Pas encore assez" in as_html(report({}, TODAY, TODAY), catalogue)


def test_every_intent_has_words_in_the_report(catalogue: eligibility.Catalogue) -> None:
    import yamlsource
    from tests.server import ROOT

    intents = [next(iter(one)) for one in yamlsource.plain(ROOT / "domain.yml")["intents"]]
    words = yamlsource.plain(ROOT / "bot" / "report" / "words.yml")["intents_in_words"]
    assert set(intents) == set(words)


async def test_counts_reach_the_database_and_a_database_that_is_away_loses_none(
    tmp_path: Path, catalogue: eligibility.Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(f"sqlite:///{tmp_path}/t.db")
    migrations.upgrade(database)
    metrics = Metrics(lambda: True)
    watch = Watch(lambda: catalogue, metrics, database)
    watch.turn(noticed({}, {**JOB, "age": 60}, unclear="foreign", guess="greet"))
    with monkeypatch.context() as away:
        away.setattr(database, "write", None)
        await watch.write()
    watch.turn(noticed({}, {"province": "fes"}, failed=True))
    await watch.stop()
    found = await database.read(tallies.totals, eligibility.today(), eligibility.today())
    assert found[Count("intent", "inform", "")] == 1
    assert found[Count("intent", "inform", "fes")] == 1
    assert found[Count("obstacle", "international-huelva:age", "")] == 1
    watch.turn(noticed({}, {"province": "fes"}))
    await watch.write()
    found = await database.read(tallies.totals, eligibility.today(), eligibility.today())
    assert found[Count("intent", "inform", "fes")] == 2
    yesterday = eligibility.today() - timedelta(1)
    assert not await database.read(tallies.totals, yesterday, yesterday)
    page = metrics.page().decode()
    for line in (
        'mouwakib_turns_total{channel="web",language="fr"} 3.0',
        'mouwakib_turn_seconds_count{channel="web"} 3.0',
        'mouwakib_fallbacks_total{why="foreign"} 1.0',
        'mouwakib_unanswered_intents_total{intent="greet"} 1.0',
        'mouwakib_verdicts_total{scheme="international-huelva",verdict="ineligible"} 1.0',
        "mouwakib_failed_turns_total 1.0",
        "mouwakib_ready 1.0",
    ):
        assert line in page
    database.close()


def test_the_command_writes_both_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{tmp_path}/t.db"
    database = Database(url)
    migrations.upgrade(database)
    with database.engine.begin() as connection:
        tallies.add(connection, TODAY, {Count("intent", "greet", ""): 5})
        tallies.add(connection, TODAY - timedelta(10), {Count("intent", "greet", ""): 2})
    database.close()
    monkeypatch.setenv("DATABASE_URL", url)
    assert main(["report", str(tmp_path / "out"), "--days", "7"]) == 0
    rows = list(csv.DictReader((tmp_path / "out" / "report.csv").open(encoding="utf-8-sig")))
    assert [(row["key"], row["count"]) for row in rows] == [("greet", "5")]
    assert main(["report", str(tmp_path / "out"), "--days", "11"]) == 0
    assert ",7" in (tmp_path / "out" / "report.csv").read_text(encoding="utf-8-sig")
    assert main(["report", str(tmp_path / "out"), "--days", "0"]) == 1
    assert "at least 1" in capsys.readouterr().err


def test_what_became_of_applications_is_shown_from_five_on(
    catalogue: eligibility.Catalogue, tmp_path: Path
) -> None:
    database = Database(f"sqlite:///{tmp_path / 'chat.db'}")
    migrations.upgrade(database)
    with database.engine.begin() as connection:
        for _ in range(6):
            outcomes.count(connection, "idmaj", "fes", "granted")
        outcomes.count(connection, "idmaj", "fes", "refused")
        made = report_of(connection, date(2026, 11, 24))
    database.close()
    assert made.tables["outcomes"] == {"idmaj:granted": 6}
    assert "acceptés — Idmaj" in as_html(made, catalogue)
