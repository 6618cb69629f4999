"""What the map shows of an asset: its kind, its name, and its lines on the web's square."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from asset_model.geometry import parts
from gis.basemap.mercator import flat

TELLING = {"road_segment": "road_class", "pipe": "network"}
"""The attribute that decides, within a class, how a feature is drawn."""

Box = tuple[float, float, float, float]
"""West, north, east, south on the square."""


@dataclass(frozen=True)
class Feature:
    """`lines`: x, y, x, y, ... on the square; a point is a line of one place."""

    id: str
    kinds: tuple[str, ...]
    """The most particular first, as in `road_segment.local`, `road_segment`."""
    name: str
    lines: tuple[tuple[float, ...], ...]
    one_way: bool = False

    @cached_property
    def box(self) -> Box:
        across = [x for line in self.lines for x in line[::2]]
        down = [y for line in self.lines for y in line[1::2]]
        return min(across), min(down), max(across), max(down)

    @cached_property
    def digest(self) -> bytes:
        """Of all that is drawn of it by itself; its name is drawn as a label."""
        told = repr((self.id, self.kinds, self.lines, self.one_way))
        return hashlib.blake2b(told.encode(), digest_size=12).digest()


def feature_of(
    id: str,
    class_code: str,
    name: str,
    geometry: Mapping[str, Any],
    attributes: Mapping[str, Any],
) -> Feature:
    """An asset as the map sees it; `geometry` is GeoJSON as assets hold it."""
    telling = attributes.get(TELLING.get(class_code, ""))
    kinds = (f"{class_code}.{telling}", class_code) if telling else (class_code,)
    return Feature(
        id=id,
        kinds=kinds,
        name=name,
        lines=tuple(flat(part) for part in parts(dict(geometry))),
        one_way=bool(attributes.get("one_way")),
    )
