"""Read the parts of a scheme file: sources, benefits, papers, steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from eligibility.conditions import Compiler, Condition
from eligibility.load_conditions import conditions, sources_of
from eligibility.model import CERTAINTIES, GIFT_KINDS, Benefit, Item, NeededDocument, Place, Source
from eligibility.problems import listed
from eligibility.reading import LANGUAGES, Reader, plain
from yamlsource import Mapping, Node, Scalar

_BESIDE_TEXT = ("text", "when", "source", "certainty", "id")
_BESIDE_AMOUNTS = ("kind", "text", "when", "source", "certainty", "note", "id")


@dataclass
class PartsReader:
    """Reads what a scheme gives and asks for, against the facts and places it refers to."""

    reader: Reader
    compiler: Compiler
    places: dict[str, Place]
    place_fact: str | None

    # -- what it gives -----------------------------------------------------------------------

    def gives(self, node: Node | None, sources: dict[str, Source]) -> tuple[Benefit, ...]:
        """Return the benefits."""
        found = []
        for item in self.reader.items(node, "gives"):
            mapping = self.reader.mapping(item, "an item of gives")
            if mapping is None:
                continue
            kind = self.reader.choice(mapping.get("kind"), "kind of benefit", GIFT_KINDS)
            if mapping.get("kind") is None:
                self.reader.error(mapping, f"a benefit needs a kind: {listed(GIFT_KINDS)}")
            if mapping.get("text") is None:
                self.reader.error(mapping, "a benefit needs its text")
            amounts: dict[str, Any] = {}
            for key, value in mapping.pairs:
                if key.value not in _BESIDE_AMOUNTS:
                    self._amount(key, value)
                    amounts[key.raw] = plain(value)
            found.append(
                Benefit(
                    kind=kind or "advice",
                    text=self.reader.texts(mapping.get("text"), "the text of a benefit"),
                    amounts=amounts,
                    when=self._when(mapping, sources),
                    source=sources_of(self.reader, mapping.get("source"), sources, "a benefit"),
                    certainty=self.certainty(mapping),
                    note=self.reader.texts(mapping.get("note"), "the note of a benefit"),
                    id=self.reader.word(mapping.get("id"), "the id of a benefit"),
                )
            )
        return tuple(found)

    def _amount(self, key: Scalar, node: Node, depth: int = 0) -> None:
        """Check a number, a range, or a mapping of such; ``of`` names what a share is of."""
        if key.value == "of":
            self.reader.word(node, "of")
        elif isinstance(node, Mapping) and depth < 3 and node.pairs:
            for below, value in node.pairs:
                self._amount(below, value, depth + 1)
        elif not isinstance(node, Scalar) or isinstance(node.value, (bool, type(None), str)):
            expected = listed((*_BESIDE_AMOUNTS, "months", "share", "dh", "persons", "ceiling"))
            self.reader.error(
                node,
                f"“{key.raw}” must be a number, a range or {{unit: number}}; or one of {expected}",
            )

    def limit(self, node: Node | None, sources: dict[str, Source]) -> dict[str, Any] | None:
        """Return where a total is capped."""
        mapping = self.reader.mapping(node, "gives_limit")
        if mapping is None:
            return None
        for key, value in mapping.pairs:
            if key.value == "source":
                sources_of(self.reader, value, sources, "gives_limit")
            elif key.value == "text":
                self.reader.texts(value, "the text of gives_limit")
            else:
                self._amount(key, value)
        found = plain(mapping)
        assert isinstance(found, dict)
        return found

    # -- papers, steps, examples --------------------------------------------------------------

    def documents(
        self, node: Node | None, sources: dict[str, Source]
    ) -> tuple[NeededDocument, ...] | None:
        """Return the papers; None when no source tells them."""
        if node is None or (isinstance(node, Scalar) and node.value == "unknown"):
            return None
        found = []
        keys = ("id", "when", "source", "certainty", "note")
        for item in self.reader.items(node, "documents"):
            if isinstance(item, Scalar):
                found.append(NeededDocument(self.reader.word(item, "a document") or ""))
                continue
            mapping = self.reader.mapping(item, "a document")
            if mapping is None:
                continue
            self.reader.keys(mapping, "a document", keys, ("id",))
            found.append(
                NeededDocument(
                    self.reader.word(mapping.get("id"), "the id of a document") or "",
                    self._when(mapping, sources),
                    sources_of(self.reader, mapping.get("source"), sources, "a document"),
                    self.certainty(mapping),
                    self.reader.texts(mapping.get("note"), "the note of a document"),
                )
            )
        return tuple(found)

    def items(self, node: Node | None, what: str, sources: dict[str, Source]) -> tuple[Item, ...]:
        """Return texts that may depend on the person."""
        found = (
            self.item(item, f"an item of {what}", sources) for item in self.reader.items(node, what)
        )
        return tuple(item for item in found if item is not None)

    def item(self, node: Node, what: str, sources: dict[str, Source]) -> Item | None:
        """Return one such text."""
        mapping = self.reader.mapping(node, what)
        if mapping is None:
            return None
        inner = mapping.get("text")
        if inner is not None:
            self.reader.keys(mapping, what, _BESIDE_TEXT, ())
        texts = self.reader.texts(
            inner or Mapping(mapping.mark, tuple(
                pair for pair in mapping.pairs if pair[0].value not in _BESIDE_TEXT
            )), what
        )  # fmt: skip
        return Item(
            text=texts or dict.fromkeys(LANGUAGES, ""),
            when=self._when(mapping, sources),
            source=sources_of(self.reader, mapping.get("source"), sources, what),
            certainty=self.certainty(mapping),
            id=self.reader.word(mapping.get("id"), f"the id of {what}"),
        )

    def _when(self, mapping: Mapping, sources: dict[str, Source]) -> Condition | None:
        return conditions(self.reader, self.compiler, mapping.get("when"), "when", sources)

    def certainty(self, mapping: Mapping) -> str | None:
        """Return how sure a source is, where that is told."""
        node = mapping.get("certainty")
        return self.reader.choice(node, "certainty", CERTAINTIES) if node is not None else None


def read_sources(reader: Reader, node: Node | None) -> dict[str, Source]:
    """Return the sources of a file by key."""
    found: dict[str, Source] = {}
    mapping = reader.mapping(node, "sources")
    keys = ("title", "publisher", "url", "date", "note", "certainty", "as_of", "accessed", "seen")
    for key, value in mapping.pairs if mapping else ():
        below = reader.mapping(value, f"the source {key.raw}")
        if below is None:
            continue
        reader.keys(below, f"the source {key.raw}", keys, ("title",))

        def word(name: str, node: Mapping = below, of: str = key.raw) -> str:
            value = node.get(name)
            return value.raw if isinstance(value, Scalar) else ""

        found[key.raw] = Source(
            key.raw,
            word("title"),
            word("publisher"),
            word("url"),
            reader.day(below.get("date"), f"the date of {key.raw}", past=True),
            word("note"),
        )
    return found
