"""What lies nearest to what, in a town."""

import json
from collections.abc import Mapping, Sequence
from math import cos, radians
from typing import Any

import numpy as np
import shapely

EARTH_RADIUS_M = 6_371_008.8
GeoJson = Mapping[str, Any]


def nearest_of(
    geometries: Sequence[GeoJson], *, among: Sequence[GeoJson], within_m: float
) -> list[int | None]:
    """For each geometry the index of the nearest one of `among`; None when all are farther.

    On a plane that touches the earth at the first geometry: right within a town.
    """
    if not geometries or not among:
        return [None] * len(geometries)
    seeking, standing = _shapes(geometries), _shapes(among)
    latitude = seeking[0].centroid.y
    tree = shapely.STRtree(_flat(standing, latitude=latitude))
    found, nearest = tree.query_nearest(
        _flat(seeking, latitude=latitude), max_distance=within_m, all_matches=False
    )
    indexes: list[int | None] = [None] * len(geometries)
    for place, index in zip(found.tolist(), nearest.tolist(), strict=True):
        indexes[place] = index
    return indexes


def _shapes(geometries: Sequence[GeoJson]) -> Any:
    """Points and lines straight from their coordinates: a text for each would take most time."""
    kinds = {geometry["type"] for geometry in geometries}
    if kinds == {"Point"}:
        return shapely.points([geometry["coordinates"][:2] for geometry in geometries])
    if kinds == {"LineString"}:
        lines = [geometry["coordinates"] for geometry in geometries]
        owners = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
        return shapely.linestrings([xy[:2] for line in lines for xy in line], indices=owners)
    return shapely.from_geojson([json.dumps(geometry) for geometry in geometries])


def _flat(shapes: Any, *, latitude: float) -> Any:
    per_degree = radians(1) * EARTH_RADIUS_M
    scale = np.array([per_degree * cos(radians(latitude)), per_degree])
    return shapely.transform(shapes, lambda positions: positions * scale)
