"""Sewers: what lies upstream of a place, and where its water goes. Pipes run from start to end."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from asset_model.errors import Refused
from asset_model.network.network import Network

Way = Literal["upstream", "downstream"]


@dataclass(frozen=True)
class Course:
    """Pipes and nodes in the order in which they are met; `ends` are nodes that lead no further."""

    pipes: tuple[str, ...]
    nodes: tuple[str, ...]
    ends: tuple[str, ...]


def course(network: Network, tag: str, way: Way) -> Course:
    """All that is upstream or downstream of a pipe or node; a loop is walked once.

    :raises Refused: ``not_in_network``
    """
    onward: dict[str, list[str]] = defaultdict(list)
    for name, pipe in network.pipes.items():
        onward[pipe.start if way == "downstream" else pipe.end].append(name)
    pipes: dict[str, None] = {}
    nodes = dict.fromkeys([_first_node(network, tag, way)])
    ahead = list(nodes)
    for node in ahead:
        for name in onward[node]:
            if name not in pipes and name != tag:
                pipes[name] = None
                pipe = network.pipes[name]
                beyond = pipe.end if way == "downstream" else pipe.start
                if beyond not in nodes:
                    nodes[beyond] = None
                    ahead.append(beyond)
    ends = tuple(node for node in nodes if not onward[node])
    return Course(tuple(pipes), tuple(nodes), ends)


def _first_node(network: Network, tag: str, way: Way) -> str:
    if tag in network.pipes:
        pipe = network.pipes[tag]
        return pipe.end if way == "downstream" else pipe.start
    if tag in network.nodes:
        return tag
    raise Refused("not_in_network", tag=tag)
