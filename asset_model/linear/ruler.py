"""A ruler: a line with its measures, and the way from a place to a measure and back.

Metres are those of the WGS 84 ellipsoid, by its two radii at the middle of each stretch: within a
town that is the geodesic to a few parts in a million, and needs no more than a square root.
"""

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians, sin
from typing import Any, Literal

from asset_model.geometry import Position, parts

SEMI_MAJOR_M = 6_378_137.0
ECCENTRICITY_2 = 0.006_694_379_990_141_33

Side = Literal["left", "right", "on"]
ON_THE_LINE_M = 0.05


@dataclass(frozen=True)
class OnLine:
    """A place told by its line: how far along it, how far from it, and on which hand."""

    measure_m: float
    offset_m: float
    side: Side


class Ruler:
    """`stretches` are (from measure, start, end); the parts of a broken line follow on."""

    def __init__(self, geometry: dict[str, Any]) -> None:
        self._stretches: list[tuple[float, Position, Position]] = []
        reached = 0.0
        for part in parts(geometry):
            for start, end in pairwise(part):
                self._stretches.append((reached, start, end))
                reached += stretch_m(start, end)
        if not self._stretches:
            raise ValueError("a line of fewer than two points has no measures")
        self.length_m = reached
        self._starts = [stretch[0] for stretch in self._stretches]

    def locate(self, position: Position) -> OnLine:
        """The nearest point of the line; of two as near, the one met first."""
        best = OnLine(0.0, float("inf"), "on")
        per_east, per_north = metres_per_degree(position[1])
        for reached, start, end in self._stretches:
            ex, ey = (end[0] - start[0]) * per_east, (end[1] - start[1]) * per_north
            px, py = (position[0] - start[0]) * per_east, (position[1] - start[1]) * per_north
            length = ex * ex + ey * ey
            share = 0.0 if length == 0 else max(0.0, min(1.0, (px * ex + py * ey) / length))
            offset_m = hypot(px - share * ex, py - share * ey)
            if offset_m < best.offset_m:
                measure_m = reached + share * stretch_m(start, end)
                best = OnLine(measure_m, offset_m, _side(ex * py - ey * px, offset_m))
        return best

    def at(self, measure_m: float) -> tuple[float, float]:
        """The place at a measure; measures beyond an end are that end."""
        index = max(0, bisect_left(self._starts, measure_m) - 1)
        reached, start, end = self._stretches[index]
        length = stretch_m(start, end)
        share = 0.0 if length == 0 else max(0.0, min(1.0, (measure_m - reached) / length))
        return _between(start, end, share)

    def beside(self, measure_m: float, offset_m: float, side: Side) -> tuple[float, float]:
        """The place at a measure and so far to a side of it, square to the line there."""
        index = max(0, bisect_left(self._starts, measure_m) - 1)
        _, start, end = self._stretches[index]
        longitude, latitude = self.at(measure_m)
        per_east, per_north = metres_per_degree(latitude)
        ex, ey = (end[0] - start[0]) * per_east, (end[1] - start[1]) * per_north
        length = hypot(ex, ey)
        if side == "on" or length == 0:
            return longitude, latitude
        hand = offset_m / length * (1 if side == "left" else -1)
        return longitude - ey * hand / per_east, latitude + ex * hand / per_north

    def bends(self) -> list[tuple[float, tuple[float, float]]]:
        """The corners between its ends, each with its measure."""
        return [(reached, (start[0], start[1])) for reached, start, _ in self._stretches[1:]]

    def cut(self, from_m: float, to_m: float) -> list[tuple[float, float]]:
        """The line between two measures, with its bends."""
        bends = [bend for measure_m, bend in self.bends() if from_m < measure_m < to_m]
        return [self.at(from_m), *bends, self.at(to_m)]


def metres_per_degree(latitude: float) -> tuple[float, float]:
    """(east, north): how many metres a degree is at a latitude, on the ellipsoid."""
    root = 1 - ECCENTRICITY_2 * sin(radians(latitude)) ** 2
    across = SEMI_MAJOR_M / root**0.5
    along = across * (1 - ECCENTRICITY_2) / root
    return radians(1) * across * cos(radians(latitude)), radians(1) * along


def stretch_m(start: Position, end: Position) -> float:
    """The length of a straight stretch of a few kilometres at most."""
    per_east, per_north = metres_per_degree((start[1] + end[1]) / 2)
    return hypot((end[0] - start[0]) * per_east, (end[1] - start[1]) * per_north)


def _side(turn: float, offset_m: float) -> Side:
    if offset_m <= ON_THE_LINE_M:
        return "on"
    return "left" if turn > 0 else "right"


def _between(start: Position, end: Position, share: float) -> tuple[float, float]:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
