"""Finding the segment, the hydrant or the sign that a person means."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from sqlalchemy import ColumnElement, Select, TextClause, func, or_, select
from sqlalchemy.orm import Session

from asset_model.assets import Asset, AssetClass
from asset_model.geometry import middle
from asset_model.people import District
from asset_model.spatial import Box, meets, of_classes
from asset_model.work_orders import WorkOrder
from field_app.reads.corners import ROAD, Position, corners
from field_app.reads.searching import mentions, starts_with
from field_app.store.asset_words import beginning_with
from field_app.store.folding import folded

FOUND_MAX = 8
NEAR_MAX = 4
NEAR_DEGREES = 0.02

SIDES = ("left", "right")

_Rows = Select[Asset, AssetClass, str]


@dataclass(frozen=True)
class Found:
    """An asset with what tells it from its neighbours."""

    id: str
    tag: str
    name: str
    address: str | None
    class_fr: str
    class_en: str
    district: str | None = None
    civic: tuple[int, int] | None = None
    """The lowest and the highest civic number along a road segment."""
    corners: tuple[str, ...] = ()
    """The streets at its ends."""


@dataclass(frozen=True)
class Matches:
    """The first of what was found, and how many there are."""

    found: tuple[Found, ...] = ()
    total: int = 0


def find_assets(
    session: Session,
    text: str,
    *,
    near: Position | None = None,
    classes: Sequence[str] = (),
    limit: int = FOUND_MAX,
) -> Matches:
    """Assets whose name, tag or address has every word of `text`; a number may also be a civic one.

    That very tag comes first, then names that start so; among these the nearest to `near`, and
    along a street.
    """
    words = text.split()
    if not words:
        return Matches()
    conditions = [*_saying(session, words), *_of(classes)]
    closest = [_nearness(near)] if near else []
    query = (
        _assets()
        .where(*conditions)
        .order_by(_is_tag(text).desc(), starts_with(Asset.name, text).desc(), *closest)
        .order_by(Asset.name, _civic("left", "from"), Asset.tag)
    )
    counted = select(func.count()).select_from(Asset).where(*conditions)
    return Matches(_found(session, query.limit(limit)), session.scalar(counted) or 0)


def nearest_assets(
    session: Session, position: Position, *, classes: Sequence[str] = (), limit: int = NEAR_MAX
) -> tuple[Found, ...]:
    """By the distance from the point to each bounding box: near enough to offer. A point on a
    street is in the box of its segment, which so comes before the valve across the street.
    """
    x, y = position
    box = Box(x - NEAR_DEGREES, y - NEAR_DEGREES, x + NEAR_DEGREES, y + NEAR_DEGREES)
    query = _assets().where(meets(box))
    if classes:
        query = query.where(of_classes(classes))
    return _found(session, query.order_by(_nearness(position), Asset.tag).limit(limit))


def found_asset(session: Session, asset_id: str) -> Found | None:
    return next(iter(_found(session, _assets().where(Asset.id == asset_id))), None)


def middle_of(session: Session, asset_id: str) -> Position | None:
    """Where an asset is, as far as one point can say."""
    asset = session.get(Asset, asset_id)
    if asset is None or not asset.geometry:
        return None
    longitude, latitude = middle(asset.geometry)
    return longitude, latitude


def position_of(session: Session, order_id: str) -> Position | None:
    """The place of an order, where it has one."""
    order = session.get(WorkOrder, order_id)
    if order is None or order.longitude is None or order.latitude is None:
        return None
    return order.longitude, order.latitude


def _assets() -> _Rows:
    return (
        select(Asset, AssetClass, District.name)
        .outerjoin(AssetClass, AssetClass.code == Asset.class_code)
        .outerjoin(District, District.id == Asset.district_id)
    )


def _of(classes: Sequence[str]) -> list[ColumnElement[bool]]:
    """None named: of any class."""
    return [Asset.class_code.in_(classes)] if classes else []


def _saying(session: Session, words: list[str]) -> Iterable[ColumnElement[bool] | TextClause]:
    """By the index, as far as it can tell; a number may also be between two civic ones."""
    numbers = [word for word in words if _is_number(word)]
    named = [word for word in words if not _is_number(word)]
    indexed = beginning_with(session, named)
    if indexed is not None:
        return [indexed, *(_says(word) for word in numbers)]
    told = [beginning_with(session, [word]) for word in numbers]
    if named or None in told:
        return [_says(word) for word in words]
    return [
        or_(said, (Asset.class_code == ROAD) & _along(word))
        for said, word in zip(told, numbers, strict=True)
        if said is not None
    ]


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdecimal()


def _is_tag(text: str) -> ColumnElement[bool]:
    return func.folded(Asset.tag) == folded(text.strip())


def _says(word: str) -> ColumnElement[bool]:
    said = mentions((Asset.name, Asset.tag, Asset.address), word)
    if not _is_number(word):
        return said
    return or_(said, _along(word))


def _along(number: str) -> ColumnElement[bool]:
    """Segments along which the number lies, on either hand."""
    return or_(*(_lies(int(number), _civic(side, "from"), _civic(side, "to")) for side in SIDES))


def _lies(number: int, start: Any, end: Any) -> ColumnElement[bool]:
    """Numbers may fall along a segment as well as rise."""
    return (func.min(start, end) <= number) & (func.max(start, end) >= number)


def _civic(side: str, end: str) -> Any:
    return Asset.attributes[f"civic_{side}_{end}"].as_integer()


def _nearness(position: Position) -> ColumnElement[Any]:
    """The square of the distance to the bounding box; what has no place comes last."""
    longitude, latitude = position
    across = cos(radians(latitude))
    east = func.max(Asset.west - longitude, 0, longitude - Asset.east) * across
    north = func.max(Asset.south - latitude, 0, latitude - Asset.north)
    return (east * east + north * north).nulls_last()


def _found(session: Session, query: _Rows) -> tuple[Found, ...]:
    rows = session.execute(query).all()
    met = corners(session, (asset for asset, _, _ in rows))
    return tuple(
        _told(asset, kind, district, met.get(asset.id, ())) for asset, kind, district in rows
    )


def _told(
    asset: Asset, kind: AssetClass | None, district: str | None, met: tuple[str, ...]
) -> Found:
    return Found(
        id=asset.id,
        tag=asset.tag,
        name=asset.name,
        address=asset.address,
        class_fr=kind.label_fr if kind else asset.class_code,
        class_en=kind.label_en if kind else asset.class_code,
        district=district,
        civic=_range(asset.attributes[name] for name in _civic_names(asset)),
        corners=met,
    )


def _civic_names(asset: Asset) -> Iterable[str]:
    names = (f"civic_{side}_{end}" for side in SIDES for end in ("from", "to"))
    return (name for name in names if asset.attributes.get(name) is not None)


def _range(numbers: Iterable[int]) -> tuple[int, int] | None:
    known = sorted(numbers)
    return (known[0], known[-1]) if known else None


def valve_of(session: Session, tag: str) -> Asset | None:
    query = select(Asset).where(Asset.tag == tag, Asset.class_code == "valve")
    return session.scalars(query).first()
