"""The closures of an order, and the street that work on it would close."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.closures import STANDING, Closure
from asset_model.geometry import Position, middle
from asset_model.linear.ruler import Ruler
from asset_model.spatial import nearest_segment
from asset_model.work_orders import WorkOrder

STREET = "road_segment"
WITHIN_M = 60.0
"""From a pipe, a hydrant or a pin to the street that is dug up for it."""


@dataclass(frozen=True)
class Street:
    """A segment that can be closed, from corner to corner unless less is said."""

    asset_id: str
    name: str
    length_m: float


def closures_about(session: Session, order: WorkOrder) -> Sequence[Closure]:
    """Those made for it, lifted or not, and those that stand on its own segment."""
    on_it = (Closure.asset_id == order.asset_id) & Closure.status.in_(STANDING)
    query = select(Closure).where(or_(Closure.order_id == order.id, on_it))
    return session.scalars(query.order_by(Closure.begins_at, Closure.id)).all()


def street_under(session: Session, order: WorkOrder) -> Street | None:
    """The order's own segment; else the nearest one to what it is about."""
    asset = session.get(Asset, order.asset_id) if order.asset_id else None
    if asset is None or asset.class_code != STREET or not asset.geometry:
        position = _position(order, asset)
        near = nearest_segment(session, position, within_m=WITHIN_M) if position else None
        asset = near.asset if near else None
    if asset is None or not asset.geometry:
        return None
    return Street(asset.id, asset.name, round(Ruler(asset.geometry).length_m, 1))


def _position(order: WorkOrder, asset: Asset | None) -> Position | None:
    if asset is not None and asset.geometry:
        line = asset.geometry["type"].endswith("LineString")
        at_m = order.from_m
        return Ruler(asset.geometry).at(at_m) if line and at_m else middle(asset.geometry)
    if order.longitude is None or order.latitude is None:
        return None
    return order.longitude, order.latitude
