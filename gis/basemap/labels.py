"""Where names stand: worked out once for the whole town and a zoom, the important ones first.

A name that is placed for the town, and not for a picture, is the same in every picture that it
reaches into: no border cuts it.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from math import atan2, cos, floor, hypot, pi

from gis.basemap.chains import Chain, Place
from gis.basemap.features import Feature
from gis.basemap.lettering import Face, Label, Letter, stops
from gis.basemap.mercator import pixels
from gis.basemap.style import LabelRule, Style, at_zoom

CELL_PX = 64
TRIES = (0.0, 0.12, -0.12, 0.24, -0.24, 0.36, -0.36)
"""Of a name's share of its street: where it is tried, from the middle on."""
END_PX = 6.0
"""Between a name and a street's end."""

Rectangle = tuple[float, float, float, float]


@dataclass
class Ground:
    """What is taken already, at one zoom."""

    apart_px: float
    _taken: dict[tuple[int, int], list[Rectangle]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _named: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))

    def take(self, label: Label) -> bool:
        """Whether there is room; then it is taken."""
        middle = label.letters[len(label.letters) // 2]
        named = self._named[label.text]
        if any(hypot(x - middle.x, y - middle.y) < self.apart_px for x, y in named):
            return False
        wanted = _rectangles(label)
        if any(_meet(box, other) for box in wanted for other in self._near(box)):
            return False
        for box in wanted:
            for cell in _cells(box):
                self._taken[cell].append(box)
        named.append((middle.x, middle.y))
        return True

    def _near(self, box: Rectangle) -> Iterator[Rectangle]:
        for cell in _cells(box):
            yield from self._taken.get(cell, ())


@dataclass(frozen=True)
class Course:
    """A street in pixels of a zoom, with how far along it each of its places is."""

    line: tuple[Place, ...]
    along: tuple[float, ...]

    @property
    def length(self) -> float:
        return self.along[-1]

    def at(self, measure: float) -> Place:
        end = min(max(bisect_left(self.along, measure), 1), len(self.line) - 1)
        (x0, y0), (x1, y1) = self.line[end - 1], self.line[end]
        stretch = self.along[end] - self.along[end - 1]
        share = (measure - self.along[end - 1]) / stretch if stretch else 0.0
        return x0 + (x1 - x0) * share, y0 + (y1 - y0) * share


def place_labels(
    style: Style, streets: Sequence[Chain], spots: Sequence[tuple[Feature, LabelRule]], zoom: int
) -> list[Label]:
    """The names that show at a zoom: of places and buildings where there is room, after streets."""
    ground = Ground(style.names["apart_px"])
    placed = []
    for chain in streets:
        rule = style.rules[chain.rank].label
        if rule and zoom >= rule.starts:
            for tries in _along(style, chain, rule, zoom):
                taken = next((label for label in tries if ground.take(label)), None)
                placed += [taken] if taken else []
    for feature, rule in spots:
        if zoom >= rule.starts and ground.take(label := _beside(feature, rule, zoom)):
            placed.append(label)
    return placed


def _along(style: Style, chain: Chain, rule: LabelRule, zoom: int) -> Iterator[Iterator[Label]]:
    """For each share of the street, the places for one name, the best first."""
    face = Face(at_zoom(rule.sizes, rule.starts, zoom), rule.bold)
    scale = pixels(zoom)
    if chain.length * scale < face.size * 2:
        return
    course = _course(chain, scale)
    text = _fitting(style, chain.name, face, course.length)
    if text is None:
        return
    width = stops(text, face)[-1]
    shares = max(1, floor(course.length / (style.names["repeat_px"] + width)))
    share = course.length / shares
    for number in range(shares):
        yield _tries(style, course, share, number, text, face)


def _tries(
    style: Style, course: Course, share: float, number: int, text: str, face: Face
) -> Iterator[Label]:
    """Around the middle of the share, where the street is straight enough."""
    width = stops(text, face)[-1]
    for off in TRIES:
        start = (number + 0.5 + off) * share - width / 2
        if END_PX <= start <= course.length - END_PX - width:
            letters = _letters(style, course, start, text, face)
            if letters is not None:
                yield Label(text, face, letters)


def _fitting(style: Style, name: str, face: Face, length: float) -> str | None:
    """The name in full, or in short, or not at all."""
    generic, _, rest = name.partition(" ")
    short = style.short.get(generic)
    for text in (name, f"{short} {rest}" if short and rest else None):
        if text and stops(text, face)[-1] + 2 * END_PX <= length:
            return text
    return None


def _course(chain: Chain, scale: int) -> Course:
    line = tuple((x * scale, y * scale) for x, y in chain.line)
    lengths = (hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(line))
    return Course(line, tuple(accumulate(lengths, initial=0.0)))


def _letters(
    style: Style, course: Course, start: float, text: str, face: Face
) -> tuple[Letter, ...] | None:
    """The letters along the street, read from the left; None where it turns too much for them."""
    reached = (0.0, *stops(text, face))
    first, last = course.at(start), course.at(start + reached[-1])
    if (last[0] - first[0], last[1] - first[1]) < (0.0, 0.0):
        reached = tuple(reached[-1] - far for far in reached)
    places = [course.at(start + far) for far in reached]
    turns = [atan2(b[1] - a[1], b[0] - a[0]) for a, b in pairwise(places)]
    if not _is_readable(turns, style.names["turn_max"], style.names["bend_max"]):
        return None
    return tuple(
        Letter(letter, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2, turn)
        for letter, (a, b), turn in zip(text, pairwise(places), turns, strict=True)
    )


def _is_readable(turns: Sequence[float], turn_max: float, bend_max: float) -> bool:
    bends = [(b - a + pi) % (2 * pi) - pi for a, b in pairwise(turns)]
    if any(abs(bend) > turn_max for bend in bends):
        return False
    reached = list(accumulate(bends, initial=0.0))
    return max(reached) - min(reached) <= bend_max and all(cos(turn) > -0.5 for turn in turns)


def _beside(feature: Feature, rule: LabelRule, zoom: int) -> Label:
    """A place's name under it; a building's in its middle."""
    face = Face(at_zoom(rule.sizes, rule.starts, zoom), rule.bold)
    west, north, east, south = (edge * pixels(zoom) for edge in feature.box)
    is_point = (west, north) == (east, south)
    ends = stops(feature.name, face)
    x = (west + east) / 2 - ends[-1] / 2
    y = south + face.size * 1.15 if is_point else (north + south) / 2
    edges = [0.0, *ends]
    return Label(
        feature.name,
        face,
        tuple(
            Letter(letter, x + (a + b) / 2, y, 0.0)
            for letter, (a, b) in zip(feature.name, pairwise(edges), strict=True)
        ),
    )


def _rectangles(label: Label) -> list[Rectangle]:
    """Some boxes along the name, so that a slanting one does not take the corners of its box."""
    half = label.face.size * 0.75
    chosen = label.letters[::2] if len(label.letters) > 2 else label.letters
    return [
        (letter.x - half, letter.y - half, letter.x + half, letter.y + half)
        for letter in (*chosen, label.letters[-1])
    ]


def _meet(one: Rectangle, other: Rectangle) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _cells(box: Rectangle) -> Iterable[tuple[int, int]]:
    for column in range(floor(box[0] / CELL_PX), floor(box[2] / CELL_PX) + 1):
        for row in range(floor(box[1] / CELL_PX), floor(box[3] / CELL_PX) + 1):
            yield column, row
