"""Read ``places.yml``."""

from __future__ import annotations

from eligibility.model import Place
from eligibility.reading import Reader
from yamlsource import Mapping, Node

_PROVINCE = ("name", "names", "seat")


def read_places(reader: Reader, node: Node | None) -> dict[str, Place]:
    """Return regions and provinces by id."""
    places: dict[str, Place] = {}
    root = reader.mapping(node, "places.yml")
    for key, value in root.pairs if root else ():
        region = reader.mapping(value, f"the region {key.raw}")
        if region is None or key.value == "sources":
            continue
        reader.keys(region, f"the region {key.raw}", ("name", "names", "provinces"), ("name",))
        places[key.raw] = _place(reader, key.raw, region, None)
        inside = reader.mapping(region.get("provinces"), f"the provinces of {key.raw}")
        for id_node, below in inside.pairs if inside else ():
            province = reader.mapping(below, f"the province {id_node.raw}")
            if province is None:
                continue
            reader.keys(province, f"the province {id_node.raw}", _PROVINCE, ("name",))
            if id_node.raw in places:
                reader.error(id_node, f"the place {id_node.raw} is there twice")
            places[id_node.raw] = _place(reader, id_node.raw, province, key.raw)
    return places


def _place(reader: Reader, id: str, node: Mapping, region: str | None) -> Place:
    name = reader.texts(node.get("name"), f"the name of {id}") or {}
    names = reader.words(node.get("names"), f"the names of {id}")
    return Place(id, name, names, region, _seat(reader, id, node.get("seat")))


def _seat(reader: Reader, id: str, node: Node | None) -> tuple[float, float] | None:
    if node is None:
        return None
    what = f"the seat of {id}"
    numbers = [reader.number(item, what) for item in reader.items(node, what)]
    latitude, longitude = numbers if len(numbers) == 2 else (None, None)
    if latitude is None or longitude is None:
        reader.error(node, f"{what} must be latitude and longitude, such as [34.033, -5.000]")
    elif abs(latitude) > 90 or abs(longitude) > 180:
        reader.error(node, f"{what} lies outside the earth: latitude first, then longitude")
    else:
        return latitude, longitude
    return None
