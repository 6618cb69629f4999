"""Small networks for tests, and the ones that wntr reads, laid out as ours."""

from collections.abc import Iterable
from typing import Any

from asset_model.network.breaks import break_at
from asset_model.network.graph import Graph, Piece, Spot
from asset_model.network.isolation import Isolation, isolate
from asset_model.network.network import Network, Pipe, Tap, Valve


def network(
    *pipes: str,
    valves: dict[str, Valve] | None = None,
    taps: dict[str, Tap] | None = None,
    sources: Iterable[str] = (),
) -> Network:
    """Pipes written ``A-B``, each 100 m long; their tag is how they are written."""
    ends = {name: name.split("-") for name in pipes}
    laid = {name: Pipe(start, end, length_m=100.0) for name, (start, end) in ends.items()}
    return Network(laid, valves or {}, taps or {}, frozenset(sources))


def isolated(net: Network, tag: str, *, share: float | None = None, failed: Any = ()) -> Isolation:
    graph = Graph(net)
    return isolate(graph, break_at(graph, tag, share=share), failed=failed)


def closed(isolation: Isolation) -> list[str]:
    return [one.valve for one in isolation.close]


def of_wntr(model: Any, layer: Any) -> Network:
    """A model of wntr with a valve layer of (link, node) pairs."""
    pipes = {name: Pipe(link.start_node_name, link.end_node_name) for name, link in model.links()}
    valves = {}
    for number, (link, node) in enumerate(layer[["link", "node"]].itertuples(index=False)):
        valves[f"V{number}"] = Valve(link, 0.0 if pipes[link].start == node else 1.0)
    sources = [*model.reservoir_name_list, *model.tank_name_list]
    return Network(pipes, valves, sources=frozenset(sources))


def members(graph: Graph, segment: Iterable[Spot]) -> frozenset[str]:
    """The nodes and pipes of a segment, told apart by a letter."""
    named = [graph.spots[spot] for spot in segment]
    return frozenset(f"P{s.pipe}" if isinstance(s, Piece) else f"N{s}" for s in named)


def segments_of_wntr(nodes: Any, links: Any) -> set[frozenset[str]]:
    parts: dict[int, set[str]] = {}
    for letter, labels in (("N", nodes), ("P", links)):
        for name, label in labels.items():
            parts.setdefault(label, set()).add(f"{letter}{name}")
    return {frozenset(part) for part in parts.values()}
