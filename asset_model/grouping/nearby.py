"""The sightings around a place, nearest first, from a grid of squares."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import cos, floor, radians

from asset_model.grouping.sightings import METRES_PER_DEGREE, Sighting, metres_between

CANDIDATES_MAX = 200
"""Of a crowd larger than this the nearest are compared: more would only be slower."""


class Grid:
    """Sightings by square of `reach_m`, so that those within reach lie in nine squares."""

    def __init__(self, reach_m: float, *, latitude: float) -> None:
        self.reach_m = reach_m
        self._north = reach_m / METRES_PER_DEGREE
        self._east = self._north / cos(radians(latitude))
        self._squares: dict[tuple[int, int], list[Sighting]] = defaultdict(list)

    def add(self, sighting: Sighting) -> None:
        self._squares[self._square(sighting)].append(sighting)

    def around(self, sighting: Sighting) -> list[tuple[float, Sighting]]:
        """(metres, sighting) of those within reach, nearest first, at most `CANDIDATES_MAX`."""
        near = (
            (metres, other)
            for other in self._in_nine(sighting)
            if (metres := metres_between(sighting, other)) <= self.reach_m
        )
        return nearest(near)

    def _in_nine(self, sighting: Sighting) -> Iterator[Sighting]:
        column, row = self._square(sighting)
        for x in (column - 1, column, column + 1):
            for y in (row - 1, row, row + 1):
                yield from self._squares.get((x, y), ())

    def _square(self, sighting: Sighting) -> tuple[int, int]:
        return floor(sighting.lon / self._east), floor(sighting.lat / self._north)


def nearest(measured: Iterable[tuple[float, Sighting]]) -> list[tuple[float, Sighting]]:
    return sorted(measured, key=lambda pair: (pair[0], pair[1].id))[:CANDIDATES_MAX]
