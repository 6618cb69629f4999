"""Assets where they are: what of each class is in view, and what is drawn of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians, sqrt
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from asset_model.assets import Asset, AssetClass
from asset_model.geometry import middle
from asset_model.spatial import Box, assets_within, meets, of_classes
from asset_model.vocabulary import AssetStatus, GeometryKind
from field_app.reads.corners import ROAD, Position

SHAPES_MAX = 300
STREETS_MAX = 450
TOWN_WIDE = 0.05
"""In degrees of longitude: some 4 km."""
MAIN_STREETS = ("major_arterial", "minor_arterial", "major_collector", "minor_collector", "highway")


@dataclass(frozen=True)
class Shape:
    """An asset as it is drawn. `position` is where its mark stands."""

    id: str
    tag: str
    class_code: str
    geometry: Mapping[str, Any]

    @property
    def position(self) -> Position:
        return middle(dict(self.geometry))


@dataclass(frozen=True)
class InView:
    """`shapes` are the nearest to the middle of the view; `total` counts them all."""

    shapes: tuple[Shape, ...] = ()
    total: int = 0


def is_point(geometry: Mapping[str, Any]) -> bool:
    return geometry.get("type") == "Point"


def placed_classes(session: Session) -> Sequence[AssetClass]:
    """The classes that can be on a map, by code."""
    query = select(AssetClass).where(AssetClass.geometry_kind != GeometryKind.NONE)
    return session.scalars(query.order_by(AssetClass.code)).all()


def assets_by_class(session: Session, box: Box, classes: Sequence[str]) -> Mapping[str, int]:
    """How many of each class are in a box."""
    query = (
        select(Asset.class_code, func.count())
        .where(*_standing(box, classes))
        .group_by(Asset.class_code)
    )
    return dict(session.execute(query).all())


def shapes_in(
    session: Session, box: Box, classes: Sequence[str], *, limit: int = SHAPES_MAX
) -> InView:
    """What is drawn of some classes: all of it, or the `limit` nearest to the middle."""
    if not classes:
        return InView()
    total = sum(assets_by_class(session, box, classes).values())
    looked_in = box if total <= limit else _shrunk(box, sqrt(2 * limit / total))
    query = _shapes().where(*_standing(looked_in, classes)).order_by(_nearness(box), Asset.id)
    return InView(tuple(Shape(*row) for row in session.execute(query.limit(limit))), total)


def streets_in(session: Session, box: Box, *, limit: int = STREETS_MAX) -> tuple[Shape, ...]:
    """The streets of a box, to find one's way by; where they are too many, the main ones."""
    every = _shapes().where(*_streets(box))
    rows = session.execute(every.limit(limit + 1)).all()
    if len(rows) > limit:
        main = Asset.attributes["road_class"].as_string().in_(MAIN_STREETS)
        rows = session.execute(every.where(main).order_by(Asset.length_m.desc()).limit(limit)).all()
    return tuple(Shape(*row) for row in rows)


def _streets(box: Box) -> tuple[ColumnElement[bool], ...]:
    """With the whole town in view by their class: the index of boxes would first find all else
    that stands in it.
    """
    if box.east - box.west < TOWN_WIDE:
        return _standing(box, (ROAD,))
    touches = (
        Asset.west <= box.east, Asset.east >= box.west,
        Asset.south <= box.north, Asset.north >= box.south,
    )  # fmt: skip
    return (Asset.class_code == ROAD, *touches, Asset.status != AssetStatus.RETIRED)


def asset_near(
    session: Session, position: Position, within_m: float, *, classes: Sequence[str]
) -> str | None:
    """The nearest asset of some classes under a finger; a hydrant before the street it stands on,
    which a finger always covers too.
    """
    found = assets_within(session, position, within_m, classes=classes) if classes else []
    points = [near for near in found if is_point(near.asset.geometry or {})]
    return next((near.asset.id for near in points or found), None)


def bounds_of_town(session: Session) -> Box | None:
    """The box around every street; None before the first copy."""
    query = select(
        func.min(Asset.west), func.min(Asset.south), func.max(Asset.east), func.max(Asset.north)
    ).where(Asset.class_code == ROAD)
    return Box.of(session.execute(query).one())


def _shapes() -> Any:
    return select(Asset.id, Asset.tag, Asset.class_code, Asset.geometry)


def _standing(box: Box, classes: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
    return (
        of_classes(classes),
        meets(box),
        Asset.status != AssetStatus.RETIRED,
    )


def _shrunk(box: Box, share: float) -> Box:
    """Around the same middle, with twice the room that as many as are drawn would take."""
    wide, deep = (box.east - box.west) * share / 2, (box.north - box.south) * share / 2
    east, north = (box.west + box.east) / 2, (box.south + box.north) / 2
    return Box(east - wide, north - deep, east + wide, north + deep)


def _nearness(box: Box) -> ColumnElement[Any]:
    """The square of the distance from the middle of the view to the middle of a bounding box."""
    east, north = box.west + box.east, box.south + box.north
    across = cos(radians(north / 2))
    off_east = (Asset.west + Asset.east - east) * across
    off_north = Asset.south + Asset.north - north
    return off_east * off_east + off_north * off_north
