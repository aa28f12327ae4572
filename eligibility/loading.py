"""Read a whole catalogue from its directory."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yamlsource
from eligibility.catalogue import Catalogue
from eligibility.days import today
from eligibility.facts import Fact
from eligibility.load_facts import read_facts
from eligibility.load_lists import ListReader
from eligibility.load_places import read_places
from eligibility.load_schemes import SchemeReader
from eligibility.model import Scheme
from eligibility.problems import CatalogueError, Problem
from eligibility.reading import Reader
from eligibility.references import check_references
from eligibility.renaming import Renamed
from yamlsource import Mapping, Node, Scalar

DEFAULT = Path(__file__).resolve().parent.parent / "catalogue"


@dataclass
class Loaded:
    """A catalogue as far as it could be read, and everything that is wrong with it."""

    catalogue: Catalogue
    nodes: dict[str, Node]
    problems: list[Problem] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        """The problems that are no mere warnings, in the order of the files."""
        return sorted({problem for problem in self.problems if not problem.warning})


def load(path: str | os.PathLike[str] | None = None) -> Catalogue:
    """Read, check and compile a catalogue.

    Args:
        path: Its directory; the one beside this package when not given.

    Raises:
        CatalogueError: Something is wrong; ``problems`` says what and where.
        NotADirectoryError: There is no such directory.
    """
    loaded = read_all(path)
    if loaded.errors:
        raise CatalogueError(loaded.errors)
    return loaded.catalogue


def read_all(path: str | os.PathLike[str] | None = None, on: date | None = None) -> Loaded:
    """Read a catalogue, collecting every problem; raises only when there is no directory."""
    root = Path(path) if path is not None else DEFAULT
    if not root.is_dir():
        raise NotADirectoryError(f"{root} is no directory of a catalogue")
    reader = Reader(on or today())
    nodes: dict[str, Node] = {}
    files = {
        name: _read(reader, root / f"{name}.yml", nodes, needed=name == "facts")
        for name in ("facts", "places", "documents", "institutions", "offices", "programmes")
    }
    scheme_nodes = {
        file: node
        for file in sorted((root / "schemes").glob("*/*.yml"))
        if (node := _read(reader, file, nodes)) is not None
    }
    ids = [_id_of(node, file) for file, node in scheme_nodes.items()]
    places = read_places(reader, files["places"]) if files["places"] else {}
    book = read_facts(reader, files["facts"], places, ids)
    place_fact = _place_fact(book.facts)
    schemes: dict[str, Scheme] = {}
    scheme_reader = SchemeReader(reader, book.compiler, places, place_fact)
    for file, node in scheme_nodes.items():
        scheme = scheme_reader.read(node, file)
        if scheme is None:
            continue
        if scheme.id in schemes:
            reader.error(node, f"the scheme {scheme.id} is there twice")
        schemes[scheme.id] = scheme
    lists = ListReader(reader, places)
    kinds, offices, office_sources = lists.offices(files["offices"])
    catalogue = Catalogue(
        path=root,
        topics=book.topics,
        facts=book.facts,
        implications=book.implications,
        compiler=book.compiler,
        place_fact=place_fact,
        places=places,
        schemes=schemes,
        programmes=lists.programmes(files["programmes"]),
        institutions=lists.institutions(files["institutions"]),
        documents=lists.documents(files["documents"]),
        office_kinds=kinds,
        offices=offices,
        office_sources=office_sources,
        renamed=Renamed(book.renamed, {old: s.id for s in schemes.values() for old in s.formerly}),
    )
    check_references(reader, catalogue, nodes)
    return Loaded(catalogue, nodes, reader.problems)


def _read(reader: Reader, file: Path, nodes: dict[str, Node], needed: bool = False) -> Node | None:
    try:
        node = yamlsource.load(file)
    except yamlsource.YamlError as error:
        reader.error(error.mark, error.message)
        return None
    except FileNotFoundError:
        if needed:
            reader.error(yamlsource.Mark(str(file), 1, 1), "this file is missing")
        return None
    except OSError as error:
        reader.error(yamlsource.Mark(str(file), 1, 1), f"cannot be read: {error.strerror}")
        return None
    nodes[str(file)] = node
    return node


def _id_of(node: Node, file: Path) -> str:
    id = node.get("id") if isinstance(node, Mapping) else None
    return id.raw if isinstance(id, Scalar) else file.stem


def _place_fact(facts: dict[str, Fact]) -> str | None:
    """Return the fact of type place whose values are provinces."""
    return next((id for id, fact in facts.items() if fact.type == "place" and fact.parents), None)
