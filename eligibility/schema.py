"""JSON Schema of the catalogue's files: editors then complete keys, facts and values."""

from __future__ import annotations

from typing import Any

from eligibility.catalogue import Catalogue
from eligibility.facts import RANGE_KEYS, TYPES, Fact
from eligibility.load_facts import FACT_KEYS, UNITS
from eligibility.load_schemes import SCHEME_KEYS, SCHEME_NEEDED
from eligibility.model import APPLICANTS, CERTAINTIES, GIFT_KINDS, STATUSES, VERDICTS
from eligibility.problems import ProfileError, did_you_mean

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT = {"type": "string"}
_DAY = {"type": ["string", "integer"], "description": "a day, a month, a year, or unknown"}
_TEXTS = {
    "type": "object",
    "properties": {"fr": _TEXT, "ary": _TEXT, "ary_latn": _TEXT},
    "required": ["fr", "ary"],
}


def schema(catalogue: Catalogue, kind: str = "scheme") -> dict[str, Any]:
    """Return the JSON Schema of one kind of file.

    Args:
        catalogue: Whose facts and ids are offered.
        kind: ``scheme`` or ``facts``.

    Raises:
        ProfileError: There is no schema of this kind.
    """
    if kind == "scheme":
        return _scheme(catalogue)
    if kind == "facts":
        return _facts()
    kinds = ("scheme", "facts")
    raise ProfileError(kind, f"there is a schema for scheme and facts{did_you_mean(kind, kinds)}")


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/$defs/{name}"}


def _many(item: Any) -> dict[str, Any]:
    return {"type": "array", "items": item}


def _one_or_many(item: Any) -> dict[str, Any]:
    return {"anyOf": [item, _many(item)]}


def _scheme(catalogue: Catalogue) -> dict[str, Any]:
    bodies = sorted({*catalogue.office_kinds, *catalogue.institutions})
    ids = sorted(catalogue.schemes)
    specific: dict[str, Any] = {
        "id": {"type": "string", "pattern": "^[a-z0-9-]+$"},
        "institution": _enum(catalogue.institutions),
        "programme": _enum(catalogue.programmes),
        "name": _ref("texts"),
        "about": _ref("texts"),
        "label": _ref("texts"),
        "note": _ref("texts"),
        "aka": _many({"type": ["string", "number"]}),
        "formerly": _many(_TEXT),
        "applicant": _one_or_many({"enum": list(APPLICANTS)}),
        "status": {"enum": list(STATUSES)},
        "as_of": _DAY,
        "decided_by": _enum(bodies),
        "where": _many(_enum(bodies)),
        "sources": {"type": "object", "additionalProperties": _ref("source")},
        "requires": {
            "anyOf": [
                _many(_ref("condition")),
                {
                    "type": "object",
                    "properties": dict.fromkeys(APPLICANTS, _many(_ref("condition"))),
                    "additionalProperties": False,
                },
            ]
        },
        "gives": _many(_ref("benefit")),
        "gives_limit": {"type": "object"},
        "local": _many(_ref("edition")),
        "documents": {"anyOf": [{"const": "unknown"}, _many(_ref("document"))]},
        "steps": _many(_ref("item")),
        "follow_up": _many(_ref("item")),
        "open_questions": _many(_ref("item")),
        "deadline": _ref("item"),
        "excludes": _many({"type": "string", "examples": ids}),
        "combines_with": _many({"type": "string", "examples": ids}),
        "examples": _many(_ref("example")),
    }
    return {
        "$schema": _DIALECT,
        "title": "A scheme of the catalogue",
        "type": "object",
        "properties": {key: specific[key] for key in SCHEME_KEYS},
        "required": list(SCHEME_NEEDED),
        "additionalProperties": False,
        "$defs": _definitions(catalogue),
    }


def _enum(values: Any) -> dict[str, Any]:
    listing = sorted(values)
    return {"enum": listing} if listing else {"type": "string"}


def _definitions(catalogue: Catalogue) -> dict[str, Any]:
    beside: dict[str, Any] = {
        "source": _one_or_many(_TEXT),
        "certainty": {"enum": list(CERTAINTIES)},
        "note": _ref("texts"),
    }
    places = sorted(catalogue.places)
    when = {"anyOf": [_many(_ref("condition")), {"type": "object"}]}
    tests = {fact.id: _test(fact, places) for fact in catalogue.facts.values()}
    groups = {kind: _many(_ref("condition")) for kind in ("any", "all", "none")}
    return {
        "texts": _TEXTS,
        "item": {"type": "object", "properties": {**_TEXTS["properties"], "text": _ref("texts"),  # type: ignore[dict-item]
                                                  "when": when, **beside}},
        "source": {
            "type": "object",
            "properties": {"title": _TEXT, "publisher": _TEXT, "url": _TEXT, "date": _DAY},
            "required": ["title"],
        },
        "condition": {
            "type": "object",
            "properties": {
                **tests,
                **groups,
                "at_least": {
                    "type": "object",
                    "properties": {"count": {"type": "integer"}, "of": _many(_ref("condition"))},
                    "required": ["count", "of"],
                },
                **beside,
                "id": _TEXT,
                "label": _ref("texts"),
                "office": {"const": True},
                "counts": {"const": "margin"},
                "margin": {"type": "object", "required": ["test"]},
                "valid": {"type": "object", "properties": {"from": _DAY, "to": _DAY}},
            },
            "additionalProperties": False,
        },
        "benefit": {
            "type": "object",
            "properties": {
                "kind": {"enum": list(GIFT_KINDS)}, "text": _ref("texts"), "when": when, **beside,
            },
            "required": ["kind", "text"],
        },
        "edition": {
            "type": "object",
            "properties": {
                "within": _one_or_many(_enum(places)), "opens": _DAY, "closes": _DAY,
                "requires": {"type": "object"}, "gives": _many(_ref("benefit")), **beside,
            },
            "required": ["within"],
        },
        "document": {
            "anyOf": [
                _enum(catalogue.documents),
                {
                    "type": "object",
                    "properties": {"id": _enum(catalogue.documents), "when": when, **beside},
                    "required": ["id"],
                },
            ]
        },
        "example": {
            "type": "object",
            "properties": {
                "name": _TEXT, "date": _DAY, "verdict": {"enum": list(VERDICTS)},
                "profile": {"type": "object", "propertyNames": {"enum": list(catalogue.facts)}},
            },
            "required": ["date", "profile", "verdict"],
        },
    }  # fmt: skip


def _test(fact: Fact, places: list[str]) -> dict[str, Any]:
    value: dict[str, Any]
    if fact.type == "number":
        value = {"type": "number"}
    elif fact.type == "date":
        value = _DAY
    elif fact.type == "place":
        value = _enum(places)
    else:
        value = {"enum": list(fact.values)}
    keys = [*RANGE_KEYS, "not", *(["within"] if fact.type == "place" else [])]
    about = {"description": fact.label.get("fr", fact.id)}
    form = {"type": "object", "propertyNames": {"enum": keys}}
    return {"anyOf": [value, _many({"anyOf": [value, form]}), form], **about}


def _facts() -> dict[str, Any]:
    texts = dict.fromkeys(("label", "ask", "why", "say"), _ref("texts"))
    properties: dict[str, Any] = {key: {} for key in FACT_KEYS}
    properties.update(texts)
    properties.update(
        type={"enum": list(TYPES)},
        unit={"enum": list(UNITS)},
        asked={"type": "boolean"},
        echo={"type": "boolean"},
        changeable={"type": "boolean"},
        integer={"type": "boolean"},
        cost={"type": "number", "minimum": 0},
    )
    fact = {
        "type": "object",
        "properties": properties,
        "required": ["type", "label"],
        "additionalProperties": False,
    }
    return {
        "$schema": _DIALECT,
        "title": "facts.yml",
        "type": "object",
        "properties": {
            "topics": _many(_TEXT),
            "facts": {"type": "object", "additionalProperties": fact},
            "implies": _many({"type": "object", "required": ["when", "then"]}),
            "renamed": {"type": "object", "additionalProperties": _TEXT},
            "sources": {"type": "object"},
        },
        "required": ["facts"],
        "$defs": {"texts": _TEXTS},
    }
