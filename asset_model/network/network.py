"""Pipes, nodes, valves and taps as plain values, whatever they were read from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Condition = Literal["working", "broken", "not_found"]
TapKind = Literal["customer", "hydrant"]


@dataclass(frozen=True)
class Pipe:
    """A pipe between two nodes. `length_m` None: not known, and it counts as a step."""

    start: str
    end: str
    length_m: float | None = None


@dataclass(frozen=True)
class Valve:
    """A valve on a pipe, at a share of its length: 0 and 1 are its ends, where most valves are."""

    pipe: str
    share: float
    normally_closed: bool = False
    condition: Condition = "working"


@dataclass(frozen=True)
class Tap:
    """What takes water from a pipe, at a share of its length."""

    pipe: str
    share: float
    kind: TapKind


@dataclass(frozen=True)
class Network:
    """Everything by its tag. `sources` are the nodes that water comes from; none: not known."""

    pipes: Mapping[str, Pipe]
    valves: Mapping[str, Valve] = field(default_factory=dict)
    taps: Mapping[str, Tap] = field(default_factory=dict)
    sources: frozenset[str] = frozenset()

    @property
    def nodes(self) -> tuple[str, ...]:
        """Each node once, in the order of the pipes."""
        ends = (node for pipe in self.pipes.values() for node in (pipe.start, pipe.end))
        return tuple(dict.fromkeys(ends))
