"""The segment-valve graph: nodes and pieces of pipe, joined directly or through valves.

Each pipe is a chain: its start node, its pieces from valve to valve, its end node. So a valve at
an end stands between a node and the first piece, and one in the middle between two pieces.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from asset_model.network.network import Network, Pipe

Spot = int
"""A node or a piece of pipe, by its place in the graph."""

UNKNOWN_LENGTH_M = 1.0


class Piece(NamedTuple):
    """A pipe from one share of its length to another."""

    pipe: str
    from_share: float
    to_share: float


class Join(NamedTuple):
    """The way from a spot to its neighbour, and the valves that stand on it."""

    to: Spot
    valves: tuple[str, ...]
    steps_m: float


class Graph:
    """A network laid out for walking; made once, walked often."""

    def __init__(self, network: Network) -> None:
        self.network = network
        nodes = network.nodes
        self.spots: list[str | Piece] = list(nodes)
        self.node_spots: dict[str, Spot] = {node: spot for spot, node in enumerate(nodes)}
        self.joins: list[list[Join]] = [[] for _ in self.spots]
        self._pieces: dict[str, tuple[Spot, list[float]]] = {}
        on_pipe: dict[str, list[tuple[float, str]]] = defaultdict(list)
        for tag, valve in network.valves.items():
            on_pipe[valve.pipe].append((min(1.0, max(0.0, valve.share)), tag))
        for name, pipe in network.pipes.items():
            self._lay(name, pipe, sorted(on_pipe.get(name, ())))

    def pieces_of(self, pipe: str) -> range:
        """The spots of a pipe's pieces, from its start to its end."""
        first, cuts = self._pieces[pipe]
        return range(first, first + len(cuts) + 1)

    def pieces_at(self, pipe: str, share: float) -> list[Spot]:
        """The piece at a share of a pipe's length; both, where a valve stands right there."""
        first, cuts = self._pieces[pipe]
        places = {bisect_left(cuts, share), bisect_right(cuts, share)}
        return [first + place for place in sorted(places)]

    @cached_property
    def depths(self) -> dict[Spot, int]:
        """How many spots lie between each spot and its nearest source, where water normally is."""
        valves = self.network.valves
        depths = {self.node_spots[node]: 0 for node in self.network.sources}
        ahead = list(depths)
        for spot in ahead:
            for join in self.joins[spot]:
                closed = any(valves[tag].normally_closed for tag in join.valves)
                if join.to not in depths and not closed:
                    depths[join.to] = depths[spot] + 1
                    ahead.append(join.to)
        return depths

    def flooded(self, start: Iterable[Spot], stops: Callable[[str], bool]) -> set[Spot]:
        """Every spot that water reaches from `start` when it passes no valve that `stops` it."""
        reached = set(start)
        ahead = list(reached)
        while ahead:
            for join in self.joins[ahead.pop()]:
                if join.to not in reached and not any(map(stops, join.valves)):
                    reached.add(join.to)
                    ahead.append(join.to)
        return reached

    def segments(self, stops: Callable[[str], bool]) -> Iterator[set[Spot]]:
        """The parts that the valves can cut the network into: each spot is in one of them."""
        left = dict.fromkeys(range(len(self.spots)))
        while left:
            segment = self.flooded([next(iter(left))], stops)
            for spot in segment:
                del left[spot]
            yield segment

    def _lay(self, name: str, pipe: Pipe, valves: list[tuple[float, str]]) -> None:
        cuts = sorted({share for share, _ in valves if 0.0 < share < 1.0})
        standing: dict[float, list[str]] = defaultdict(list)
        for share, tag in valves:
            standing[share].append(tag)
        self._pieces[name] = len(self.spots), cuts
        bounds = [0.0, *cuts, 1.0]
        length_m = pipe.length_m or UNKNOWN_LENGTH_M
        before, half = self.node_spots[pipe.start], 0.0
        for from_share, to_share in pairwise(bounds):
            spot = len(self.spots)
            self.spots.append(Piece(name, from_share, to_share))
            self.joins.append([])
            own_half = (to_share - from_share) * length_m / 2
            self._join(before, spot, standing.get(from_share, []), half + own_half)
            before, half = spot, own_half
        self._join(before, self.node_spots[pipe.end], standing.get(1.0, []), half)

    def _join(self, one: Spot, other: Spot, valves: list[str], steps_m: float) -> None:
        self.joins[one].append(Join(other, tuple(valves), steps_m))
        self.joins[other].append(Join(one, tuple(valves), steps_m))
