"""Small catalogues written for one test."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

WORD = {"fr": "mot", "ary": "كلمة", "ary_latn": "kelma"}
PLACES: dict[str, Any] = {
    "fes-meknes": {"name": WORD, "provinces": {"fes": {"name": WORD}, "taza": {"name": WORD}}},
    "oriental": {"name": WORD, "provinces": {"berkane": {"name": WORD}, "oujda": {"name": WORD}}},
}


def fact(type_: str, **more: Any) -> dict[str, Any]:
    """Return a fact with its words."""
    found: dict[str, Any] = {"type": type_, "label": WORD, "ask": WORD, "topic": "person", **more}
    choices = found.get("choices")
    if isinstance(choices, list):
        found["choices"] = {choice: {"label": WORD} for choice in choices}
    return found


FACTS: dict[str, Any] = {
    "age": fact("number", unit="years", integer=True, range={"from": 0, "to": 120},
                derive={"years_since": "birth_date"}),
    "birth_date": fact("date", asked=False),
    "business_age": fact("number", unit="months", range={"from": 0, "to": 1200},
                         derive={"months_since": "created_on"}),
    "created_on": fact("date", asked=False),
    "province": fact("place"),
    "region": fact("place", asked=False, derive={"region_of": "province"}),
    "stage": fact("choice", choices=["none", "idea", "operating"], changeable=True,
                  attainable=["operating"]),
    "legal_form": fact("choice", choices=["none", "company", "cooperative"], changeable=True,
                       attainable=["company", "cooperative"]),
    "education": fact("ordered", choices=["none", "primary", "baccalaureate", "master"]),
    "registered": fact("bool", changeable=True, attainable=[True]),
    "sex": fact("choice", choices=["female", "male"]),
    "employees": fact("number", unit="persons", integer=True, range={"from": 0}),
    "turnover": fact("number", unit="dh_year", range={"from": 0}, cost=5, topic="money"),
    "members": fact("number", unit="persons", integer=True, range={"from": 1}, changeable=True,
                    attainable=[5], ask_if={"legal_form": "cooperative"}),
    "own_contribution": fact("number", unit="dh", range={"from": 0}),
    "project_cost": fact("number", unit="dh", range={"from": 0}),
    "share": fact("number", unit="percent", asked=False,
                  derive={"ratio": ["own_contribution", "project_cost"], "unit": "percent"}),
    "seeking": fact("set", choices=["job", "funding", "hiring"]),
    "past_support": fact("set"),
}  # fmt: skip
IMPLIES = [
    {"when": {"stage": "idea"}, "then": {"legal_form": "none", "employees": 0}},
    {"when": {"legal_form": "none"}, "then": {"turnover": {"to": 100000}}},
    {"when": {"legal_form": "company", "registered": True}, "then": {"employees": {"from": 1}}},
]


def scheme(id: str = "aid", requires: Any = None, **more: Any) -> dict[str, Any]:
    """Return a scheme that requires something."""
    return {
        "id": id,
        "institution": "body",
        "name": WORD,
        "applicant": ["person"],
        "status": "open",
        "as_of": "2026-01-01",
        "sources": {"LAW": {"title": "A law"}},
        "requires": requires if requires is not None else [{"age": {"from": 18}}],
        **more,
    }


def write(
    directory: Path,
    *schemes: dict[str, Any],
    facts: dict[str, Any] | None = None,
    implies: list[Any] | None = None,
) -> Path:
    """Write a catalogue (JSON is YAML) and return its directory."""
    root = directory / "catalogue"
    (root / "schemes" / "body").mkdir(parents=True, exist_ok=True)
    book = {
        "topics": ["person", "money"],
        "facts": FACTS if facts is None else facts,
        "implies": IMPLIES if implies is None else implies,
    }
    _dump(root / "facts.yml", book)
    _dump(root / "places.yml", PLACES)
    for one in schemes:
        _dump(root / "schemes" / "body" / f"{one['id']}.yml", one)
    return root


def _dump(path: Path, content: Any) -> None:
    # dates must stand bare in YAML; quoted ones are accepted too
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
