"""What is written from the catalogue: the schemas for editors and the page on its state."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import jsonschema
import pytest

import eligibility
import yamlsource
from eligibility.catalogue import Catalogue
from tools import catalogue_schema, catalogue_state

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return eligibility.load(ROOT / "catalogue")


def test_the_schemas_are_current() -> None:
    for file, content in catalogue_schema.schemas().items():
        assert file.read_text(encoding="utf-8") == content, f"run make schema: {file.name}"


def test_the_editor_is_told_of_every_schema_and_finds_files_for_it() -> None:
    wired = SETTINGS["yaml.schemas"]
    assert {ROOT / name for name in wired} == set(catalogue_schema.schemas())
    assert all(list(ROOT.glob(pattern)) for pattern in wired.values())


def test_the_editor_underlines_nothing_in_a_catalogue_without_mistakes() -> None:
    for name, pattern in SETTINGS["yaml.schemas"].items():
        schema = json.loads((ROOT / name).read_text(encoding="utf-8"))
        validator = jsonschema.validators.validator_for(schema)(schema)
        for file in ROOT.glob(pattern):
            content = json.loads(json.dumps(yamlsource.plain(file), default=str))
            found = [f"{e.json_path}: {e.message[:200]}" for e in validator.iter_errors(content)]
            assert not found, f"{file.name}: {found[:3]}"


def test_the_editor_underlines_a_value_that_no_fact_has() -> None:
    schema = json.loads((catalogue_schema.FOLDER / "scheme.schema.json").read_text("utf-8"))
    file = ROOT / "catalogue" / "schemes" / "anapec" / "idmaj.yml"
    content = json.loads(json.dumps(yamlsource.plain(file), default=str))
    content["examples"][0]["verdict"] = "maybe"
    content["requires"] = [{"stage": "projet"}]
    validator = jsonschema.validators.validator_for(schema)(schema)
    places = {error.path[0] for error in validator.iter_errors(content)}
    assert places == {"examples", "requires"}


def test_the_page_on_the_state_names_every_scheme_once_in_its_table(catalogue: Catalogue) -> None:
    written = catalogue_state.PAGE.read_text(encoding="utf-8")
    for page in (written, catalogue_state.page(catalogue, date(2026, 11, 24))):
        for id in catalogue.schemes:
            assert page.count(f"| `{id}` |") == 1, f"run make state: {id}"


def test_the_page_counts_ages_from_the_day_it_is_given(catalogue: Catalogue) -> None:
    scheme = catalogue.schemes["idmaj"]
    assert scheme.as_of.last is not None
    page = catalogue_state.page(catalogue, scheme.as_of.last + timedelta(days=181))
    (row,) = (line for line in page.splitlines() if "| `idmaj` |" in line)
    assert f"| {scheme.as_of} | 181 |" in row
    assert f"- scheme idmaj, as of {scheme.as_of}" in page


def test_the_page_has_a_line_for_every_region(catalogue: Catalogue) -> None:
    page = catalogue_state.page(catalogue, date(2026, 11, 24))
    regions = [place.id for place in catalogue.places.values() if place.region is None]
    assert len(regions) == 12
    assert all(f"\n| {region} | " in page for region in regions)
