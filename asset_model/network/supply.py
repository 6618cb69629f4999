"""Who is cut off by an isolation, without flooding the whole town each time.

A place can only lose its water if it may have come through the isolated part: so the search starts
from that part's neighbours, and goes towards the sources. It ends at the first one, or where
all that hangs together has been seen and none was there.
"""

from collections.abc import Iterator, Set
from heapq import heappop, heappush

from asset_model.network.graph import Graph, Spot


def cut_off(graph: Graph, isolated: set[Spot], shut: Set[str]) -> set[Spot]:
    """The spots outside `isolated` that had water, and have none when `shut` valves are closed.

    A normally closed valve is taken to be closed, even one that could not be found.
    """
    wet: set[Spot] = set()
    dry: set[Spot] = set()
    for spot in _beside(graph, isolated, shut):
        if spot in graph.depths and spot not in isolated | wet | dry:
            seen, reached = _towards_source(graph, spot, isolated, shut, wet)
            (wet if reached else dry).update(seen)
    return dry


def _beside(graph: Graph, isolated: set[Spot], shut: Set[str]) -> Iterator[Spot]:
    """What lies next to the isolated part, and on both sides of every valve that is shut."""
    for spot in isolated:
        for join in graph.joins[spot]:
            yield join.to
    for tag in sorted(shut):
        valve = graph.network.valves[tag]
        for spot in graph.pieces_at(valve.pipe, valve.share):
            yield spot
            for join in graph.joins[spot]:
                if tag in join.valves:
                    yield join.to


def _towards_source(
    graph: Graph, start: Spot, isolated: set[Spot], shut: Set[str], wet: set[Spot]
) -> tuple[set[Spot], bool]:
    """What was seen from a spot, nearest to the sources first, and whether water comes to it."""
    valves = graph.network.valves
    seen = {start}
    ahead = [(graph.depths[start], start)]
    while ahead:
        depth, spot = heappop(ahead)
        if depth == 0 or spot in wet:
            return seen, True
        for join in graph.joins[spot]:
            beyond = join.to
            if beyond in seen or beyond in isolated or beyond not in graph.depths:
                continue
            if any(tag in shut or valves[tag].normally_closed for tag in join.valves):
                continue
            seen.add(beyond)
            heappush(ahead, (graph.depths[beyond], beyond))
    return seen, False
