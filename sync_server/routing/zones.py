"""Zones of a book: polygons with names, out of a GeoJSON that lies beside it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from gis.problems import refuse
from gis.toml_files import no_file

Ring = Sequence[Sequence[float]]
Rings = Sequence[Ring]


@dataclass(frozen=True)
class Zone:
    """`rings` of all its parts, outer and inner: inside is inside an odd number of them."""

    name: str
    rings: Rings

    @cached_property
    def box(self) -> tuple[float, float, float, float]:
        points = [point for ring in self.rings for point in ring]
        longitudes, latitudes = [p[0] for p in points], [p[1] for p in points]
        return min(longitudes), min(latitudes), max(longitudes), max(latitudes)

    def holds(self, longitude: float, latitude: float) -> bool:
        west, south, east, north = self.box
        if not (west <= longitude <= east and south <= latitude <= north):
            return False
        return sum(_inside(ring, longitude, latitude) for ring in self.rings) % 2 == 1


def _inside(ring: Ring, x: float, y: float) -> bool:
    """Whether a ray to the east crosses the ring an odd number of times."""
    odd = False
    for (x1, y1, *_), (x2, y2, *_) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd


def zones_of(told: Any, folder: Path) -> list[dict[str, Any]]:
    """The zones that ``zones = {file = "secteurs.geojson", name = "NOM"}`` names, as they are kept.

    :raises ImportRefused: the file is missing or holds no polygon with that name
    """
    if not told:
        return []
    if isinstance(told, list):
        return told
    path = folder / str(told.get("file"))
    if not path.is_file():
        raise no_file(path)
    try:
        features = json.loads(path.read_text("utf-8-sig"))["features"]
        found = [_kept(each, str(told.get("name", "name"))) for each in features]
    except (ValueError, KeyError, TypeError) as error:
        raise refuse("file_unreadable", path=path, why=error) from None
    return found


def _kept(feature: dict[str, Any], name: str) -> dict[str, Any]:
    shape = feature["geometry"]
    parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    if shape["type"] not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"{shape['type']} is not a polygon")
    return {"name": feature["properties"][name], "rings": [ring for part in parts for ring in part]}
