"""What lies nearest to what, in a town: of many at once, where an index of the database asks one
by one.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from math import cos, radians
from typing import Any

import numpy as np
import shapely

EARTH_RADIUS_M = 6_371_008.8
GeoJson = Mapping[str, Any]


class Surroundings:
    """What stands, on a plane that touches the earth at one latitude: right within a town.

    `add` may be called for some at a time: of a thing, its shape is all that is kept.
    """

    def __init__(self, latitude: float) -> None:
        per_degree = radians(1) * EARTH_RADIUS_M
        self._scale = np.array([per_degree * cos(radians(latitude)), per_degree])
        self._shapes: list[Any] = []

    def add(self, geometries: Sequence[GeoJson]) -> None:
        self._shapes.append(_flat(geometries, self._scale))

    @cached_property
    def _tree(self) -> Any:
        return shapely.STRtree(np.concatenate(self._shapes))

    def nearest(self, geometries: Sequence[GeoJson], *, within_m: float) -> list[int | None]:
        """For each geometry which one is nearest, counted as they were added; None when all are
        farther.
        """
        indexes: list[int | None] = [None] * len(geometries)
        if geometries and self._shapes:
            found, nearest = self._tree.query_nearest(
                _flat(geometries, self._scale), max_distance=within_m, all_matches=False
            )
            for place, index in zip(found.tolist(), nearest.tolist(), strict=True):
                indexes[place] = index
        return indexes


def nearest_of(
    geometries: Sequence[GeoJson], *, among: Sequence[GeoJson], within_m: float
) -> list[int | None]:
    """For each geometry the index of the nearest one of `among`; None when all are farther."""
    if not geometries or not among:
        return [None] * len(geometries)
    around = Surroundings(latitude_of(geometries[0]))
    around.add(among)
    return around.nearest(geometries, within_m=within_m)


def latitude_of(geometry: GeoJson) -> float:
    return float(shapely.geometry.shape(geometry).centroid.y)


def _flat(geometries: Sequence[GeoJson], scale: Any) -> Any:
    """Points and lines straight from their coordinates: a text for each would take most time."""
    kinds = {geometry["type"] for geometry in geometries}
    if kinds == {"Point"}:
        return shapely.points(
            _positions([geometry["coordinates"] for geometry in geometries], scale)
        )
    if kinds == {"LineString"}:
        lines = [geometry["coordinates"] for geometry in geometries]
        owners = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
        return shapely.linestrings(_positions(chain.from_iterable(lines), scale), indices=owners)
    shapes = shapely.from_geojson([json.dumps(geometry) for geometry in geometries])
    return shapely.transform(shapes, lambda positions: positions * scale)


def _positions(positions: Iterable[Sequence[float]], scale: Any) -> Any:
    plane = chain.from_iterable(position[:2] for position in positions)
    return np.fromiter(plane, dtype=float).reshape(-1, 2) * scale
