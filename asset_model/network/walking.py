"""The order in which a crew walks from valve to valve: a short way, from the break on."""

from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise

from asset_model.geometry import Position, distance_m

ROUNDS_MAX = 50
"""Of shortening the way; a dozen valves need three or four."""


def walking_order(start: Position, places: Mapping[str, Position]) -> list[str]:
    """Every name once: each time the nearest one left, then without the turns that go back.

    Straight distances: a tablet knows no sidewalks, and valves of one break are a block apart.
    """
    left = dict(sorted(places.items()))
    way: list[str] = []
    here = start
    while left:
        name = min(left, key=lambda each: distance_m(here, left[each]))
        here = left.pop(name)
        way.append(name)
    return _shortened(start, way, places)


def length_m(start: Position, way: Sequence[str], places: Mapping[str, Position]) -> float:
    stops = [start, *(places[name] for name in way)]
    return sum(distance_m(one, other) for one, other in pairwise(stops))


def _shortened(start: Position, way: list[str], places: Mapping[str, Position]) -> list[str]:
    """2-opt: a part of the way is walked the other way round, as long as that is shorter."""
    for _ in range(ROUNDS_MAX):
        best = min(_turned(way), key=lambda each: length_m(start, each, places), default=way)
        if length_m(start, best, places) >= length_m(start, way, places) - 0.1:
            break
        way = best
    return way


def _turned(way: list[str]) -> list[list[str]]:
    bounds = combinations(range(len(way) + 1), 2)
    return [way[:a] + way[a:b][::-1] + way[b:] for a, b in bounds if b - a > 1]
