"""What follows from what: the rules of ``facts.yml`` in the form inference uses."""

from __future__ import annotations

from dataclasses import dataclass

from eligibility.values import Knowledge
from yamlsource import Mark


@dataclass(frozen=True, eq=False)
class Consequence:
    """A fact and the values a rule speaks of."""

    fact: str
    values: Knowledge


@dataclass(frozen=True, eq=False)
class Implication:
    """When every ``when`` holds, every ``then`` holds; so if a ``then`` fails, a ``when`` does."""

    when: tuple[Consequence, ...]
    then: tuple[Consequence, ...]
    mark: Mark
