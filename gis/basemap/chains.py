"""Streets as their names see them: segments of one name that follow on, as one line."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot

from gis.basemap.features import Feature

Place = tuple[float, float]
Node = tuple[int, int]

SAME_PLACE = 1 << 28
"""Ends no farther apart than one part in so many of the square (some 10 cm) meet."""


@dataclass(frozen=True)
class Chain:
    """A run of segments of one name. `rank`: the rule of the most important among them."""

    name: str
    rank: int
    line: tuple[Place, ...]

    @property
    def length(self) -> float:
        return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(self.line))


def chains(features: Iterable[tuple[Feature, int]]) -> list[Chain]:
    """The chains of features with the place of their rule; the most important and longest first."""
    streets: dict[str, list[tuple[tuple[Place, ...], int]]] = defaultdict(list)
    for feature, rank in features:
        for line in feature.lines:
            if feature.name and len(line) > 2:
                streets[feature.name].append((tuple(zip(line[::2], line[1::2], strict=True)), rank))
    made = [chain for name, lines in streets.items() for chain in _joined(name, lines)]
    return sorted(made, key=lambda chain: (-chain.rank, -chain.length, chain.name, chain.line[0]))


def _joined(name: str, lines: Sequence[tuple[tuple[Place, ...], int]]) -> Iterator[Chain]:
    """Each line goes on with the next as long as exactly two meet."""
    at: dict[Node, list[int]] = defaultdict(list)
    for number, (line, _) in enumerate(lines):
        at[_node(line[0])].append(number)
        at[_node(line[-1])].append(number)
    left = dict.fromkeys(sorted(range(len(lines)), key=lambda number: lines[number][0]))
    while left:
        first = next(iter(left))
        del left[first]
        line, rank = lines[first]
        line, rank = _extended(line, rank, lines, at, left)
        back, rank = _extended(line[::-1], rank, lines, at, left)
        yield Chain(name, rank, min(back, back[::-1]))


def _extended(
    line: tuple[Place, ...],
    rank: int,
    lines: Sequence[tuple[tuple[Place, ...], int]],
    at: dict[Node, list[int]],
    left: dict[int, None],
) -> tuple[tuple[Place, ...], int]:
    while True:
        meeting = at[_node(line[-1])]
        follows = [number for number in meeting if number in left]
        if len(meeting) != 2 or len(follows) != 1:
            return line, rank
        del left[follows[0]]
        more, other = lines[follows[0]]
        turned = more if _node(more[0]) == _node(line[-1]) else more[::-1]
        line, rank = line + turned[1:], max(rank, other)


def _node(place: Place) -> Node:
    return round(place[0] * SAME_PLACE), round(place[1] * SAME_PLACE)
