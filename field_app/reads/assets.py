"""Finding the segment, the hydrant or the sign that a person means."""

from dataclasses import dataclass
from math import cos, radians

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asset_model.assets import Asset, AssetClass
from asset_model.work_orders import WorkOrder
from field_app.reads.searching import LOOSENESS, folded, may_mention, mentions

FOUND_MAX = 8
NEAR_MAX = 4


@dataclass(frozen=True)
class Found:
    id: str
    tag: str
    name: str
    address: str | None
    class_fr: str
    class_en: str


def find_assets(
    session: Session, text: str, *, class_code: str | None = None, limit: int = FOUND_MAX
) -> tuple[Found, ...]:
    """Assets whose name, tag or address has every word of `text`, names that start so first."""
    words = text.split()
    if not words:
        return ()
    query = select(Asset, AssetClass).outerjoin(AssetClass, AssetClass.code == Asset.class_code)
    for word in words:
        query = query.where(may_mention((Asset.name, Asset.tag, Asset.address), word))
    if class_code:
        query = query.where(Asset.class_code == class_code)
    read = query.order_by(Asset.name, Asset.tag).limit(limit * LOOSENESS)
    found = [
        _found(asset, kind)
        for asset, kind in session.execute(read)
        if mentions((asset.name, asset.tag, asset.address), text)
    ]
    start = folded(text.strip())
    found.sort(key=lambda one: not folded(one.name).startswith(start))
    return tuple(found[:limit])


def nearest_assets(
    session: Session, longitude: float, latitude: float, *, limit: int = FOUND_MAX
) -> tuple[Found, ...]:
    """By the distance from the point to each bounding box: near enough to offer. A point on a
    street is in the box of its segment, which so comes before the valve across the street.
    """
    reach_degrees = 0.02
    query = (
        select(Asset, AssetClass)
        .outerjoin(AssetClass, AssetClass.code == Asset.class_code)
        .where(
            Asset.west < longitude + reach_degrees,
            Asset.east > longitude - reach_degrees,
            Asset.south < latitude + reach_degrees,
            Asset.north > latitude - reach_degrees,
        )
    )
    across = cos(radians(latitude))
    east = func.max(Asset.west - longitude, 0, longitude - Asset.east) * across
    north = func.max(Asset.south - latitude, 0, latitude - Asset.north)
    nearness = east * east + north * north
    rows = session.execute(query.order_by(nearness, Asset.tag).limit(limit))
    return tuple(_found(asset, kind) for asset, kind in rows)


def _found(asset: Asset, kind: AssetClass | None) -> Found:
    return Found(
        id=asset.id,
        tag=asset.tag,
        name=asset.name,
        address=asset.address,
        class_fr=kind.label_fr if kind else asset.class_code,
        class_en=kind.label_en if kind else asset.class_code,
    )


def assets_near_order(session: Session, order_id: str) -> tuple[Found, ...]:
    """Assets around the place of an order; none where it has no place."""
    order = session.get(WorkOrder, order_id)
    if order is None or order.longitude is None or order.latitude is None:
        return ()
    return nearest_assets(session, order.longitude, order.latitude, limit=NEAR_MAX)
