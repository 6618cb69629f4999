"""A block as strokes, fills and marks in the order in which they are drawn, colours by name."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import atan2, cos, floor, hypot, pi, sin
from operator import itemgetter

from gis.basemap.features import Feature
from gis.basemap.following import follow_on
from gis.basemap.mercator import pixels
from gis.basemap.scene import BLOCK_PX, Block
from gis.basemap.style import Rule, Style, at_zoom

Points = Sequence[float]
EDGE_PX = 1.0
SHORT = 24
"""A line of so few places is drawn whole, wherever it goes."""
NEAR_PX = 64.0


@dataclass(frozen=True, slots=True)
class Stroke:
    points: Points
    width: float
    colour: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled outline; `edge` is a line of one pixel around it."""

    points: Points
    colour: str
    edge: str | None = None


@dataclass(frozen=True, slots=True)
class Disc:
    x: float
    y: float
    radius: float
    colour: str


Drawn = Stroke | Shape | Disc


def strokes(style: Style, features: Sequence[tuple[int, Feature]], block: Block) -> Iterator[Drawn]:
    """Everything of a block but its names, from the bottom to the top."""
    placed = [(style.rules[place], feature, _lines(feature, block)) for place, feature in features]
    yield from _areas(placed)
    runs = _joined(placed)
    yield from _edges(runs, block.zoom)
    yield from _fills(runs, block.zoom)
    if block.zoom >= style.arrows["from"]:
        yield from _arrows(style, placed)
    for rule, _, lines in placed:
        if rule.form == "point":
            for line in lines:
                yield from mark(rule, line[0], line[1], block.zoom)


Placed = Sequence[tuple[Rule, Feature, Sequence[Points]]]
Runs = Sequence[tuple[Rule, Sequence[Points]]]


def _areas(placed: Placed) -> Iterator[Drawn]:
    for rule, _, lines in placed:
        if rule.form == "area":
            yield from (Shape(line, rule.fill, rule.edge) for line in lines if len(line) > 4)


def _edges(runs: Runs, zoom: int) -> Iterator[Drawn]:
    """The edges of all streets lie under the fills of all: crossings are open."""
    for rule, lines in runs:
        if rule.edge and zoom >= rule.edge_from:
            width = at_zoom(rule.sizes, rule.starts, zoom) + 2 * EDGE_PX
            for line in lines:
                yield from _round(line, width, rule.edge)


def _fills(runs: Runs, zoom: int) -> Iterator[Drawn]:
    for rule, lines in runs:
        width = at_zoom(rule.sizes, rule.starts, zoom)
        colour = rule.far if rule.far and zoom < rule.edge_from else rule.fill
        for line in lines:
            if rule.dash:
                yield from (Stroke(dash, width, colour) for dash in _dashes(line, rule.dash))
            else:
                yield from _round(line, width, colour)


def _joined(placed: Placed) -> Runs:
    """By rule, in order: its lines, those that follow on as one. Dashes begin with their own."""
    made = []
    for rule, members in groupby(placed, key=itemgetter(0)):
        if rule.form == "line":
            lines = [line for _, _, lines in members for line in lines]
            made.append((rule, lines if rule.dash else follow_on(lines)))
    return made


def _round(line: Points, width: float, colour: str) -> Iterator[Drawn]:
    """A stroke with round ends and corners, where it is wide enough for that to show."""
    for run in _runs(line) if len(line) > 2 * SHORT else (line,):
        yield Stroke(run, width, colour)
        if width >= 3:
            yield from (Disc(x, y, width / 2, colour) for x, y in _corners(run))


def _corners(line: Points) -> Iterator[tuple[float, float]]:
    yield line[0], line[1]
    yield line[-2], line[-1]
    for at in range(2, len(line) - 2, 2):
        came = atan2(line[at + 1] - line[at - 1], line[at] - line[at - 2])
        goes = atan2(line[at + 3] - line[at + 1], line[at + 2] - line[at])
        if cos(goes - came) < 0.95:
            yield line[at], line[at + 1]


def _dashes(line: Points, dash: tuple[float, ...]) -> Iterator[Points]:
    """Pieces of the line: they begin where the line does, whatever the picture."""
    on, off = dash
    left, drawing, piece = on, True, [line[0], line[1]]
    for (x0, y0), (x1, y1) in pairwise(_places(line)):
        length = hypot(x1 - x0, y1 - y0)
        done = 0.0
        while length - done > left:
            done += left
            x, y = x0 + (x1 - x0) * done / length, y0 + (y1 - y0) * done / length
            if drawing and _is_near(x, y):
                yield [*piece, x, y]
            drawing, left, piece = not drawing, off if drawing else on, [x, y]
        left -= length - done
        piece += [x1, y1]
    if drawing and len(piece) > 2 and _is_near(piece[-2], piece[-1]):
        yield piece


def _arrows(style: Style, placed: Placed) -> Iterator[Drawn]:
    every, size = style.arrows["every_px"], style.arrows["size_px"]
    for rule, feature, lines in placed:
        if rule.form == "line" and feature.one_way:
            for line in lines:
                for x, y, turn in _along(line, every):
                    if _is_near(x, y):
                        yield Shape(_arrow(x, y, turn, size), "arrow")


def _along(line: Points, every: float) -> Iterator[tuple[float, float, float]]:
    places = list(_places(line))
    whole = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(places))
    count = floor(whole / every)
    wanted = [whole * (number + 0.25) / count for number in range(count)]
    done = 0.0
    for (x0, y0), (x1, y1) in pairwise(places):
        length = hypot(x1 - x0, y1 - y0)
        while wanted and wanted[0] <= done + length:
            share = (wanted.pop(0) - done) / length
            yield x0 + (x1 - x0) * share, y0 + (y1 - y0) * share, atan2(y1 - y0, x1 - x0)
        done += length


def _arrow(x: float, y: float, turn: float, size: float) -> list[float]:
    shape = ((0.5, 0.0), (-0.5, 0.42), (-0.22, 0.0), (-0.5, -0.42))
    c, s = cos(turn) * size, sin(turn) * size
    return [value for a, b in shape for value in (x + a * c - b * s, y + a * s + b * c)]


def mark(rule: Rule, x: float, y: float, zoom: int) -> Iterator[Drawn]:
    """A thing on the ground, in its edge's colour and, inside, its own."""
    half = at_zoom(rule.sizes, rule.starts, zoom) / 2
    edge = rule.edge or rule.fill
    for reach, colour in ((half + EDGE_PX, edge), (half, rule.fill)):
        if rule.shape == "disc":
            yield Disc(x, y, reach, colour)
        else:
            yield Shape(_outline(rule.shape, x, y, reach), colour)


def _outline(shape: str, x: float, y: float, half: float) -> list[float]:
    if shape == "square":
        return [x - half, y - half, x + half, y - half, x + half, y + half, x - half, y + half]
    if shape == "bow":  # Two triangles that meet: a valve on every network plan.
        wide, deep = half * 1.15, half * 0.85
        return [x - wide, y - deep, x + wide, y + deep, x + wide, y - deep, x - wide, y + deep]
    turns = [pi * step / 8 for step in range(17)]  # A drop: half a disc under a point.
    disc = [value for turn in turns for value in (x + half * cos(turn), y + half * sin(turn))]
    return [*disc, x, y - half * 1.6]


def _lines(feature: Feature, block: Block) -> list[list[float]]:
    """The feature's lines in the block's pixels, without what is far outside."""
    scale = pixels(block.zoom)
    across, down = -block.x * BLOCK_PX, -block.y * BLOCK_PX
    found = []
    for line in feature.lines:
        placed = [0.0] * len(line)
        placed[::2] = [x * scale + across for x in line[::2]]
        placed[1::2] = [y * scale + down for y in line[1::2]]
        found.append(placed)
    return found


def _places(line: Points) -> Iterable[tuple[float, float]]:
    return zip(line[::2], line[1::2], strict=True)


def _is_near(x: float, y: float) -> bool:
    return -NEAR_PX < x < BLOCK_PX + NEAR_PX and -NEAR_PX < y < BLOCK_PX + NEAR_PX


def _runs(line: Points) -> Iterator[list[float]]:
    """The parts of a long line whose stretches come near the block."""
    run: list[float] = []
    for at in range(0, len(line) - 2, 2):
        x0, y0, x1, y1 = line[at : at + 4]
        if (
            max(x0, x1) > -NEAR_PX
            and min(x0, x1) < BLOCK_PX + NEAR_PX
            and max(y0, y1) > -NEAR_PX
            and min(y0, y1) < BLOCK_PX + NEAR_PX
        ):
            run += [x1, y1] if run else [x0, y0, x1, y1]
        elif run:
            yield run
            run = []
    if run:
        yield run
