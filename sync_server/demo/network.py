"""The plan of the streets: a ruled grid north and south of a river, and what grew around it.

Everything is decided on the plan, in metres; the last step bends each stretch with the ground.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate, pairwise
from random import Random

from sync_server.demo import names
from sync_server.demo.ground import bent, chance, straight
from sync_server.demo.names import StreetName
from sync_server.demo.outskirts import crescents, dead_ends, rural_roads
from sync_server.demo.stretches import (
    COLUMNS,
    NORTH_BANK,
    ROWS,
    Cell,
    Crossings,
    Street,
    Stretch,
    connected,
    node_of,
)

RIVER_WIDTH_M = 230
BRIDGES = frozenset(names.UP)
PARKS = ((4, 8), (10, 4))
"""Crossings that were never built: the four blocks around each are one park."""
CLOSED_BLOCKS = 20
"""Local stretches left out, which makes the grid's T-junctions."""
ONE_WAY_COLUMNS = (6, 8)
"""South of the river, on both sides of the rue Principale."""

ROW_CLASSES = {
    1: "minor_collector",
    3: "major_arterial",
    6: "minor_collector",
    9: "minor_arterial",
    11: "minor_collector",
}
COLUMN_CLASSES = {2: "major_collector", 7: "minor_arterial", 12: "major_collector"}


def lay_network(seed: int) -> list[Stretch]:
    """Every stretch, street by street and in the direction of its civic numbers."""
    random = chance(seed, "network")
    crossings = _crossings(random)
    grid = _with_closed_blocks(list(_grid(crossings, random)), random)
    grown = [*crescents(crossings), *dead_ends(crossings, random), *rural_roads(crossings, random)]
    return [
        replace(stretch, line=tuple(bent(point) for point in stretch.line))
        for stretch in (*grid, *grown)
    ]


def _crossings(random: Random) -> Crossings:
    """Where the grid's streets cross: uneven blocks, and a river's width between two rows."""
    wide = [0, *(random.randint(105, 140) for _ in range(COLUMNS - 1))]
    deep = [0, *(random.randint(95, 135) for _ in range(ROWS - 1))]
    deep[NORTH_BANK] = RIVER_WIDTH_M
    east, north = list(accumulate(wide)), list(accumulate(deep))
    return {
        (i, j): (east[i] + random.uniform(-7, 7), north[j] + random.uniform(-7, 7))
        for i in range(COLUMNS)
        for j in range(ROWS)
        if (i, j) not in PARKS
    }


def _grid(crossings: Crossings, random: Random) -> Iterator[Stretch]:
    pool = list(names.STREETS)
    random.shuffle(pool)
    for j in range(ROWS):
        row = [(i, j) for i in range(COLUMNS)]
        for part in [row] if j in names.ACROSS else [row[:8], row[7:]]:
            name = names.ACROSS.get(j) or pool.pop()
            yield from _run(_street(name, ROW_CLASSES.get(j)), part, crossings)
    for i in range(COLUMNS):
        column = [(i, j) for j in range(ROWS)]
        for part in [column] if i in BRIDGES else [column[:NORTH_BANK], column[NORTH_BANK:]]:
            street = _street(names.UP.get(i) or pool.pop(), COLUMN_CLASSES.get(i))
            one_way = i in ONE_WAY_COLUMNS and part[0][1] == 0
            yield from _run(replace(street, one_way=one_way), part, crossings)


def _street(name: StreetName, road_class: str | None) -> Street:
    first_civic = 1 + 100 * (len(name.full) % 4)
    if road_class is None:
        return Street(name, first_civic=first_civic)
    return Street(name, road_class, speed_kmh=50, first_civic=first_civic)


def _run(street: Street, cells: list[Cell], crossings: Crossings) -> Iterator[Stretch]:
    """The street from crossing to crossing; a park interrupts it."""
    for start, end in pairwise(cells):
        if start in crossings and end in crossings:
            line = straight(crossings[start], crossings[end])
            yield Stretch(street, node_of(start), node_of(end), line, start[1] >= NORTH_BANK)


def _with_closed_blocks(grid: list[Stretch], random: Random) -> list[Stretch]:
    """Leave out some local stretches, where nothing is cut off and no corner becomes a dead end."""
    degrees = Counter(node for stretch in grid for node in (stretch.start, stretch.end))
    local = [s for s in grid if s.street.road_class == "local" and not s.street.one_way]
    left = list(grid)
    for stretch in random.sample(local, len(local)):
        if len(grid) - len(left) == CLOSED_BLOCKS:
            break
        rest = [other for other in left if other is not stretch]
        if min(degrees[stretch.start], degrees[stretch.end]) > 3 and connected(rest):
            left = rest
            degrees.subtract((stretch.start, stretch.end))
    return left
