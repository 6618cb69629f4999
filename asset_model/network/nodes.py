"""Nodes by their names and their places: where ends of pipes touch, there is one node."""

from collections.abc import Iterable, Iterator
from math import hypot
from typing import Any

from asset_model.geometry import Position, parts
from asset_model.linear.ruler import metres_per_degree

TOUCHING_M = 0.5
"""Ends of pipes as near as this are one node."""


class NodePlaces:
    """The nodes of pipes (rows with `attributes` and `geometry`): named by them, or by place."""

    def __init__(self, pipes: Iterable[Any]) -> None:
        self._cells: dict[tuple[int, int], list[tuple[Position, str]]] = {}
        self._names: set[str] = set()
        self._scale: tuple[float, float] | None = None
        unnamed = []
        for row in pipes:
            for name, place in _ends(row):
                if name:
                    self._names.add(name)
                    self._keep(place, name)
                else:
                    unnamed.append(place)
        # After the named ones, so that an end without a name joins the node that it touches.
        for place in unnamed:
            if self._found(place, TOUCHING_M) is None:
                self._keep(place, f"{place[0]:.6f},{place[1]:.6f}")

    def ends_of(self, row: Any) -> tuple[str, str]:
        (start, first), (end, last) = _ends(row)
        return start or self._at(first), end or self._at(last)

    def named(self, name: str | None) -> str | None:
        return name if name in self._names else None

    def near(self, row: Any, within_m: float) -> str | None:
        """The node nearest to a point asset."""
        return self._found(row.geometry["coordinates"], within_m)

    def _at(self, place: Position) -> str:
        found = self._found(place, TOUCHING_M)
        assert found is not None
        return found

    def _keep(self, place: Position, name: str) -> None:
        known = self._cells.setdefault(self._cell(place), [])
        if (place, name) not in known:
            known.append((place, name))

    def _found(self, place: Position, within_m: float) -> str | None:
        column, row = self._cell(place)
        reach = int(within_m / TOUCHING_M) + 1
        near = (
            (self._apart_m(place, other), name)
            for x in range(column - reach, column + reach + 1)
            for y in range(row - reach, row + reach + 1)
            for other, name in self._cells.get((x, y), ())
        )
        far_m, name = min(near, default=(within_m, None))
        return name if name is not None and far_m <= within_m else None

    def _apart_m(self, one: Position, other: Position) -> float:
        per_east, per_north = self._metres(one)
        return hypot((one[0] - other[0]) * per_east, (one[1] - other[1]) * per_north)

    def _cell(self, place: Position) -> tuple[int, int]:
        per_east, per_north = self._metres(place)
        return int(place[0] * per_east / TOUCHING_M), int(place[1] * per_north / TOUCHING_M)

    def _metres(self, place: Position) -> tuple[float, float]:
        """One scale for all, that of the first place: cells must not shift with the latitude."""
        if self._scale is None:
            self._scale = metres_per_degree(place[1])
        return self._scale


def _ends(row: Any) -> Iterator[tuple[str | None, Position]]:
    runs = list(parts(row.geometry))
    yield row.attributes.get("from_node"), runs[0][0]
    yield row.attributes.get("to_node"), runs[-1][-1]
