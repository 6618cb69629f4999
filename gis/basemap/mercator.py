"""The web's map projection: a place on a square that is 1 wide, and 256 * 2**zoom pixels."""

from collections.abc import Sequence
from math import asinh, atan, degrees, pi, radians, sinh, tan

TILE_PX = 256
LATITUDE_MAX = 85.051128
"""Where the square ends (EPSG:3857)."""


def world(longitude: float, latitude: float) -> tuple[float, float]:
    """(x, y) on the square: 0 to 1 from west to east and from north to south."""
    held = max(-LATITUDE_MAX, min(LATITUDE_MAX, latitude))
    return (longitude + 180.0) / 360.0, (1.0 - asinh(tan(radians(held))) / pi) / 2.0


def longitude_latitude(x: float, y: float) -> tuple[float, float]:
    return x * 360.0 - 180.0, degrees(atan(sinh(pi * (1.0 - 2.0 * y))))


def flat(positions: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """A line of (longitude, latitude) as x, y, x, y, ... on the square."""
    return tuple(value for place in positions for value in world(place[0], place[1]))


def pixels(zoom: int) -> int:
    """How many pixels the square is wide at a zoom."""
    return TILE_PX << zoom
