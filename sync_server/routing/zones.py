"""Zones of a book: polygons with names."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

Ring = Sequence[Sequence[float]]
Rings = Sequence[Ring]


@dataclass(frozen=True)
class Zone:
    """`rings` of all its parts, outer and inner: inside is inside an odd number of them.

    A place on the border between two zones is in one of them.
    """

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
        if (y1 > y) != (y2 > y) and x < _at(y, x1, y1, x2, y2):
            odd = not odd
    return odd


def _at(y: float, x1: float, y1: float, x2: float, y2: float) -> float:
    """Where an edge is at that latitude: the same number in whichever direction it is drawn."""
    if y1 > y2:
        x1, y1, x2, y2 = x2, y2, x1, y1
    return (x2 - x1) * (y - y1) / (y2 - y1) + x1
