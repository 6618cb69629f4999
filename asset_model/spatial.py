"""What is near, within, and along: the same on a tablet's SQLite as on a server's PostgreSQL.

The database sorts out by bounding boxes, with the index of `asset_model/bounds.py`; geometry
decides, in metres of the ellipsoid. So both engines give the same answer to the last row.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from math import hypot
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Float, bindparam, or_, select
from sqlalchemy.orm import Session

from asset_model import bounds as index
from asset_model.asking import asked_together
from asset_model.assets import Asset
from asset_model.geometry import Position, bounds, middle, parts
from asset_model.linear.nearest import Lines
from asset_model.linear.ruler import Ruler, Side, metres_per_degree
from asset_model.vocabulary import AssetStatus
from asset_model.work_orders import WorkOrder

SEGMENT = ("road_segment",)
NEAR_M = 150.0


class Box(NamedTuple):
    """Degrees; a box that would go around the world is none of a town's."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def of(cls, edges: Sequence[float | None]) -> "Box | None":
        """None of them, where a query has found nothing to be around."""
        west, south, east, north = edges
        if west is None or south is None or east is None or north is None:
            return None
        return cls(west, south, east, north)

    def wider(self, metres: float) -> "Box":
        per_east, per_north = metres_per_degree(max(abs(self.south), abs(self.north)))
        wide, deep = metres / per_east, metres / per_north
        return Box(self.west - wide, self.south - deep, self.east + wide, self.north + deep)

    def stretched(self, share: float) -> "Box":
        """With so much of its own size more on each side."""
        wide, deep = (self.east - self.west) * share, (self.north - self.south) * share
        return Box(self.west - wide, self.south - deep, self.east + wide, self.north + deep)


@dataclass(frozen=True)
class Near:
    """An asset, and how far it is from where one asked."""

    asset: Asset
    distance_m: float


@dataclass(frozen=True)
class Along:
    """An asset beside a route: how far along the route it is, how far off it, and on which hand."""

    asset: Asset
    measure_m: float
    offset_m: float
    side: Side


def assets_within(
    session: Session, position: Position, within_m: float, *, classes: Sequence[str] = ()
) -> list[Near]:
    """Every standing asset no farther than `within_m`, the nearest first, then by tag."""
    (near,) = assets_within_each(session, [position], within_m, classes=classes)
    return near


def assets_within_each(
    session: Session, positions: Sequence[Position], within_m: float, *, classes: Sequence[str] = ()
) -> list[list[Near]]:
    """The same of several places, asked together."""
    each: list[list[Near]] = []
    for part in asked_together(positions):
        boxes = [Box(*position[:2], *position[:2]).wider(within_m) for position in part]
        found = _in_boxes(session, boxes, classes)
        for position, box in zip(part, boxes, strict=True):
            there = (asset for asset in found if _is_in(box, asset))
            each.append(_nearest_first(position, there, within_m))
    return each


def _nearest_first(position: Position, assets: Iterable[Asset], within_m: float) -> list[Near]:
    found = (Near(asset, distance_m(position, asset.geometry or {})) for asset in assets)
    return sorted(
        (near for near in found if near.distance_m <= within_m),
        key=lambda near: (near.distance_m, near.asset.tag),
    )


def nearest_segment(
    session: Session, position: Position, *, within_m: float = NEAR_M
) -> Near | None:
    """The street nearest to a place; of two as near, the first by tag."""
    return next(iter(assets_within(session, position, within_m, classes=SEGMENT)), None)


def assets_of_district(
    session: Session, district_id: str, *, classes: Sequence[str] = ()
) -> list[Asset]:
    """What a district looks after, by what each asset says; by tag."""
    query = _standing(classes).where(Asset.district_id == district_id)
    return list(session.scalars(query.order_by(Asset.tag)))


def assets_in_area(
    session: Session, area: dict[str, Any], *, classes: Sequence[str] = ()
) -> list[Asset]:
    """What lies in a polygon, a hole in it left out, by the middle of each; by tag."""
    rings = list(parts(area))
    found = _in_box(session, Box(*bounds(area)), classes)
    within = (asset for asset in found if inside(middle(asset.geometry or {}), rings))
    return sorted(within, key=lambda asset: asset.tag)


def assets_along(
    session: Session,
    route: Sequence[dict[str, Any]],
    within_m: float,
    *,
    classes: Sequence[str] = (),
) -> list[Along]:
    """What is beside the lines of a route, in the order in which they pass it.

    A route that passes a place twice has it where it is nearest.
    """
    if not route:
        return []
    lines = Lines({f"{place:06}": line for place, line in enumerate(route)})
    starts = [0.0]
    for line in route:
        starts.append(starts[-1] + Ruler(line).length_m)
    boxes = [bounds(line) for line in route]
    box = Box(
        min(b[0] for b in boxes), min(b[1] for b in boxes),
        max(b[2] for b in boxes), max(b[3] for b in boxes),
    )  # fmt: skip
    found = []
    for asset in _in_box(session, box.wider(within_m), classes):
        nearest = lines.nearest(middle(asset.geometry or {}), within_m=within_m)
        if nearest is not None:
            at, on = starts[int(nearest.name)], nearest.on_line
            found.append(Along(asset, at + on.measure_m, on.offset_m, on.side))
    return sorted(found, key=lambda each: (each.measure_m, each.asset.tag))


def orders_within(
    session: Session, position: Position, within_m: float, *, since: datetime | None = None
) -> list[tuple[WorkOrder, float]]:
    """Work orders placed no farther than `within_m`, with how far; the nearest first."""
    box = Box(position[0], position[1], position[0], position[1]).wider(within_m)
    query = select(WorkOrder).where(
        WorkOrder.longitude.between(box.west, box.east),
        WorkOrder.latitude.between(box.south, box.north),
    )
    if since is not None:
        query = query.where(WorkOrder.created_at >= since)
    placed = (
        (order, _apart_m(position, (order.longitude or 0.0, order.latitude or 0.0)))
        for order in session.scalars(query)
    )
    near = [(order, far_m) for order, far_m in placed if far_m <= within_m]
    return sorted(near, key=lambda each: (each[1], each[0].id))


def distance_m(position: Position, geometry: dict[str, Any]) -> float:
    """From a place to the nearest part of a geometry; nought inside of a polygon."""
    if geometry["type"] == "Point":
        return _apart_m(position, geometry["coordinates"])
    if geometry["type"] == "Polygon" and inside(position, list(parts(geometry))):
        return 0.0
    return Ruler(geometry).locate(position).offset_m


def inside(position: Position, rings: Sequence[Sequence[Position]]) -> bool:
    """Whether a place is within the first ring and no other: each crossing changes the answer."""
    return sum(_crossings(position, rings)) % 2 == 1


def meets(box: Box) -> ColumnElement[bool]:
    """Assets whose bounding box meets this one."""
    return index.meets(*box)


def of_classes(classes: Sequence[str]) -> ColumnElement[bool]:
    """Of these classes, told so that the index on classes does not keep the spatial one from use:
    without statistics, SQLite takes a class for ten rows.
    """
    return Asset.class_code.concat("").in_(classes)


def _crossings(position: Position, rings: Sequence[Sequence[Position]]) -> Iterator[int]:
    """How often a line from the place to the east crosses each ring."""
    x, y = position[0], position[1]
    for ring in rings:
        for start, end in pairwise(ring):
            if (start[1] > y) != (end[1] > y):
                reach = (y - start[1]) / (end[1] - start[1])
                yield int(x < start[0] + reach * (end[0] - start[0]))


def _in_box(session: Session, box: Box, classes: Sequence[str]) -> Sequence[Asset]:
    return _in_boxes(session, [box], classes)


def _in_boxes(session: Session, boxes: Sequence[Box], classes: Sequence[str]) -> Sequence[Asset]:
    """In no order: asked for by tag, SQLite would read all assets by their tags instead."""
    edges = {
        f"{edge}_{place}": value
        for place, box in enumerate(boxes)
        for edge, value in box._asdict().items()
    }
    query = _in_any_boxes(tuple(classes), len(boxes))
    found: Sequence[Asset] = session.scalars(query, edges).all()
    return found


@lru_cache(maxsize=128)
def _in_any_boxes(classes: tuple[str, ...], count: int) -> Any:
    """Built once for each set of classes: to build it takes longer than to run it."""
    boxes = (
        [bindparam(f"{edge}_{place}", type_=Float()) for edge in Box._fields]
        for place in range(count)
    )
    return _standing(classes).where(or_(*(index.meets(*box) for box in boxes)))


def _is_in(box: Box, asset: Asset) -> bool:
    """As `meets` says it."""
    it = Box.of((asset.west, asset.south, asset.east, asset.north))
    if it is None:
        return False
    across = it.west <= box.east and it.east >= box.west
    return across and it.south <= box.north and it.north >= box.south


def _standing(classes: Sequence[str]) -> Any:
    query = select(Asset).where(Asset.status != AssetStatus.RETIRED, Asset.geometry.is_not(None))
    return query.where(of_classes(classes)) if classes else query


def _apart_m(one: Position, other: Position) -> float:
    per_east, per_north = metres_per_degree((one[1] + other[1]) / 2)
    return hypot((one[0] - other[0]) * per_east, (one[1] - other[1]) * per_north)
