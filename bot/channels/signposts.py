"""What a link (``?start=fes``) or a position on the map points to, for any channel."""

from __future__ import annotations

import json
from math import asin, cos, radians, sin, sqrt

from eligibility import Catalogue

EARTH_KM = 6371.0
FAR_KM = 120.0
"""Beyond this distance from every province's seat a position is not taken for a place of ours."""


class Signposts:
    """Points into a catalogue.

    Args:
        catalogue: The one the assistant answers from.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def link(self, name: str) -> str | None:
        """Return the payload for what ``name`` is the id of; None where there is no such thing."""
        name = name.lower()
        known = self._catalogue
        for kind, ids in (
            ("programme", known.programmes),
            ("scheme", known.schemes),
            ("institution", known.institutions),
        ):
            if name in ids:
                return _payload("ask_scheme", kind, name)
        return _payload("inform", "near", name) if name in known.places else None

    def position(self, latitude: float, longitude: float) -> str | None:
        """Return the payload for the province whose seat is nearest; None far from all."""
        seats = [
            (_kilometres((latitude, longitude), place.seat), place.id)
            for place in self._catalogue.places.values()
            if place.seat is not None
        ]
        distance, nearest = min(seats, default=(FAR_KM, ""))
        return _payload("ask_place", "near", nearest) if distance < FAR_KM else None


def _payload(intent: str, entity: str, value: str) -> str:
    return f"/{intent}{json.dumps({entity: value})}"


def _kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the great-circle distance of two positions in degrees."""
    (north, east), (north2, east2) = (map(radians, position) for position in (one, other))
    across = sin((north2 - north) / 2) ** 2
    along = cos(north) * cos(north2) * sin((east2 - east) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, across + along)))
