"""Read ``places.yml`` and ``facts.yml``."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from eligibility.conditions import Compiler, Condition
from eligibility.facts import (
    DATE_DOMAIN,
    RANGE_KEYS,
    TYPES,
    Choice,
    Derivation,
    Fact,
    FormError,
    number_domain,
)
from eligibility.load_conditions import conditions
from eligibility.load_implications import read_implications
from eligibility.model import GIFT_KINDS, Place
from eligibility.problems import did_you_mean, listed, spell
from eligibility.reading import Reader, plain
from eligibility.rules import Implication
from eligibility.values import Members
from yamlsource import Mapping, Node, Sequence

UNITS = ("years", "months", "days", "dh", "dh_year", "dh_month", "persons", "percent")
_FACTORS = {"percent": 100, "per_million": 1_000_000}
FACTS_KEYS = ("topics", "facts", "implies", "renamed", "sources")
FACT_KEYS = (
    "type", "unit", "range", "integer", "topic", "cost", "prior", "changeable", "attainable",
    "asked", "echo", "ask_if", "derive", "label", "ask", "why", "say", "reads", "choices", "note", "example",
)  # fmt: skip


@dataclass(frozen=True)
class FactBook:
    """Everything ``facts.yml`` says."""

    topics: tuple[str, ...]
    facts: dict[str, Fact]
    implications: tuple[Implication, ...]
    compiler: Compiler
    renamed: dict[str, str] = field(default_factory=dict)


def read_facts(
    reader: Reader, node: Node | None, places: dict[str, Place], scheme_ids: list[str]
) -> FactBook:
    """Return the facts; ``scheme_ids`` are the values of sets that list no choices."""
    root = reader.mapping(node, "facts.yml")
    if root is None:
        return FactBook((), {}, (), Compiler({}))
    reader.keys(root, "facts.yml", FACTS_KEYS, ("facts",))
    topics = reader.words(root.get("topics"), "topics")
    facts: dict[str, Fact] = {}
    nodes: dict[str, Mapping] = {}
    listing = reader.mapping(root.get("facts"), "facts")
    for key, value in listing.pairs if listing else ():
        below = reader.mapping(value, f"the fact {key.raw}")
        if below is not None:
            fact = _fact(reader, key.raw, below, topics, places, scheme_ids)
            if fact is not None:
                facts[key.raw], nodes[key.raw] = fact, below
    for id, fact in facts.items():
        _check_derivation(reader, fact, facts, nodes[id])
    compiler = Compiler(facts)
    for id, below in nodes.items():
        fact = facts[id]
        ask_if: Condition | None = None
        if below.get("ask_if") is not None:
            ask_if = conditions(reader, compiler, below.get("ask_if"), f"ask_if of {id}", None)
        facts[id] = replace(
            fact, ask_if=ask_if, attainable=_attainable(reader, fact, below.get("attainable"))
        )
    implications = tuple(read_implications(reader, root.get("implies"), facts))
    renamed = _renamed(reader, root.get("renamed"), facts)
    return FactBook(topics, facts, implications, compiler, renamed)


def _renamed(reader: Reader, node: Node | None, facts: dict[str, Fact]) -> dict[str, str]:
    """Return former ids of facts with the ids of today."""
    found: dict[str, str] = {}
    listing = reader.mapping(node, "renamed") if node is not None else None
    for key, value in listing.pairs if listing else ():
        new = reader.word(value, f"the new id of {key.raw}")
        if key.raw in facts:
            reader.error(key, f"{key.raw} is renamed and yet there is a fact of that id")
        elif new is not None and new not in facts:
            reader.error(value, f"“{new}” is no fact{did_you_mean(new, facts)}")
        elif new is not None:
            found[key.raw] = new
    return found


def _fact(
    reader: Reader,
    id: str,
    node: Mapping,
    topics: tuple[str, ...],
    places: dict[str, Place],
    scheme_ids: list[str],
) -> Fact | None:
    what = f"the fact {id}"
    reader.keys(node, what, FACT_KEYS, ("type", "label"))
    type_ = reader.choice(node.get("type"), "type of fact", TYPES)
    if type_ is None:
        return None
    topic = reader.word(node.get("topic"), f"the topic of {id}") or ""
    if topic and topic not in topics and (where := node.get("topic")):
        reader.error(where, f"“{topic}” is none of the topics{did_you_mean(topic, topics)}")
    asked = reader.flag(node.get("asked"), f"asked of {id}", default=True)
    if asked and node.get("ask") is None:
        reader.error(node, f"{what} needs “ask” (its question), or asked: false")
    integer = reader.flag(node.get("integer"), f"integer of {id}")
    derive = _derivation(reader, id, node.get("derive"))
    integer = integer or type_ == "date" or bool(derive and derive.kind.endswith("_since"))
    choices = _choices(reader, id, type_, node.get("choices"))
    parents: dict[str, str] = {}
    domain: Any
    if type_ == "number":
        domain = number_domain(_range(reader, node.get("range"), f"the range of {id}"), integer)
        if not domain:
            reader.error(node, f"the range of {id} leaves no value possible")
    elif type_ == "date":
        domain = DATE_DOMAIN
    elif type_ == "place":
        regions = derive is not None and derive.kind == "region_of"
        parents = {} if regions else {p.id: p.region for p in places.values() if p.region}
        domain = frozenset(p.id for p in places.values() if (p.region is None) == regions)
    elif type_ == "set":
        known = [str(choice) for choice in choices]
        if not choices or any(choice in scheme_ids for choice in known):
            known += [scheme for scheme in scheme_ids if scheme not in choices]
        domain = Members(frozenset(), frozenset(known))
    else:
        domain = frozenset(choices)
        if len(choices) < 2:
            reader.error(node, f"{what} needs at least two choices")
    return Fact(
        id=id,
        type=type_,
        domain=domain,
        label=reader.texts(node.get("label"), f"the label of {id}") or {},
        topic=topic,
        unit=reader.choice(node.get("unit"), "unit", UNITS),
        ask=reader.texts(node.get("ask"), f"the question of {id}"),
        why=reader.texts(node.get("why"), f"the reason for asking {id}"),
        say=reader.texts(node.get("say"), f"say of {id}"),
        choices=choices,
        asked=asked,
        echo=reader.flag(node.get("echo"), f"echo of {id}", default=True),
        cost=max(reader.number(node.get("cost"), f"the cost of {id}") or 1.0, 0.1),
        prior=_prior(reader, id, type_, choices, node.get("prior")),
        changeable=reader.flag(node.get("changeable"), f"changeable of {id}"),
        derive=derive,
        integer=integer,
        parents=parents,
        place_names={place.id: place.name for place in places.values()},
    )


def _choices(reader: Reader, id: str, type_: str, node: Node | None) -> dict[Any, Choice]:
    if node is None or type_ in ("number", "date", "place"):
        if node is not None:
            reader.error(node, f"{id} is a {type_}: it has no choices")
        return {True: Choice(), False: Choice()} if type_ == "bool" else {}
    if isinstance(node, Sequence):
        return {word: Choice() for word in reader.words(node, f"the choices of {id}")}
    found: dict[Any, Choice] = {}
    mapping = reader.mapping(node, f"the choices of {id}")
    for key, value in mapping.pairs if mapping else ():
        if isinstance(key.value, bool) != (type_ == "bool"):
            expected = "true and false" if type_ == "bool" else "words"
            reader.error(key, f"the choices of {id} must be {expected}")
            continue
        below = reader.mapping(value, f"the choice {key.raw} of {id}")
        if below is None:
            continue
        what = f"the choice {key.raw} of {id}"
        reader.keys(below, what, ("label", "words", "fits", "note", "about"), ("label",))
        fits = reader.words(below.get("fits"), f"fits of {key.raw}")
        for word in fits:
            if word not in GIFT_KINDS and (where := below.get("fits")):
                reader.error(where, f"“{word}” is no kind of benefit; {listed(GIFT_KINDS)}")
        found[key.value if type_ == "bool" else key.raw] = Choice(
            reader.texts(below.get("label"), f"the label of {key.raw} of {id}"),
            reader.words(below.get("words"), f"the words of {key.raw}"),
            fits,
        )
    if type_ == "bool" and found and set(found) != {True, False}:
        reader.error(node, f"{id} needs the choices true and false")
        return {True: Choice(), False: Choice(), **found}
    return found


def _derivation(reader: Reader, id: str, node: Node | None) -> Derivation | None:
    mapping = reader.mapping(node, f"derive of {id}")
    if mapping is None:
        return None
    kinds = ("years_since", "months_since", "ratio", "region_of")
    reader.keys(mapping, f"derive of {id}", (*kinds, "unit"), ())
    named = [kind for kind in kinds if mapping.get(kind) is not None]
    if len(named) != 1:
        reader.error(mapping, f"derive of {id} needs one of {listed(kinds)}")
        return None
    bases = reader.words(mapping.get(named[0]), f"derive of {id}")
    if len(bases) != (2 if named[0] == "ratio" else 1):
        reader.error(
            mapping, f"{named[0]} needs {'two facts' if named[0] == 'ratio' else 'a fact'}"
        )
        return None
    unit = "percent"
    if mapping.get("unit") is not None:
        unit = reader.choice(mapping.get("unit"), "unit of a ratio", _FACTORS) or unit
    return Derivation(named[0], bases, _FACTORS[unit])


def _check_derivation(reader: Reader, fact: Fact, facts: dict[str, Fact], node: Mapping) -> None:
    if fact.derive is None:
        return
    where = node.get("derive") or node
    expected = {"ratio": "number", "region_of": "place"}.get(fact.derive.kind, "date")
    own = "place" if expected == "place" else "number"
    if fact.type != own:
        reader.error(where, f"{fact.id} is a {fact.type}; {fact.derive.kind} gives a {own}")
    for base in fact.derive.bases:
        if base not in facts:
            reader.error(where, f"“{base}” is no fact{did_you_mean(base, facts)}")
        elif facts[base].type != expected:
            reader.error(where, f"{fact.derive.kind} needs a {expected}; {base} is none")
        elif facts[base].derive is not None:
            reader.error(where, f"{fact.id} follows from {base}, which is itself derived: a cycle "
                                "or a chain; derive it from what is stated")  # fmt: skip


def _range(reader: Reader, node: Node | None, what: str) -> dict[str, float]:
    mapping = reader.mapping(node, what)
    if mapping is None:
        return {}
    reader.keys(mapping, what, RANGE_KEYS, ())
    found = {key.raw: reader.number(value, f"{key.raw} of {what}") for key, value in mapping.pairs}
    return {key: value for key, value in found.items() if value is not None}


def _prior(
    reader: Reader, id: str, type_: str, choices: dict[Any, Choice], node: Node | None
) -> Any:
    if node is None:
        return None
    what = f"the prior of {id}"
    if type_ in ("number", "date"):
        bins = []
        for item in reader.items(node, what):
            row = plain(item)
            numbers = isinstance(row, list) and all(
                isinstance(cell, (int, float)) and not isinstance(cell, bool) for cell in row
            )
            if not numbers or len(row) != 3 or row[0] >= row[1] or row[2] < 0:
                reader.error(item, f"{what} is made of [from, below, weight]")
            else:
                bins.append(tuple(row))
        return tuple(bins) or None
    mapping = reader.mapping(node, what)
    weights: dict[Any, float] = {}
    for key, value in mapping.pairs if mapping else ():
        name = key.value if type_ == "bool" else key.raw
        if choices and name not in choices:
            reader.error(key, f"“{spell(name)}” is no value of {id}{did_you_mean(name, choices)}")
        weight = reader.number(value, f"the weight of {key.raw}")
        if weight is not None and weight < 0:
            reader.error(value, "a weight is not negative")
        elif weight is not None:
            weights[name] = float(weight)
    return weights or None


def _attainable(reader: Reader, fact: Fact, node: Node | None) -> tuple[Any, ...]:
    found = []
    for item in reader.items(node, f"attainable of {fact.id}"):
        form = plain(item)
        try:
            fact.knowledge(form)
        except FormError as error:
            reader.form_error(item, error)
        else:
            found.append(form)
    return tuple(found)
