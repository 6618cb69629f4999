"""The nearest of many lines to a place, by a grid of cells, quick enough for a tablet."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import floor
from typing import Any

from asset_model.geometry import Position, parts
from asset_model.linear.ruler import OnLine, Ruler, metres_per_degree

CELL_M = 60.0


@dataclass(frozen=True)
class Nearest:
    """The line that a place lies by, and where along it."""

    name: str
    on_line: OnLine


class Lines:
    """Lines by name, in cells as large as a house lot is deep; laid out at one latitude."""

    def __init__(self, geometries: Mapping[str, dict[str, Any]]) -> None:
        self._geometries = geometries
        self._rulers: dict[str, Ruler] = {}
        self._cells: dict[tuple[int, int], set[str]] = defaultdict(set)
        first = next(iter(geometries.values()), None)
        latitude = next(parts(first))[0][1] if first else 0.0
        self._per_east, self._per_north = metres_per_degree(latitude)
        for name, geometry in geometries.items():
            for part in parts(geometry):
                for start, end in pairwise(part):
                    for cell in self._crossed(start, end):
                        self._cells[cell].add(name)

    def nearest(self, position: Position, *, within_m: float) -> Nearest | None:
        """The nearest line no farther than `within_m`; of two as near, the first by name."""
        best: Nearest | None = None
        reach = 0
        seen: set[str] = set()
        # A ring of cells farther out can hold nothing nearer than the rings already looked at.
        while best is None or best.on_line.offset_m > (reach - 1) * CELL_M:
            if (reach - 1) * CELL_M > within_m:
                break
            for name in sorted(self._ring(position, reach) - seen):
                found = self.ruler(name).locate(position)
                if best is None or found.offset_m < best.on_line.offset_m:
                    best = Nearest(name, found)
                seen.add(name)
            reach += 1
        return best if best and best.on_line.offset_m <= within_m else None

    def ruler(self, name: str) -> Ruler:
        if name not in self._rulers:
            self._rulers[name] = Ruler(self._geometries[name])
        return self._rulers[name]

    def _ring(self, position: Position, reach: int) -> set[str]:
        column, row = self._cell(position)
        names: set[str] = set()
        for x in range(column - reach, column + reach + 1):
            rows = (
                range(row - reach, row + reach + 1)
                if abs(x - column) == reach
                else (row - reach, row + reach)
            )
            for y in rows:
                names |= self._cells.get((x, y), set())
        return names

    def _cell(self, position: Position) -> tuple[int, int]:
        east, north = position[0] * self._per_east, position[1] * self._per_north
        return floor(east / CELL_M), floor(north / CELL_M)

    def _crossed(self, start: Position, end: Position) -> Iterator[tuple[int, int]]:
        """The cells of a stretch, and for a long one a few beside it; never fewer."""
        (west, south), (east, north) = self._cell(start), self._cell(end)
        pieces = 2 * max(abs(east - west), abs(north - south))
        if pieces <= 2:
            for x in range(min(west, east), max(west, east) + 1):
                for y in range(min(south, north), max(south, north) + 1):
                    yield x, y
            return
        before = start
        for piece in range(1, pieces + 1):
            share = piece / pieces
            after = tuple(a + (b - a) * share for a, b in zip(start, end, strict=False))
            yield from self._crossed(before, after)
            before = after
