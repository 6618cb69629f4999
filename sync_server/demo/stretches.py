"""Streets and their stretches: on the ruled plan first, on the ground once bent."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sync_server.demo.ground import Line, Point, length_m
from sync_server.demo.names import StreetName

Cell = tuple[int, int]
"""(column, row) of a crossing of the grid, counted from the south-west."""
Crossings = dict[Cell, Point]

COLUMNS, ROWS = 16, 13
NORTH_BANK = 6
"""The first row north of the river."""


@dataclass(frozen=True)
class Street:
    """A name with what holds along the whole of it."""

    name: StreetName
    road_class: str = "local"
    speed_kmh: int = 40
    surface: str = "asphalt"
    one_way: bool = False
    first_civic: int = 1
    rural: bool = False


@dataclass(frozen=True)
class Stretch:
    """A street between two nodes, in the direction of its civic numbers."""

    street: Street
    start: str
    end: str
    line: Line
    north: bool
    kind: str = "standard"

    @property
    def length_m(self) -> float:
        return length_m(self.line)


def node_of(cell: Cell) -> str:
    return f"N{cell[0]:02}{cell[1]:02}"


def connected(stretches: Iterable[Stretch]) -> bool:
    """Whether one can drive from any node to any other, one-way streets apart."""
    neighbours: dict[str, list[str]] = defaultdict(list)
    for stretch in stretches:
        neighbours[stretch.start].append(stretch.end)
        neighbours[stretch.end].append(stretch.start)
    seen: set[str] = set()
    ahead = list(neighbours)[:1]
    while ahead:
        node = ahead.pop()
        if node not in seen:
            seen.add(node)
            ahead += neighbours[node]
    return len(seen) == len(neighbours)
