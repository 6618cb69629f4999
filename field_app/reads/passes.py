"""Passes as crews see them: of one street, under the wheels, and all that are in view."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.geometry import Position, bearing_of, parts
from asset_model.linear.ruler import Ruler
from asset_model.passes import STREET, Direction, Pass, counts
from asset_model.passes_along import Made, Trip, passes_along, runs
from asset_model.people import Person
from asset_model.spatial import Box, meets, nearest_segment
from asset_model.work_orders import WorkOrder
from field_app.reads.closures import Street

UNDER_WITHIN_M = 30.0
"""From a truck to the middle of the street it is on; farther, and it is on none of ours."""
SHOWN_MAX = 6
DRAWN_MAX = 4_000
AROUND_M, ALONG_WITHIN = 8.0, 60.0
"""How a street runs at a place is told by so much of it; degrees of a course that follow it."""
LATELY = timedelta(minutes=30)


@dataclass(frozen=True)
class StreetPasses:
    """`bearing`: the way in which the line of the street runs, in degrees from north."""

    street: Street
    bearing: float
    one_way: bool
    made: tuple[Made, ...]
    total: int
    people: dict[str, str]
    """The names of those who told of them, by id."""


@dataclass(frozen=True)
class DrawnRun:
    """A stretch of a street on the map, with its last pass."""

    line: tuple[tuple[float, float], ...]
    at: datetime
    whole: bool


def street_passes(session: Session, asset_id: str, *, since: datetime) -> StreetPasses | None:
    """None where the asset is no street that is drawn."""
    asset = session.get(Asset, asset_id)
    if asset is None or asset.class_code != STREET or not asset.geometry:
        return None
    made = passes_along(session, asset, since=since)
    shown = tuple(made[:SHOWN_MAX])
    told_by = {one.told.person_id for one in shown if one.told.person_id}
    names = select(Person.id, Person.name).where(Person.id.in_(told_by))
    return StreetPasses(
        street_of(asset), bearing(asset.geometry), one_way(asset.attributes), shown, len(made),
        dict(session.execute(names).all()),
    )  # fmt: skip


def street_at(session: Session, position: Position) -> Asset | None:
    """The street that a truck is on."""
    near = nearest_segment(session, position, within_m=UNDER_WITHIN_M)
    return near.asset if near else None


def street_of_order(session: Session, order_id: str) -> Asset | None:
    """The street that an order is about, where it is about one."""
    order = session.get(WorkOrder, order_id)
    asset = session.get(Asset, order.asset_id) if order and order.asset_id else None
    return asset if asset and asset.class_code == STREET and asset.geometry else None


def last_own(session: Session, person_id: str, *, now: datetime) -> Pass | None:
    """The pass that one told of a moment ago, to be taken back at once."""
    query = select(Pass).where(Pass.person_id == person_id, Pass.noted_at >= now - LATELY, counts())
    return session.scalars(query.order_by(Pass.noted_at.desc(), Pass.id.desc()).limit(1)).first()


def runs_in(session: Session, box: Box, kinds: Sequence[str], *, since: datetime) -> list[DrawnRun]:
    """What is drawn of passes, the oldest first: the newest lies on top.

    On the line that each was told of: where a street was cut since, its old line is still known.
    """
    query = (
        select(Pass, Asset)
        .join(Asset, Asset.id == Pass.asset_id)
        .where(Pass.kind.in_(kinds), Pass.done_at >= since, counts(), meets(box))
        .order_by(Pass.done_at.desc(), Pass.id)
        .limit(DRAWN_MAX)
    )
    trips: dict[str, list[Trip]] = {}
    lines: dict[str, Asset] = {}
    for told, asset in session.execute(query):
        lines[asset.id] = asset
        trip = Trip(told.from_m, told.to_m, told.direction, told.done_at)
        trips.setdefault(asset.id, []).append(trip)
    drawn = [run for id, asset in lines.items() for run in _drawn(asset, trips[id])]
    return sorted(drawn, key=lambda run: run.at)


def _drawn(asset: Asset, trips: Sequence[Trip]) -> Iterator[DrawnRun]:
    if not asset.geometry:
        return
    ruler = Ruler(asset.geometry)
    for run in runs(trips, one_way=one_way(asset.attributes)):
        line = ruler.cut(run.from_m, min(run.to_m, ruler.length_m))
        yield DrawnRun(tuple(line), run.at, run.whole)


def one_way(attributes: dict[str, Any]) -> bool:
    return attributes.get("one_way") is True


def bearing(geometry: dict[str, Any]) -> float:
    """From the first point of a line to its last, in degrees clockwise from north."""
    every = list(parts(geometry))
    return bearing_of(every[0][0], every[-1][-1])


def way_along(geometry: dict[str, Any], position: Position, course: float | None) -> str | None:
    """Which way one drives a street, by how it runs right there; None across it, or standing."""
    if course is None:
        return None
    ruler = Ruler(geometry)
    at_m = ruler.locate(position).measure_m
    runs_to = bearing_of(ruler.at(at_m - AROUND_M), ruler.at(at_m + AROUND_M))
    apart = abs((course - runs_to + 180) % 360 - 180)
    if apart <= ALONG_WITHIN:
        return Direction.FORWARD
    return Direction.BACKWARD if apart >= 180 - ALONG_WITHIN else None


def street_of(asset: Asset) -> Street:
    return Street(asset.id, asset.name, round(Ruler(asset.geometry or {}).length_m, 1))
