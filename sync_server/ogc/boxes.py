"""A bounding box as a client asks for it: what the database can say of it, and what is exact.

The database compares boxes. A feature whose box lies across the edge of the one asked for may
still lie outside, as a slanting street does: those few are looked at themselves.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sqlalchemy import and_, or_

from asset_model.geometry import Position, parts
from gis.features import Geometry
from sync_server.layers.layer import Edges
from sync_server.ogc.systems import CRS_84, LATITUDE_FIRST, from_degrees, to_degrees

Box = tuple[float, float, float, float]
"""(lowest first, lowest second, highest first, highest second coordinate)."""

POINTS_PER_EDGE = 21


@dataclass(frozen=True)
class Area:
    """`asked` are the boxes in the client's system: two where it spans the 180th meridian.

    `outer` is no smaller in degrees; what lies within `inner` is within the area for sure.
    """

    uri: str
    asked: tuple[Box, ...]
    outer: tuple[Box, ...]
    inner: tuple[Box, ...]

    def near(self, edges: Edges) -> Any:
        """The condition that a row may be within. What has no place belongs to every place."""
        west, south, east, north = edges
        return or_(
            west.is_(None),
            *(
                and_(west <= box[2], east >= box[0], south <= box[3], north >= box[1])
                for box in self.outer
            ),
        )

    def surely(self, edges: Edges) -> Any:
        """The condition that a row is within for sure."""
        west, south, east, north = edges
        return or_(
            west.is_(None),
            *(
                and_(west >= box[0], east <= box[2], south >= box[1], north <= box[3])
                for box in self.inner
            ),
        )

    def holds(self, geometry: Geometry | None) -> bool:
        """Whether a shape in degrees touches the area."""
        if geometry is None:
            return True
        runs = [_moved(run, self.uri) for run in parts(geometry)]
        closed = geometry["type"] == "Polygon"
        return any(_touches(runs, box, closed=closed) for box in self.asked)


def area_of(numbers: Sequence[float], uri: str) -> Area:
    first, second, last_first, last_second = numbers
    asked: tuple[Box, ...] = ((first, second, last_first, last_second),)
    if uri == LATITUDE_FIRST:
        asked = ((second, first, last_second, last_first),)
    if uri in (CRS_84, LATITUDE_FIRST):
        boxes = tuple(_halves(asked[0]))
        return Area(CRS_84, boxes, boxes, boxes)
    return Area(uri, asked, (_outer(asked[0], uri),), (_inner(asked[0], uri),))


def _halves(box: Box) -> Iterator[Box]:
    west, south, east, north = box
    if west <= east:
        yield box
    else:
        yield west, south, 180.0, north
        yield -180.0, south, east, north


def _edge(box: Box, uri: str, *, side: int) -> tuple[Sequence[float], Sequence[float]]:
    """Points along one side of the box in degrees: 0 the left one, then around to the top."""
    x0, y0, x1, y1 = box
    steps = [n / (POINTS_PER_EDGE - 1) for n in range(POINTS_PER_EDGE)]
    across, up = [x0 + (x1 - x0) * s for s in steps], [y0 + (y1 - y0) * s for s in steps]
    still = {0: ([x0] * len(steps), up), 1: (across, [y0] * len(steps)),
             2: ([x1] * len(steps), up), 3: (across, [y1] * len(steps))}  # fmt: skip
    return to_degrees(still[side], uri)


def _outer(box: Box, uri: str) -> Box:
    edges = [_edge(box, uri, side=side) for side in range(4)]
    longitudes = [x for xs, _ in edges for x in xs]
    latitudes = [y for _, ys in edges for y in ys]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def _inner(box: Box, uri: str) -> Box:
    left, bottom, right, top = (_edge(box, uri, side=side) for side in range(4))
    return max(left[0]), max(bottom[1]), min(right[0]), min(top[1])


def _moved(run: Sequence[Position], uri: str) -> list[Position]:
    xs, ys = from_degrees(([p[0] for p in run], [p[1] for p in run]), uri)
    return list(zip(xs, ys, strict=True))


def _touches(runs: Sequence[Sequence[Position]], box: Box, *, closed: bool) -> bool:
    for run in runs:
        if len(run) == 1 and _crosses(run[0], run[0], box):
            return True
        if any(_crosses(start, end, box) for start, end in pairwise(run)):
            return True
    return closed and _surrounds(runs, (box[0], box[1]))


def _crosses(start: Position, end: Position, box: Box) -> bool:
    """Whether a stretch meets the box (Liang and Barsky 1984)."""
    low, high = 0.0, 1.0
    for at, toward, least, most in (
        (start[0], end[0] - start[0], box[0], box[2]),
        (start[1], end[1] - start[1], box[1], box[3]),
    ):
        if toward == 0:
            if not least <= at <= most:
                return False
            continue
        one, other = (least - at) / toward, (most - at) / toward
        low, high = max(low, min(one, other)), min(high, max(one, other))
    return low <= high


def _surrounds(rings: Sequence[Sequence[Position]], place: Position) -> bool:
    """Whether a place is inside a polygon and in none of its holes: an odd number of crossings."""
    x, y = place[0], place[1]
    inside = False
    for ring in rings:
        for (x0, y0, *_), (x1, y1, *_) in pairwise(ring):
            if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
                inside = not inside
    return inside
