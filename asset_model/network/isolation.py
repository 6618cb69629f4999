"""Isolating a break: which valves to close, in which order, and who is then without water.

Water runs from the break past every valve that does not hold; the valves where it stops are to be
closed. A valve that is broken or cannot be found does not hold, so the flood goes on to the next
ring. What is without water afterwards is what no source reaches any more.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count

from asset_model.network.breaks import Break
from asset_model.network.graph import Graph, Join, Piece, Spot
from asset_model.network.supply import cut_off


@dataclass(frozen=True)
class ToClose:
    """A valve to close. `fed`: water still comes to its far side, so it is closed first.

    `instead_of` is the valve that does not hold and for want of which this one is needed.
    """

    valve: str
    fed: bool
    distance_m: float
    instead_of: str | None = None


@dataclass(frozen=True)
class Area:
    """A part of a network, by tags. A pipe is there when any piece of it is."""

    pieces: tuple[Piece, ...]
    nodes: tuple[str, ...]
    customers: tuple[str, ...]
    hydrants: tuple[str, ...]

    @property
    def pipes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(piece.pipe for piece in self.pieces))


@dataclass(frozen=True)
class Isolation:
    """What isolating a break takes, and what it costs."""

    close: tuple[ToClose, ...]
    """In order: those that water still presses on, the nearest to the break first."""
    keep_closed: tuple[str, ...]
    """Normally closed valves at its edge: nothing to turn, but to be looked at."""
    passed: tuple[str, ...]
    """Valves inside that do not hold: broken, or not found."""
    isolated: Area
    without_water: Area
    """The isolated part, and what it cuts off from every source."""
    closed: tuple[str, ...]
    """Valves that the crew has closed already."""
    closed_besides: tuple[str, ...]
    """Those of them that this isolation does not ask for."""
    sources: tuple[str, ...]
    """Sources inside: no valve holds them back, they must be stopped themselves."""
    supply_known: bool
    """False where no source is known: then who is cut off beyond the isolated part is not."""


def isolate(
    graph: Graph, where: Break, *, failed: Iterable[str] = (), closed: Iterable[str] = ()
) -> Isolation:
    """The isolation of a break, by what is written of the valves and by what the crew tells.

    `failed` valves do not hold and `closed` ones do, whatever is written of them. A closed one
    takes water away from whoever hangs on it, even where the isolation does not ask for it.
    """
    lost = where.failed | frozenset(failed)
    turned = frozenset(closed) - lost
    holds = _holding(graph, lost, turned)
    walk = _walked(graph, where.spots, holds)
    edge = [
        (spot, join, tag)
        for spot in walk
        for join in graph.joins[spot]
        if join.to not in walk
        for tag in _nearest_holding(graph, spot, join, holds)
    ]
    valves = graph.network.valves
    shut = {tag for _, _, tag in edge if not valves[tag].normally_closed}
    inside = set(walk)
    kept = {tag for tag in turned | {tag for _, _, tag in edge} if valves[tag].normally_closed}
    dry = cut_off(graph, inside, shut | turned)
    return Isolation(
        close=tuple(_in_order(graph, edge, walk, shut, dry)),
        keep_closed=tuple(sorted({tag for _, _, tag in edge} - shut)),
        passed=tuple(sorted(_passed(graph, inside, holds))),
        isolated=area(graph, inside),
        without_water=area(graph, inside | dry),
        closed=tuple(sorted(turned)),
        closed_besides=tuple(sorted(turned - shut - kept)),
        sources=tuple(sorted(s for s in graph.network.sources if graph.node_spots[s] in inside)),
        supply_known=bool(graph.network.sources),
    )


def area(graph: Graph, spots: set[Spot]) -> Area:
    """What the spots are, and the taps on them; in the order of the network."""
    there = [graph.spots[spot] for spot in sorted(spots)]
    network = graph.network
    pieces = [spot for spot in there if isinstance(spot, Piece)]
    touched = {piece.pipe for piece in pieces}
    taps = [
        (tag, tap.kind)
        for tag, tap in network.taps.items()
        if tap.pipe in touched and spots.intersection(graph.pieces_at(tap.pipe, tap.share))
    ]
    return Area(
        pieces=tuple(pieces),
        nodes=tuple(spot for spot in there if isinstance(spot, str)),
        customers=tuple(tag for tag, kind in taps if kind == "customer"),
        hydrants=tuple(tag for tag, kind in taps if kind == "hydrant"),
    )


Steps = dict[Spot, tuple[int, float, str | None]]
"""By spot: failed valves passed at least, metres from the break, the last of those valves."""


def _holding(graph: Graph, lost: frozenset[str], turned: frozenset[str]) -> Callable[[str], bool]:
    valves = graph.network.valves
    return lambda tag: tag in turned or (valves[tag].condition == "working" and tag not in lost)


def _walked(graph: Graph, start: Iterable[Spot], holds: Callable[[str], bool]) -> Steps:
    """The isolated part, each spot reached past as few failed valves, then metres, as can be."""
    order = count()
    ahead: list[tuple[int, float, int, Spot, str | None]] = []
    for spot in start:
        heappush(ahead, (0, 0.0, next(order), spot, None))
    steps: Steps = {}
    while ahead:
        passed, far_m, _, spot, last = heappop(ahead)
        if spot in steps:
            continue
        steps[spot] = passed, far_m, last
        for join in graph.joins[spot]:
            if join.to not in steps and not any(map(holds, join.valves)):
                beyond = passed + len(join.valves), far_m + join.steps_m
                heappush(ahead, (*beyond, next(order), join.to, (*join.valves, last)[0]))
    return steps


def _nearest_holding(
    graph: Graph, spot: Spot, join: Join, holds: Callable[[str], bool]
) -> list[str]:
    """One valve that holds is enough where several stand at the same place."""
    valves = graph.network.valves
    holding = [tag for tag in join.valves if holds(tag)]
    return sorted(holding, key=lambda tag: (not valves[tag].normally_closed, tag))[:1]


def _in_order(
    graph: Graph,
    edge: list[tuple[Spot, Join, str]],
    walk: Steps,
    shut: set[str],
    dry: set[Spot],
) -> list[ToClose]:
    """With no source known, water may press on any of them."""
    best: dict[str, ToClose] = {}
    for spot, join, tag in edge:
        _, far_m, instead_of = walk[spot]
        wet = join.to in graph.depths and join.to not in dry
        fed = wet or not graph.network.sources
        if tag in shut:
            best[tag] = ToClose(tag, fed, round(far_m + join.steps_m / 2, 1), instead_of)
    return sorted(best.values(), key=lambda one: (not one.fed, one.distance_m, one.valve))


def _passed(graph: Graph, inside: set[Spot], holds: Callable[[str], bool]) -> set[str]:
    return {
        tag
        for spot in inside
        for join in graph.joins[spot]
        if join.to in inside
        for tag in join.valves
        if not holds(tag)
    }
