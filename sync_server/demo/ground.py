"""The ground the town stands on: streets are laid in plane metres, then bent, turned and placed."""

from itertools import pairwise
from math import cos, hypot, radians, sin
from random import Random
from typing import Any

from asset_model.geometry import EARTH_RADIUS_M

Point = tuple[float, float]
"""(east, north), in metres from the town's south-west corner."""
Line = tuple[Point, ...]

LONGITUDE, LATITUDE = -74.1350, 46.4620
"""Of the corner: woods and hills of the Laurentides, where there is no such town."""

BOUNDS = (-74.17, 46.44, -74.08, 46.50)
"""West, south, east, north: nothing of the town lies outside."""

_TURN = radians(11)
_METRES_PER_DEGREE = radians(1) * EARTH_RADIUS_M


def chance(seed: int, part: str) -> Random:
    """The dice of one part of the town: a part that throws more does not change the others."""
    return Random(f"{seed}/{part}")  # noqa: S311 -- a plausible town, not a secret


def bent(point: Point) -> Point:
    """Where a point of the ruled plan ends up on the ground: a valley bends its streets."""
    x, y = point
    east = x + 45 * sin(y / 420) + 16 * sin(x / 260 + 1)
    north = y + 60 * sin(x / 650 + 0.6) + 12 * sin(y / 300)
    return east * cos(_TURN) - north * sin(_TURN), east * sin(_TURN) + north * cos(_TURN)


def straight(start: Point, end: Point, *, pieces: int = 3) -> Line:
    """A line that is straight on the plan; with its middle points it bends with the ground."""
    steps = [piece / pieces for piece in range(pieces + 1)]
    return tuple(
        (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
        for share in steps
    )


def length_m(line: Line) -> float:
    return sum(_stretch_m(start, end) for start, end in pairwise(line))


def beside(line: Line, at_m: float, *, right_m: float = 0) -> Point:
    """The point `at_m` along the line and `right_m` to its right (to its left when negative)."""
    left_m = max(0.0, min(at_m, length_m(line)))
    for start, end in pairwise(line):
        stretch_m = _stretch_m(start, end)
        if left_m <= stretch_m or end == line[-1]:
            break
        left_m -= stretch_m
    east, north = (end[0] - start[0]) / stretch_m, (end[1] - start[1]) / stretch_m
    return (
        start[0] + east * left_m + north * right_m,
        start[1] + north * left_m - east * right_m,
    )


def line_geometry(line: Line) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": [_position(point) for point in line]}


def point_geometry(point: Point) -> dict[str, Any]:
    return {"type": "Point", "coordinates": _position(point)}


def box_geometry(corner: Point, *, wide_m: float, deep_m: float) -> dict[str, Any]:
    """A building's outline, square to the streets before they are bent."""
    x, y = corner
    ring = [(x, y), (x + wide_m, y), (x + wide_m, y + deep_m), (x, y + deep_m), (x, y)]
    return {"type": "Polygon", "coordinates": [[_position(bent(point)) for point in ring]]}


def _position(point: Point) -> list[float]:
    """GeoJSON's longitude and latitude; six decimals are a decimetre."""
    latitude = LATITUDE + point[1] / _METRES_PER_DEGREE
    longitude = LONGITUDE + point[0] / (_METRES_PER_DEGREE * cos(radians(LATITUDE)))
    return [round(longitude, 6), round(latitude, 6)]


def _stretch_m(start: Point, end: Point) -> float:
    return hypot(end[0] - start[0], end[1] - start[1])
