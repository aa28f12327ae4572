"""Read ``implies`` of ``facts.yml``."""

from __future__ import annotations

from typing import Any

from eligibility.facts import Fact, FormError
from eligibility.problems import did_you_mean
from eligibility.reading import Reader, plain
from eligibility.rules import Consequence, Implication
from eligibility.values import Members
from yamlsource import Node, Sequence


def read_implications(
    reader: Reader, node: Node | None, facts: dict[str, Fact]
) -> list[Implication]:
    """Return the rules of what follows from what."""
    found = []
    for item in reader.items(node, "implies"):
        mapping = reader.mapping(item, "an implication")
        if mapping is None:
            continue
        allowed = ("when", "then", "note", "source")
        reader.keys(mapping, "an implication", allowed, ("when", "then"))
        when = _tests(reader, mapping.get("when"), facts, "when")
        then = _tests(reader, mapping.get("then"), facts, "then")
        if when and then:
            found.append(Implication(tuple(when), tuple(then), item.mark))
    return found


def _tests(
    reader: Reader, node: Node | None, facts: dict[str, Fact], what: str
) -> list[Consequence] | None:
    """Read ``fact: test`` pairs; a list of such mappings means all of them."""
    found: list[Consequence] = []
    for part in node.items if isinstance(node, Sequence) else (node,):
        mapping = reader.mapping(part, f"{what} of an implication")
        for key, value in mapping.pairs if mapping else ():
            fact = facts.get(key.raw)
            if fact is None:
                reader.error(key, f"“{key.raw}” is no fact{did_you_mean(key.raw, facts)} (an "
                                  "implication takes facts only: write one for each case)")  # fmt: skip
                continue
            try:
                found.append(_consequence(fact, plain(value), what))
            except FormError as error:
                reader.form_error(value, error)
    return found or None


def _consequence(fact: Fact, form: Any, what: str) -> Consequence:
    if fact.type != "set":
        return Consequence(fact.id, fact.read(form))
    if what == "then":
        return Consequence(fact.id, fact.read_members(form))
    named = fact.elements(form)
    if len(named) != 1:
        raise FormError("in an implication, a set is tested for one value: write one for each")
    return Consequence(fact.id, Members(named, fact.domain.possible))  # type: ignore[union-attr]
