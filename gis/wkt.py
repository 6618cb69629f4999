"""Shapes as WKT that loses nothing: every number as its shortest exact form."""

from collections.abc import Sequence
from typing import Any

from gis.features import Geometry


def exact_wkt(geometry: Geometry) -> str:
    """The WKT of a GeoJSON point, line, polygon, or several of one kind."""
    kind, coordinates = geometry["type"], geometry["coordinates"]
    depth = {"Point": 0, "LineString": 1, "MultiPoint": 1, "MultiPolygon": 3}.get(kind, 2)
    if depth == 0:
        return f"POINT ({_position(coordinates)})"
    return f"{kind.upper()} {_nested(coordinates, depth)}"


def _nested(coordinates: Sequence[Any], depth: int) -> str:
    each = (
        map(_position, coordinates) if depth == 1 else (_nested(c, depth - 1) for c in coordinates)
    )
    return f"({', '.join(each)})"


def _position(position: Sequence[float]) -> str:
    return f"{float(position[0])!r} {float(position[1])!r}"
