"""What grew around the grid: crescents, dead ends into the woods, and the roads out of town."""

from collections.abc import Iterator
from dataclasses import replace
from math import cos, radians, sin
from random import Random

from sync_server.demo import names
from sync_server.demo.ground import Point, straight
from sync_server.demo.stretches import (
    COLUMNS,
    NORTH_BANK,
    ROWS,
    Crossings,
    Street,
    Stretch,
    node_of,
)

TOP = ROWS - 1
CRESCENT_CORNERS = ((3, 0), (9, 0), (4, TOP), (10, TOP))
CRESCENT_DEPTH_M = 110
DEAD_ENDS = 18

# Corners of the edges that a crescent, the river or a rural road leaves free.
SOUTH_FREE = (1, 2, 5, 6, 8, 12, 13, 14)
NORTH_FREE = (1, 2, 3, 6, 8, 9, 12, 13, 14)
WEST_FREE = (0, 1, 2, 4, 7, 8, 9, 10, 11, 12)
EAST_FREE = (0, 1, 2, 3, 4, 7, 8, 10, 11, 12)

PIECE_M = 85
PIECES_PER_STRETCH = 4


def crescents(crossings: Crossings) -> Iterator[Stretch]:
    """Loops beyond the southern and northern edges, each from one corner to the next."""
    for name, (i, j) in zip(names.CRESCENTS, CRESCENT_CORNERS, strict=True):
        (x0, y0), (x1, y1) = crossings[i, j], crossings[i + 1, j]
        height = CRESCENT_DEPTH_M if j else -CRESCENT_DEPTH_M
        top, middle = ((x0 + x1) / 2, (y0 + y1) / 2 + height), f"C{i:02}{j:02}"
        up = ((x0, y0), (x0 + 4, y0 + height * 0.6), (x0 + 18, y0 + height * 0.9), top)
        down = (top, (x1 - 18, y1 + height * 0.9), (x1 - 4, y1 + height * 0.6), (x1, y1))
        street, north = Street(name), j >= NORTH_BANK
        yield Stretch(street, node_of((i, j)), middle, up, north)
        yield Stretch(street, middle, node_of((i + 1, j)), down, north)


def dead_ends(crossings: Crossings, random: Random) -> Iterator[Stretch]:
    """Short streets outwards from corners of the edges."""
    free = [
        *(((i, 0), (0, -1)) for i in SOUTH_FREE),
        *(((i, TOP), (0, 1)) for i in NORTH_FREE),
        *(((0, j), (-1, 0)) for j in WEST_FREE),
        *(((COLUMNS - 1, j), (1, 0)) for j in EAST_FREE),
    ]
    corners = random.sample(free, DEAD_ENDS)
    for name, (cell, (eastward, northward)) in zip(names.DEAD_ENDS, corners, strict=True):
        (x, y), reach_m = crossings[cell], random.randint(85, 150)
        end = (x + eastward * reach_m, y + northward * reach_m)
        node = f"I{node_of(cell)[1:]}{'' if eastward else 'N'}"
        line, north = straight((x, y), end), cell[1] >= NORTH_BANK
        street = Street(name, speed_kmh=30)
        yield Stretch(street, node_of(cell), node, line, north, "round_dead_end")


def rural_roads(crossings: Crossings, random: Random) -> Iterator[Stretch]:
    """Four roads out of town, and one from the road of the lake to the cottages."""
    paved = Street(names.RURAL["east"], "minor_collector", 70, first_civic=1001, rural=True)
    gravel = replace(paved, road_class="local", speed_kmh=50, surface="gravel")
    ways = (
        ("north", paved, (7, TOP), 82, 5),
        ("west", gravel, (0, 3), 184, 6),
        ("south", gravel, (7, 0), 262, 5),
    )
    lake_start = (COLUMNS - 1, 9)
    start = (node_of(lake_start), crossings[lake_start])
    lake = list(_walk(paved, "east", start, 8, 7, random, north=True))
    yield from lake
    for side, street, cell, heading, count in ways:
        named = replace(street, name=names.RURAL[side])
        start, north = (node_of(cell), crossings[cell]), cell[1] >= NORTH_BANK
        yield from _walk(named, side, start, heading, count, random, north=north)
    cottages = replace(gravel, name=names.RURAL["cottages"], speed_kmh=30, first_civic=1)
    shore = (lake[3].end, lake[3].line[-1])
    yield from _walk(cottages, "cottages", shore, 95, 5, random, north=True)


def _walk(
    street: Street,
    side: str,
    start: tuple[str, Point],
    heading: float,
    count: int,
    random: Random,
    *,
    north: bool,
) -> Iterator[Stretch]:
    """A road that winds away from a node, towards `heading` degrees from the east."""
    node, point = start
    for number in range(1, count + 1):
        line = [point]
        for _ in range(PIECES_PER_STRETCH):
            turned = radians(heading + random.uniform(-20, 20))
            point = (point[0] + PIECE_M * cos(turned), point[1] + PIECE_M * sin(turned))
            line.append(point)
        end = f"{side}{number:02}"
        yield Stretch(street, node, end, tuple(line), north)
        node = end
