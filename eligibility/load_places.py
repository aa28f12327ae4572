"""Read ``places.yml``."""

from __future__ import annotations

from eligibility.model import Place
from eligibility.reading import Reader
from yamlsource import Mapping, Node


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
            reader.keys(province, f"the province {id_node.raw}", ("name", "names"), ("name",))
            if id_node.raw in places:
                reader.error(id_node, f"the place {id_node.raw} is there twice")
            places[id_node.raw] = _place(reader, id_node.raw, province, key.raw)
    return places


def _place(reader: Reader, id: str, node: Mapping, region: str | None) -> Place:
    name = reader.texts(node.get("name"), f"the name of {id}") or {}
    return Place(id, name, reader.words(node.get("names"), f"the names of {id}"), region)
