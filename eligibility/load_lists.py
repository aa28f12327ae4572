"""Read institutions, offices, programmes and documents."""

from __future__ import annotations

from typing import Any

from eligibility.load_conditions import sources_of
from eligibility.load_parts import read_sources
from eligibility.model import (
    CERTAINTIES,
    STATUSES,
    Contact,
    Document,
    Institution,
    Office,
    OfficeKind,
    Place,
    Programme,
    Source,
)
from eligibility.problems import did_you_mean
from eligibility.reading import Reader
from yamlsource import Mapping, Node, Scalar

_COMMON = ("source", "sources", "as_of", "certainty", "note", "aka")


class ListReader:
    """Reads one of the files that list things by id."""

    def __init__(self, reader: Reader, places: dict[str, Place]) -> None:
        self.reader = reader
        self.places = places

    def _entries(
        self, node: Node | None, what: str, keys: tuple[str, ...], needed: tuple[str, ...]
    ) -> list[tuple[str, Mapping, dict[str, Source]]]:
        root = self.reader.mapping(node, f"{what}s.yml")
        if root is None:
            return []
        shared = read_sources(self.reader, root.get("sources"))
        found = []
        for key, value in root.pairs:
            if key.value == "sources":
                continue
            entry = self.reader.mapping(value, f"the {what} {key.raw}")
            if entry is not None:
                self.reader.keys(entry, f"the {what} {key.raw}", (*keys, *_COMMON), needed)
                own = entry.get("sources")
                sources = shared if own is None else {**shared, **read_sources(self.reader, own)}
                found.append((key.raw, entry, sources))
        return found

    def _common(self, id: str, node: Mapping, sources: dict[str, Source]) -> dict[str, Any]:
        certainty = node.get("certainty")
        source = sources_of(self.reader, node.get("source"), sources, id)
        return {
            "id": id,
            "source": source,
            "sources": {key: sources[key] for key in source if key in sources},
            "as_of": self.reader.day(node.get("as_of"), f"as_of of {id}", past=True),
            "certainty": self.reader.choice(certainty, "certainty", CERTAINTIES),
            "note": self._text(node, "note", id),
            "aka": self.reader.words(node.get("aka"), f"aka of {id}"),
        }

    def _text(self, node: Mapping, key: str, id: str) -> Any:
        below = node.get(key)
        return self.reader.texts(below, f"{key} of {id}") if below is not None else None

    def _either(self, node: Mapping, key: str, id: str) -> Any:
        """Return a text by language, or one word for all languages."""
        below = node.get(key)
        if isinstance(below, Scalar):
            return self.reader.word(below, f"{key} of {id}")
        return self.reader.texts(below, f"{key} of {id}") if below is not None else None

    def documents(self, node: Node | None) -> dict[str, Document]:
        """Return the papers of ``documents.yml``."""
        keys = ("name", "about", "where", "cost", "delay")
        return {
            id: Document(
                name=self._text(entry, "name", id) or {},
                about=self._text(entry, "about", id),
                where=self._text(entry, "where", id),
                cost=self._text(entry, "cost", id),
                delay=self._text(entry, "delay", id),
                **self._common(id, entry, sources),
            )
            for id, entry, sources in self._entries(node, "document", keys, ("name",))
        }

    def institutions(self, node: Node | None) -> dict[str, Institution]:
        """Return the bodies of ``institutions.yml``."""
        keys = ("name", "about", "reach", "offices", "contact")
        return {
            id: Institution(
                name=self._text(entry, "name", id) or {},
                about=self._text(entry, "about", id),
                reach=self._text(entry, "reach", id),
                offices=self.reader.words(entry.get("offices"), f"offices of {id}"),
                contact=self._contact(entry.get("contact"), id),
                **self._common(id, entry, sources),
            )
            for id, entry, sources in self._entries(node, "institution", keys, ("name",))
        }

    def _contact(self, node: Node | None, id: str) -> Contact:
        mapping = self.reader.mapping(node, f"the contact of {id}")
        if mapping is None:
            return Contact()
        self.reader.keys(
            mapping, f"the contact of {id}", ("phone", "email", "site", "address", "hours"), ()
        )
        return Contact(
            self.reader.words(mapping.get("phone"), "phone"),
            self._word(mapping, "email"),
            self._word(mapping, "site"),
            self._either(mapping, "address", id),
            self._either(mapping, "hours", id),
        )

    def _word(self, node: Mapping, key: str) -> str | None:
        below = node.get(key)
        if isinstance(below, Scalar) and below.value is None:
            return None
        return self.reader.word(below, key)

    def programmes(self, node: Node | None) -> dict[str, Programme]:
        """Return the umbrellas of ``programmes.yml``."""
        keys = ("name", "kind", "institution", "parts", "about", "can_do", "status")
        found = {}
        needed = ("name", "kind", "institution", "about")
        for id, entry, sources in self._entries(node, "programme", keys, needed):
            kinds = ("umbrella", "explained")
            kind = self.reader.choice(entry.get("kind"), "kind of programme", kinds)
            if kind == "explained" and entry.get("can_do") is None:
                self.reader.error(
                    entry, f"{id} is explained: it needs can_do, what a person can do"
                )
            found[id] = Programme(
                name=self._text(entry, "name", id) or {},
                kind=kind or "umbrella",
                institution=self.reader.word(entry.get("institution"), "the institution") or "",
                about=self._text(entry, "about", id) or {},
                parts=self.reader.words(entry.get("parts"), f"parts of {id}"),
                can_do=self._text(entry, "can_do", id),
                status=self.reader.choice(entry.get("status"), "status", STATUSES),
                **self._common(id, entry, sources),
            )
        return found

    def offices(
        self, node: Node | None
    ) -> tuple[dict[str, OfficeKind], tuple[Office, ...], dict[str, Source]]:
        """Return the kinds of office and the offices of ``offices.yml``."""
        root = self.reader.mapping(node, "offices.yml")
        if root is None:
            return {}, (), {}
        self.reader.keys(root, "offices.yml", ("kinds", "offices", "sources"), ("kinds",))
        sources = read_sources(self.reader, root.get("sources"))
        kinds = {}
        listing = self.reader.mapping(root.get("kinds"), "kinds")
        for key, value in listing.pairs if listing else ():
            entry = self.reader.mapping(value, f"the kind {key.raw}")
            if entry is None:
                continue
            allowed = ("name", "institution", "unknown", "about")
            self.reader.keys(entry, f"the kind {key.raw}", allowed, ("name", "unknown"))
            kinds[key.raw] = OfficeKind(
                key.raw,
                self._text(entry, "name", key.raw) or {},
                self.reader.word(entry.get("institution"), "the institution"),
                self._text(entry, "unknown", key.raw),
                self._text(entry, "about", key.raw),
            )
        offices = tuple(
            office
            for item in self.reader.items(root.get("offices"), "offices")
            if (office := self._office(item, kinds, sources)) is not None
        )
        seen: set[str] = set()
        for office in offices:
            if office.id in seen:
                self.reader.error(root, f"two offices are called {office.id}")
            seen.add(office.id)
        return kinds, offices, sources

    def _office(
        self, node: Node, kinds: dict[str, OfficeKind], sources: dict[str, Source]
    ) -> Office | None:
        entry = self.reader.mapping(node, "an office")
        if entry is None:
            return None
        keys = ("id", "kind", "province", "region", "national", "name", "address", "phone",
                "email", "site", "hours", "confidence", "as_of", "source", "note", "serves")  # fmt: skip
        self.reader.keys(entry, "an office", keys, ("id", "kind", "name"))
        id = self.reader.word(entry.get("id"), "the id of an office") or ""
        kind = self.reader.choice(entry.get("kind"), "kind of office", kinds) or ""
        province, region = self._word(entry, "province"), self._word(entry, "region")
        national = self.reader.flag(entry.get("national"), "national")
        if not (province or region or national):
            self.reader.error(entry, f"the office {id} needs province, region or national: true")
        for key, place, of_region in (("province", province, False), ("region", region, True)):
            known = [p.id for p in self.places.values() if (p.region is None) == of_region]
            where = entry.get(key)
            if self.places and place is not None and where is not None and place not in known:
                near = did_you_mean(place, known)
                self.reader.error(where, f"“{place}” is no {key} of places.yml{near}")
        confidence = entry.get("confidence")
        levels = ("official", "press", "directory")
        return Office(
            id=id,
            kind=kind,
            name=self._either(entry, "name", id),
            province=province,
            region=region or (self.places[province].region if province in self.places else None),
            national=national,
            address=self._either(entry, "address", id),
            phone=self.reader.words(entry.get("phone"), f"phone of {id}"),
            email=self._word(entry, "email"),
            site=self._word(entry, "site"),
            hours=self._either(entry, "hours", id),
            confidence=self.reader.choice(confidence, "confidence", levels),
            as_of=self.reader.day(entry.get("as_of"), f"as_of of {id}", past=True),
            source=sources_of(self.reader, entry.get("source"), sources, id),
            note=self._text(entry, "note", id),
            serves=self.reader.words(entry.get("serves"), f"serves of {id}"),
        )
