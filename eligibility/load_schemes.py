"""Read ``schemes/<institution>/<scheme>.yml``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from eligibility.conditions import Condition, all_of
from eligibility.days import Day
from eligibility.load_conditions import condition, condition_list, sources_of
from eligibility.load_parts import PartsReader, read_sources
from eligibility.model import (
    APPLICANTS,
    STATUSES,
    VERDICTS,
    Edition,
    Example,
    Scheme,
    Source,
)
from eligibility.problems import did_you_mean, listed
from eligibility.reading import plain
from yamlsource import Mapping, Node, Scalar, Sequence

SCHEME_NEEDED = ("id", "institution", "name", "applicant", "status", "as_of", "sources", "requires")
SCHEME_KEYS = (
    *SCHEME_NEEDED, "programme", "aka", "formerly", "about", "decided_by", "gives", "gives_limit", "local",
    "documents", "steps", "where", "deadline", "follow_up", "excludes", "combines_with",
    "open_questions", "note", "examples",
)  # fmt: skip


class SchemeReader(PartsReader):
    """Reads scheme files against the facts, places and ids they refer to."""

    def read(self, node: Node, path: Path) -> Scheme | None:
        """Return the scheme of one file, or None when it lacks what a scheme is made of."""
        reader = self.reader
        root = reader.mapping(node, "a scheme")
        if root is None:
            return None
        reader.keys(root, "a scheme", SCHEME_KEYS, SCHEME_NEEDED)
        id = reader.word(root.get("id"), "the id of the scheme") or path.stem
        what = f"the scheme {id}"
        if id != path.stem and (where := root.get("id")):
            reader.error(where, f"the scheme {id} must be in a file called {id}.yml")
        sources = read_sources(reader, root.get("sources"))
        requires = self._requires(root.get("requires"), sources)
        status = reader.choice(root.get("status"), "status", STATUSES) or "unknown"
        deadline = root.get("deadline")
        return Scheme(
            id=id,
            institution=reader.word(root.get("institution"), "the institution") or "",
            programme=reader.word(root.get("programme"), "the programme"),
            name=reader.texts(root.get("name"), f"the name of {id}") or {},
            aka=reader.words(root.get("aka"), "aka"),
            formerly=reader.words(root.get("formerly"), "formerly"),
            about=reader.texts(root.get("about"), f"about of {id}"),
            applicant=self._applicant(root.get("applicant")),
            status=status,
            as_of=reader.day(root.get("as_of"), "as_of", past=True) or Day("unknown", None, None),
            decided_by=reader.word(root.get("decided_by"), "decided_by"),
            sources=sources,
            requires=requires,
            gives=self.gives(root.get("gives"), sources),
            gives_limit=self.limit(root.get("gives_limit"), sources),
            local=self._local(root.get("local"), requires, sources),
            documents=self.documents(root.get("documents"), sources),
            steps=self.items(root.get("steps"), "steps", sources),
            where=reader.words(root.get("where"), "where"),
            deadline=self.item(deadline, "the deadline", sources) if deadline else None,
            follow_up=self.items(root.get("follow_up"), "follow_up", sources),
            excludes=reader.words(root.get("excludes"), "excludes"),
            combines_with=reader.words(root.get("combines_with"), "combines_with"),
            open_questions=self.items(root.get("open_questions"), "open_questions", sources),
            note=reader.texts(root.get("note"), f"the note of {what}"),
            examples=self._examples(root.get("examples")),
            mark=root.mark,
        )

    def _applicant(self, node: Node | None) -> tuple[str, ...]:
        words = self.reader.words(node, "applicant")
        for word in words:
            if word not in APPLICANTS and node is not None:
                self.reader.error(
                    node,
                    f"“{word}” is no applicant{did_you_mean(word, APPLICANTS)}; "
                    f"expected {listed(APPLICANTS)}",
                )
        return words

    def _requires(self, node: Node | None, sources: dict[str, Source]) -> tuple[Condition, ...]:
        if isinstance(node, Mapping):
            found = []
            for key, value in node.pairs:
                if key.value not in APPLICANTS:
                    self.reader.error(
                        key,
                        f"“{key.raw}” is no applicant; requires is a list of conditions, or a "
                        f"mapping with {listed(APPLICANTS)}",
                    )
                    continue
                parts = condition_list(
                    self.reader, self.compiler, value, f"requires of {key.raw}", sources
                )
                if not parts:
                    self.reader.error(key, f"the requirements of {key.raw} are empty")
                    continue
                found.append(replace(all_of(key.raw, parts, self.compiler), applicant=True))
            return tuple(found)
        return condition_list(self.reader, self.compiler, node, "requires", sources)

    # -- local editions ----------------------------------------------------------------------

    def _local(
        self, node: Node | None, core: tuple[Condition, ...], sources: dict[str, Source]
    ) -> tuple[Edition, ...]:
        found = []
        keys = ("within", "opens", "closes", "source", "certainty", "requires", "gives", "note",
                "text", "id", "as_of", "documents", "deadline")  # fmt: skip
        for item in self.reader.items(node, "local"):
            mapping = self.reader.mapping(item, "a local edition")
            if mapping is None:
                continue
            self.reader.keys(mapping, "a local edition", keys[:-2], ("within",))
            if self.place_fact is None:
                self.reader.error(mapping, "local editions need a fact of type place in facts.yml")
            within = self.reader.words(mapping.get("within"), "within")
            opens = self.reader.day(mapping.get("opens"), "opens")
            closes = self.reader.day(mapping.get("closes"), "closes")
            first, last = opens.first if opens else None, closes.last if closes else None
            if first and last and first > last:
                self.reader.error(mapping, "this edition closes before it opens")
            gives = mapping.get("gives")
            found.append(
                Edition(
                    within=within,
                    provinces=self._provinces(mapping.get("within"), within),
                    opens=first,
                    closes=last,
                    requires=self._changed(mapping.get("requires"), core, sources),
                    gives=self.gives(gives, sources) if gives is not None else None,
                    source=sources_of(self.reader, mapping.get("source"), sources, "an edition"),
                    certainty=self.certainty(mapping),
                    note=self.reader.texts(mapping.get("note"), "the note of an edition"),
                    text=self.reader.texts(mapping.get("text"), "the text of an edition"),
                    id=self.reader.word(mapping.get("id"), "the id of an edition"),
                )
            )
        return tuple(found)

    def _provinces(self, node: Node | None, within: tuple[str, ...]) -> frozenset[str]:
        found: set[str] = set()
        for place in within:
            if place not in self.places and node is not None:
                near = did_you_mean(place, self.places)
                self.reader.error(node, f"“{place}” is no place of places.yml{near}")
            found |= {p.id for p in self.places.values() if p.region == place or p.id == place}
        return frozenset(found & {p.id for p in self.places.values() if p.region})

    def _changed(
        self, node: Node | None, core: tuple[Condition, ...], sources: dict[str, Source]
    ) -> tuple[Condition, ...]:
        """Return the core's conditions with those of a local edition put in their place."""
        mapping = self.reader.mapping(node, "requires of a local edition")
        changes: dict[str, Condition | None] = {}
        for key, value in mapping.pairs if mapping else ():
            if isinstance(value, Scalar) and value.value is None:
                changes[key.raw] = None
                continue
            if isinstance(value, Sequence):
                self.reader.error(value, "one condition is expected here: group several with all:")
                continue
            one = condition(
                self.reader, self.compiler, value, "a local edition", sources, id=key.raw
            )
            if one is not None:
                changes[key.raw] = replace(one, id=key.raw)
        used: set[str] = set()
        result = list(self._replace(core, changes, used))
        for key, _ in mapping.pairs if mapping else ():
            if key.raw in used or key.raw not in changes:
                continue
            added = changes[key.raw]
            if added is None:
                ids = [part.id for one in core for part in (one, *one.parts)]
                self.reader.error(key, f"there is no condition {key.raw} to drop"
                                  f"{did_you_mean(key.raw, ids)}")  # fmt: skip
            else:
                result.append(added)
        return tuple(result)

    def _replace(
        self, core: tuple[Condition, ...], changes: dict[str, Condition | None], used: set[str]
    ) -> list[Condition]:
        result = []
        for one in core:
            if one.applicant:
                parts = tuple(self._replace(one.parts, changes, used))
                result.append(replace(all_of(one.id, parts, self.compiler), applicant=True))
            elif one.id in changes:
                used.add(one.id)
                new = changes[one.id]
                result += [new] if new is not None else []
            else:
                result.append(one)
        return result

    def _examples(self, node: Node | None) -> tuple[Example, ...]:
        found = []
        keys = ("date", "profile", "verdict", "name", "note", "source")
        for item in self.reader.items(node, "examples"):
            mapping = self.reader.mapping(item, "an example")
            if mapping is None:
                continue
            self.reader.keys(mapping, "an example", keys, ("date", "profile", "verdict"))
            day = self.reader.day(mapping.get("date"), "the date of an example")
            profile = self.reader.mapping(mapping.get("profile"), "the profile of an example")
            verdict = self.reader.choice(mapping.get("verdict"), "verdict", VERDICTS)
            if day is not None and (day.precision != "day" or day.first is None):
                self.reader.error(mapping.get("date") or mapping, "an example needs a whole date")
            elif day is not None and day.first and profile is not None and verdict is not None:
                name = mapping.get("name")
                words = name.raw if isinstance(name, Scalar) else ""
                found.append(Example(day.first, plain(profile), verdict, words, mapping.mark))
        return tuple(found)
