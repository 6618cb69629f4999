"""Where a break is: on a pipe, at a valve, at a tap or at a node."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from asset_model.errors import Refused
from asset_model.network.graph import Graph, Piece, Spot

STUB_M = 15.0
"""Valves stand this near a corner: a break whose place is not known is not on such a stub."""


@dataclass(frozen=True)
class Break:
    """The spots that leak, and the valves that are part of the break and so cannot hold it."""

    spots: tuple[Spot, ...]
    failed: frozenset[str] = field(default_factory=frozenset)


def break_at(graph: Graph, tag: str, *, share: float | None = None) -> Break:
    """The break at a pipe, valve, tap or node of this tag; `share` is where on the pipe.

    On a pipe with valves along it and no share given, every piece but stubs is taken to leak.

    :raises Refused: ``not_in_network``
    """
    network = graph.network
    if tag in network.pipes:
        return Break(tuple(_on_pipe(graph, tag, share)))
    if tag in network.valves:
        valve = network.valves[tag]
        return Break(tuple(_around(graph, valve.pipe, valve.share)), frozenset({tag}))
    if tag in network.taps:
        tap = network.taps[tag]
        return Break(tuple(graph.pieces_at(tap.pipe, tap.share)))
    if tag in graph.node_spots:
        return Break((graph.node_spots[tag],))
    raise Refused("not_in_network", tag=tag)


def known_valves(graph: Graph, tags: Iterable[str]) -> frozenset[str]:
    """The tags, when each is that of a valve here.

    :raises Refused: ``not_a_valve``, with the first that is not
    """
    wanted = frozenset(tags)
    for tag in sorted(wanted - graph.network.valves.keys()):
        raise Refused("not_a_valve", tag=tag)
    return wanted


def _on_pipe(graph: Graph, tag: str, share: float | None) -> list[Spot]:
    if share is not None:
        return graph.pieces_at(tag, share)
    length_m = graph.network.pipes[tag].length_m
    pieces = list(graph.pieces_of(tag))
    if length_m is None:
        return pieces
    long = [spot for spot in pieces if _width(graph, spot) * length_m > STUB_M]
    return long or [max(pieces, key=lambda spot: _width(graph, spot))]


def _around(graph: Graph, pipe: str, share: float) -> list[Spot]:
    """What meets at a valve; at an end of the pipe that is the node as well."""
    spots = graph.pieces_at(pipe, share)
    if share <= 0:
        return [*spots, graph.node_spots[graph.network.pipes[pipe].start]]
    if share >= 1:
        return [*spots, graph.node_spots[graph.network.pipes[pipe].end]]
    return spots


def _width(graph: Graph, spot: Spot) -> float:
    piece = graph.spots[spot]
    assert isinstance(piece, Piece)
    return piece.to_share - piece.from_share
