"""A break as it lies in the ground: the valves to close, the pipes that are dry, who is on them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.geometry import middle, parts
from asset_model.linear.ruler import Ruler
from asset_model.network import told
from asset_model.network.ground import Grounds
from asset_model.network.report import Report
from asset_model.spatial import Box
from field_app.reads.breaks import BreakPage, break_of
from field_app.reads.corners import Position

PIPES_MAX = 500
"""Of each kind; a break that dries more of the town is told by its list."""
TAGS_PER_QUERY = 400

TO_CLOSE, SHUT, LOST = "to_close", "shut", "lost"


@dataclass(frozen=True)
class ValveMark:
    """`order` is that of the walk; None for those that are not to be closed."""

    tag: str
    position: Position
    order: int | None
    state: str


@dataclass(frozen=True)
class ChosenBreak:
    order_id: str
    place: str
    position: Position
    isolated: tuple[Mapping[str, Any], ...]
    """Lines between the valves to close."""
    dry: tuple[Mapping[str, Any], ...]
    """Lines beyond them that lose their water too."""
    valves: tuple[ValveMark, ...]
    taps: tuple[Position, ...]
    """Customers and hydrants without water."""
    addresses: int

    geometry: Mapping[str, Any] | None = None

    @property
    def to_close(self) -> int:
        return sum(valve.state == TO_CLOSE for valve in self.valves)

    @property
    def box(self) -> Box:
        """Around all that is drawn of it."""
        every = [self.position, *(valve.position for valve in self.valves), *self.taps]
        for line in (*self.isolated, *self.dry):
            every += [(spot[0], spot[1]) for run in parts(dict(line)) for spot in run]
        east, north = [spot[0] for spot in every], [spot[1] for spot in every]
        return Box(min(east), min(north), max(east), max(north))


def chosen_break(session: Session, order_id: str, grounds: Grounds) -> ChosenBreak | None:
    """None: the order is not here, or it is not known on which pipe the break is."""
    page = break_of(session, order_id, grounds)
    if page is None or page.report is None:
        return None
    report = page.report
    isolated = report["isolated_pipes"][:PIPES_MAX]
    beyond = [tag for tag in report["pipes_without_water"] if tag not in set(isolated)]
    lines = _lines(session, [*isolated, *beyond[:PIPES_MAX], report["asset"]])
    position = _spot(lines.get(report["asset"]), report["at_m"])
    if position is None:
        return None
    taps = [*report["customers_without_water"], *report["hydrants_without_water"]]
    return ChosenBreak(
        order_id=order_id,
        place=page.order.place or report["asset"],
        position=position,
        isolated=tuple(lines[tag] for tag in isolated if tag in lines),
        dry=tuple(lines[tag] for tag in beyond[:PIPES_MAX] if tag in lines),
        valves=_valves(page, report),
        taps=tuple(_position(card) for card in taps if "position" in card)[:PIPES_MAX],
        addresses=report["addresses"],
    )


def _valves(page: BreakPage, report: Report) -> tuple[ValveMark, ...]:
    shut = set(told.closed(page.words))
    asked = [
        ValveMark(
            card["tag"], _position(card), card["order"], SHUT if card["tag"] in shut else TO_CLOSE
        )
        for card in report["valves_to_close"]
        if "position" in card
    ]
    lost = [
        ValveMark(card["tag"], _position(card), None, LOST)
        for card in report["valves_lost"]
        if "position" in card
    ]
    return (*lost, *asked)


def _position(card: Report) -> Position:
    longitude, latitude = card["position"][:2]
    return longitude, latitude


def _lines(session: Session, tags: Iterable[str]) -> Mapping[str, Mapping[str, Any]]:
    wanted = list(dict.fromkeys(tags))
    found: dict[str, Mapping[str, Any]] = {}
    for start in range(0, len(wanted), TAGS_PER_QUERY):
        part = wanted[start : start + TAGS_PER_QUERY]
        query = select(Asset.tag, Asset.geometry).where(Asset.tag.in_(part))
        found.update((tag, line) for tag, line in session.execute(query) if line)
    return found


def _spot(geometry: Mapping[str, Any] | None, at_m: float | None) -> Position | None:
    if geometry is None:
        return None
    if at_m is None or geometry["type"] == "Point":
        return middle(dict(geometry))
    return Ruler(dict(geometry)).at(at_m)
