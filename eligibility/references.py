"""Check that what files say of each other exists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from eligibility.problems import did_you_mean
from eligibility.reading import Reader
from yamlsource import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from eligibility.catalogue import Catalogue


def check_references(reader: Reader, catalogue: Catalogue, nodes: dict[str, Node]) -> None:
    """Note every id that names nothing; files that are absent are not missed."""
    schemes = set(catalogue.schemes)
    named = set(schemes)
    for fact in catalogue.facts.values():
        if fact.type == "set" and schemes & set(fact.values):
            named |= set(fact.values)
    bodies = {*catalogue.institutions, *catalogue.office_kinds}
    references: dict[str, tuple[str, Iterable[str]]] = {
        "institution": ("institution", catalogue.institutions),
        "programme": ("programme", catalogue.programmes),
        "decided_by": ("kind of office or institution", bodies),
        "where": ("kind of office or institution", bodies),
        "excludes": ("scheme", {*named, *catalogue.programmes}),
        "combines_with": ("scheme", {*named, *catalogue.programmes}),
    }
    former: dict[str, str] = {}
    for file, node in nodes.items():
        if not isinstance(node, Mapping):
            continue
        parent = file.replace("\\", "/").split("/")
        if "schemes" in parent[-3:-1]:
            for key, (what, known) in references.items():
                _check(reader, node.get(key), what, known)
            _check(reader, node.get("documents"), "document", catalogue.documents)
            _self(reader, node)
            _former(reader, node, schemes, former)
        elif parent[-1] == "programmes.yml":
            for entry in _entries(node):
                _check(reader, entry.get("institution"), "institution", catalogue.institutions)
                parts = {*catalogue.programmes, *schemes}
                _check(reader, entry.get("parts"), "programme or scheme", parts)
        elif parent[-1] == "institutions.yml":
            for entry in _entries(node):
                _check(reader, entry.get("offices"), "kind of office", catalogue.office_kinds)
        elif parent[-1] == "offices.yml":
            for entry in _entries(node.get("kinds")):
                _check(reader, entry.get("institution"), "institution", catalogue.institutions)


def _entries(node: Node | None) -> list[Mapping]:
    if not isinstance(node, Mapping):
        return []
    return [value for _, value in node.pairs if isinstance(value, Mapping)]


def _check(reader: Reader, node: Node | None, what: str, known: Iterable[str]) -> None:
    if isinstance(node, Sequence):
        for item in node.items:
            _check(reader, item, what, known)
    elif isinstance(node, Mapping):
        _check(reader, node.get("id"), what, known)
    elif isinstance(node, Scalar) and known and node.raw not in {*known, "", "unknown"}:
        reader.error(node, f"“{node.raw}” is no {what} we know{did_you_mean(node.raw, known)}")


def _former(reader: Reader, node: Mapping, schemes: set[str], former: dict[str, str]) -> None:
    """Check that a former id belongs to one scheme only, and to none of today's."""
    below = node.get("formerly")
    for item in below.items if isinstance(below, Sequence) else (below,):
        if not isinstance(item, Scalar):
            continue
        if item.raw in schemes:
            reader.error(item, f"“{item.raw}” is the id of a scheme today, so it is no former one")
        elif item.raw in former:
            reader.error(item, f"“{item.raw}” is also a former id of {former[item.raw]}")
        id = node.get("id")
        former[item.raw] = id.raw if isinstance(id, Scalar) else ""


def _self(reader: Reader, node: Mapping) -> None:
    id = node.get("id")
    for key in ("excludes", "combines_with"):
        below = node.get(key)
        items = below.items if isinstance(below, Sequence) else (below,)
        for item in items:
            if isinstance(item, Scalar) and isinstance(id, Scalar) and item.raw == id.raw:
                reader.error(item, f"the scheme {id.raw} names itself in {key}")
