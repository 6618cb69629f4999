"""A town's stored assets as a network: on the server's database as on the tablet's.

What an asset says of itself goes first: a pipe's nodes, a valve's pipe. Where it says nothing, its
place on the map decides: ends of pipes that touch are one node, a valve is on the pipe it lies on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.linear.nearest import Lines
from asset_model.linear.ruler import Ruler
from asset_model.network.network import Condition, Network, Pipe, Tap, TapKind, Valve
from asset_model.network.nodes import NodePlaces
from asset_model.vocabulary import AssetStatus

DRINKING_WATER = ("drinking_water",)
SEWERS = ("sanitary", "storm", "combined")

VALVE_WITHIN_M = 3.0
TAP_WITHIN_M = {"hydrant": 30.0, "service_connection": 60.0}
SOURCE_WITHIN_M = 60.0
AT_THE_END_M = 0.5
"""A valve drawn this near an end of its pipe stands at the node."""

TAP_KINDS: dict[str, TapKind] = {"hydrant": "hydrant", "service_connection": "customer"}
# A check valve or a pressure regulator is not made to be turned.
NOT_FOR_CLOSING = ("check", "pressure_reducing")
CLASSES = ("pipe", "valve", "water_source", *TAP_KINDS)
IN_THE_GROUND = (AssetStatus.IN_SERVICE, AssetStatus.OUT_OF_SERVICE)

Row = Any
"""One asset's (id, tag, class_code, parent_id, status, attributes, geometry)."""


@dataclass(frozen=True)
class StoredNetwork:
    """The network, and the tags of what could not be put on it: no pipe is near enough."""

    network: Network
    astray: tuple[str, ...]
    lines: Mapping[str, dict[str, Any]]
    """The geometry of each pipe."""


def read_network(session: Session, *, systems: Iterable[str] = DRINKING_WATER) -> StoredNetwork:
    """The pipes of the systems, with what sits on them; planned and retired assets are not there.

    A pipe that does not say its system is taken for drinking water.
    """
    query = (
        select(
            Asset.id, Asset.tag, Asset.class_code, Asset.parent_id, Asset.status,
            Asset.attributes, Asset.geometry,
        )
        .where(Asset.class_code.in_(CLASSES), Asset.status.in_(IN_THE_GROUND))
        .where(Asset.geometry.is_not(None))
        .order_by(Asset.tag)
    )  # fmt: skip
    rows = session.execute(query).all()
    wanted = set(systems)
    pipes = [
        row
        for row in rows
        if row.class_code == "pipe"
        and (row.attributes.get("network") or DRINKING_WATER[0]) in wanted
    ]
    laid = _Laid(pipes)
    for row in rows:
        if row.class_code != "pipe":
            laid.add(row)
    lines = {row.tag: row.geometry for row in pipes}
    return StoredNetwork(laid.network(), tuple(laid.astray), lines)


class _Laid:
    """Pipes with their nodes, and what is hung on them one by one."""

    def __init__(self, pipes: list[Row]) -> None:
        self._rows = {row.tag: row for row in pipes}
        self._by_id = {row.id: row.tag for row in pipes}
        self._places = NodePlaces(pipes)
        self._rulers: dict[str, Ruler] = {}
        self.pipes = {row.tag: self._pipe(row) for row in pipes}
        self.valves: dict[str, Valve] = {}
        self.taps: dict[str, Tap] = {}
        self.sources: set[str] = set()
        self.astray: list[str] = []

    def network(self) -> Network:
        return Network(self.pipes, self.valves, self.taps, frozenset(self.sources))

    def add(self, row: Row) -> None:
        if row.class_code == "water_source":
            self._add_source(row)
        elif row.class_code == "valve":
            self._add_valve(row)
        elif found := self._on_pipe(row, TAP_WITHIN_M[row.class_code]):
            self.taps[row.tag] = Tap(*found, TAP_KINDS[row.class_code])

    def _pipe(self, row: Row) -> Pipe:
        start, end = self._places.ends_of(row)
        return Pipe(start, end, self.ruler(row.tag).length_m)

    def _add_valve(self, row: Row) -> None:
        if row.attributes.get("kind") in NOT_FOR_CLOSING:
            return
        if found := self._on_pipe(row, VALVE_WITHIN_M):
            closed = row.attributes.get("normal_position") == "closed"
            self.valves[row.tag] = Valve(*found, closed, _condition(row))

    def _add_source(self, row: Row) -> None:
        named = row.attributes.get("node")
        known = self._places.named(named) or self._places.near(row, SOURCE_WITHIN_M)
        if known:
            self.sources.add(known)
        else:
            self.astray.append(row.tag)

    def _on_pipe(self, row: Row, within_m: float) -> tuple[str, float] | None:
        """The pipe that the row is on, and at what share of it."""
        position = row.geometry["coordinates"]
        tag = self._by_id.get(row.parent_id)
        if tag is None:
            nearest = self._lines.nearest(position, within_m=within_m)
            if nearest is None:
                self.astray.append(row.tag)
                return None
            tag = nearest.name
        ruler = self.ruler(tag)
        measure_m = ruler.locate(position).measure_m
        if measure_m <= AT_THE_END_M:
            return tag, 0.0
        if measure_m >= ruler.length_m - AT_THE_END_M:
            return tag, 1.0
        return tag, measure_m / ruler.length_m

    def ruler(self, tag: str) -> Ruler:
        if tag not in self._rulers:
            self._rulers[tag] = Ruler(self._rows[tag].geometry)
        return self._rulers[tag]

    @cached_property
    def _lines(self) -> Lines:
        return Lines({tag: row.geometry for tag, row in self._rows.items()})


def _condition(row: Row) -> Condition:
    """A valve out of service does not hold, whatever else is written of it."""
    if row.status == AssetStatus.OUT_OF_SERVICE:
        return "broken"
    condition: Condition = row.attributes.get("condition") or "working"
    return condition
