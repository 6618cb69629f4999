"""Distances and nearest points, light enough for a tablet. Positions are (longitude, latitude)."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import asin, atan2, cos, degrees, radians, sin, sqrt
from typing import Any

EARTH_RADIUS_M = 6_371_008.8
"""The mean radius (IUGG). On a sphere, distances in a town are right within 0.5 %."""

Position = Sequence[float]


def distance_m(one: Position, other: Position) -> float:
    """The great-circle distance between two positions, in metres (haversine)."""
    west, south, east, north = map(radians, (one[0], one[1], other[0], other[1]))
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(sqrt(half))


def bearing_of(start: Position, end: Position) -> float:
    """The way from one position to another, in degrees clockwise from north; flat, for a town."""
    across = (end[0] - start[0]) * cos(radians(start[1]))
    return degrees(atan2(across, end[1] - start[1])) % 360


def parts(geometry: dict[str, Any]) -> Iterator[list[Position]]:
    """The runs of positions that make a geometry: one per line or ring."""
    coordinates = geometry["coordinates"]
    match geometry["type"]:
        case "Point":
            yield [coordinates]
        case "LineString":
            yield coordinates
        case "Polygon" | "MultiLineString":
            yield from coordinates
        case kind:
            raise ValueError(f"geometry of type {kind!r} is not stored here")


def bounds(geometry: dict[str, Any]) -> tuple[float, float, float, float]:
    """(west, south, east, north), in degrees."""
    every = [position for part in parts(geometry) for position in part]
    longitudes, latitudes = [p[0] for p in every], [p[1] for p in every]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def middle(geometry: dict[str, Any]) -> tuple[float, float]:
    """A position on the geometry, half-way along its first part: where to put a mark."""
    line = next(parts(geometry))
    stretches = list(pairwise(line))
    left = sum(distance_m(start, end) for start, end in stretches) / 2
    for start, end in stretches:
        length = distance_m(start, end)
        if length and left <= length:
            share = left / length
            return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
        left -= length
    return line[0][0], line[0][1]
