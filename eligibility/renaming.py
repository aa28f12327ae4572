"""Facts and schemes that were called otherwise once: what was stored of people follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Renamed:
    """Former ids and what they are called now.

    Attributes:
        facts: By ``renamed`` of ``facts.yml``.
        schemes: By ``formerly`` of scheme files.
    """

    facts: Mapping[str, str] = field(default_factory=dict)
    schemes: Mapping[str, str] = field(default_factory=dict)

    def fact(self, id: str) -> str:
        """Return what a fact is called now."""
        return self.facts.get(id, id)

    def scheme(self, id: str) -> str:
        """Return what a scheme is called now."""
        return self.schemes.get(id, id)

    def profile(self, profile: Mapping[str, Any]) -> dict[str, Any]:
        """Return a profile under today's ids; a fact stated under both ids keeps the newer."""
        followed = {self.fact(id): value for id, value in profile.items() if id in self.facts}
        return followed | {id: value for id, value in profile.items() if id not in self.facts}

    def members(self, value: Any) -> Any:
        """Return the value of a set of schemes under today's ids, whatever its form."""
        if isinstance(value, str):
            return self.scheme(value)
        if isinstance(value, Mapping):
            return {key: self.members(part) for key, part in value.items()}
        if isinstance(value, (list, tuple)):
            return list(dict.fromkeys(map(self.members, value)))
        return value
