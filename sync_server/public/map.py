"""A small map of the streets around a place, drawn as SVG: it needs no script and no tiles.

A click on it sends where, as every browser has done for thirty years (`<input type="image">`).
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot
from xml.sax.saxutils import escape

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.geometry import Position, parts
from asset_model.linear.ruler import metres_per_degree
from asset_model.spatial import SEGMENT, Box, meets
from asset_model.vocabulary import AssetStatus

SIDE_PX = 300
HALF_M = 120.0
"""From the middle to an edge."""
NAME_ROOM_PX = 6.2
"""What a letter of a street's name takes."""
STEP_PX, EDGE_PX = 6.0, 6.0

_STYLE = """
.ground{fill:#eef1f5}.edge{stroke:#c4cbd6;stroke-width:15}.street{stroke:#fff;stroke-width:12}
.edge,.street{fill:none;stroke-linecap:round;stroke-linejoin:round}
text{font:600 10.5px system-ui,sans-serif;fill:#3b4452;text-anchor:middle}
.name{paint-order:stroke;stroke:#fff;stroke-width:3}
.pin{fill:#b3261e;stroke:#fff;stroke-width:2}.other{fill:#0b5cad;stroke:#fff;stroke-width:2}
.number{fill:#fff;font-weight:700}
@media(prefers-color-scheme:dark){.ground{fill:#151a21}.edge{stroke:#0c0f13}.street{stroke:#2c333d}
text{fill:#e6e8eb}.name{stroke:#2c333d}.pin{fill:#ff8a80;stroke:#0c0f13}
.other{fill:#7fb4ff;stroke:#0c0f13}.number{fill:#0c0f13}}
"""


class Frame:
    """From degrees to the picture and back, around a middle."""

    def __init__(self, longitude: float, latitude: float) -> None:
        self._west, self._north = longitude, latitude
        east_m, north_m = metres_per_degree(latitude)
        scale = SIDE_PX / 2 / HALF_M
        self._per_east, self._per_north = east_m * scale, north_m * scale

    def pixels(self, position: Position) -> tuple[float, float]:
        x = SIDE_PX / 2 + (position[0] - self._west) * self._per_east
        y = SIDE_PX / 2 - (position[1] - self._north) * self._per_north
        return round(x, 1), round(y, 1)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """(longitude, latitude) of a pixel."""
        east = (x - SIDE_PX / 2) / self._per_east
        north = (SIDE_PX / 2 - y) / self._per_north
        return round(self._west + east, 6), round(self._north + north, 6)


def draw(
    session: Session, longitude: float, latitude: float, others: Sequence[Position] = ()
) -> str:
    """The streets, the place itself, and other places numbered from 1."""
    frame = Frame(longitude, latitude)
    box = Box(longitude, latitude, longitude, latitude).wider(HALF_M * 1.5)
    query = select(Asset.name, Asset.geometry).where(
        Asset.class_code.in_(SEGMENT),
        Asset.status != AssetStatus.RETIRED,
        Asset.geometry.is_not(None),
        meets(box),
    )
    lines = [
        (name, [frame.pixels(position) for position in part])
        for name, geometry in session.execute(query.order_by(Asset.tag))
        for part in parts(geometry)
        if len(part) > 1
    ]
    drawn = [
        '<rect class="ground" width="100%" height="100%"/>',
        *(_line("edge", line) for _, line in lines),
        *(_line("street", line) for _, line in lines),
        *_names(lines),
        *(_mark(frame.pixels(other), number) for number, other in enumerate(others, 1)),
        _pin(frame.pixels((longitude, latitude))),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE_PX} {SIDE_PX}"'
        f' width="{SIDE_PX}" height="{SIDE_PX}"><style>{_STYLE}</style>{"".join(drawn)}</svg>'
    )


Pixels = Sequence[tuple[float, float]]


def _line(kind: str, line: Pixels) -> str:
    points = " ".join(f"{x},{y}" for x, y in line)
    return f'<polyline class="{kind}" points="{points}"/>'


def _names(lines: Sequence[tuple[str, Pixels]]) -> Iterator[str]:
    """Each street's name once, along the longest part of it that is in the picture."""
    best: dict[str, Pixels] = {}
    for name, line in lines:
        seen = _seen(line)
        if len(seen) > len(best.get(name, ())):
            best[name] = seen
    for rank, (name, seen) in enumerate(best.items()):
        if len(seen) * STEP_PX > len(name) * NAME_ROOM_PX:
            onwards = seen if seen[0][0] <= seen[-1][0] else list(reversed(seen))
            path = "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in onwards)
            yield (
                f'<path id="n{rank}" fill="none" d="{path}"/><text class="name" dy="4">'
                f'<textPath href="#n{rank}" startOffset="50%">{escape(name)}</textPath></text>'
            )


def _seen(line: Pixels) -> Pixels:
    """The longest run of a line within the picture, a point every few pixels."""
    runs: list[list[tuple[float, float]]] = [[]]
    for (x1, y1), (x2, y2) in pairwise(line):
        steps = max(1, round(hypot(x2 - x1, y2 - y1) / STEP_PX))
        for step in range(steps):
            x, y = x1 + (x2 - x1) * step / steps, y1 + (y2 - y1) * step / steps
            if EDGE_PX < x < SIDE_PX - EDGE_PX and EDGE_PX < y < SIDE_PX - EDGE_PX:
                runs[-1].append((x, y))
            elif runs[-1]:
                runs.append([])
    return max(runs, key=len)


def _mark(at: tuple[float, float], number: int) -> str:
    x, y = at
    return (
        f'<circle class="other" cx="{x}" cy="{y}" r="11"/>'
        f'<text class="number" x="{x}" y="{y + 4}">{number}</text>'
    )


def _pin(at: tuple[float, float]) -> str:
    x, y = at
    return f'<path class="pin" d="M{x} {y}l-9-17a10.5 10.5 0 1 1 18 0z"/>'
