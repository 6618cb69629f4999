"""What was chosen on the map, as its card tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.errors import Refused
from asset_model.geometry import middle
from asset_model.linear.places import Place, place_of_point
from asset_model.vocabulary import OPEN_STATUSES
from asset_model.work_orders import WorkOrder
from field_app.reads.assets import Found, found_asset
from field_app.reads.corners import Position
from field_app.reads.map_breaks import ChosenBreak
from field_app.reads.orders import OrderLine, order_line


@dataclass(frozen=True)
class ChosenOrder:
    line: OrderLine
    position: Position
    geometry: Mapping[str, Any] | None
    """Of the asset it is about, where that is a line: the street, the pipe."""
    asset_id: str | None


@dataclass(frozen=True)
class ChosenAsset:
    found: Found
    class_code: str
    position: Position
    geometry: Mapping[str, Any]
    open_orders: int


@dataclass(frozen=True)
class ChosenPlace:
    """A place of the ground, and the street it is on where one is near."""

    position: Position
    place: Place | None
    asset_id: str | None
    geometry: Mapping[str, Any] | None


Chosen = ChosenOrder | ChosenAsset | ChosenPlace | ChosenBreak


def chosen_order(session: Session, order_id: str) -> ChosenOrder | None:
    """None: this tablet does not hold it, or it has no place."""
    line = order_line(session, order_id)
    order = session.get(WorkOrder, order_id)
    if line is None or order is None:
        return None
    asset = session.get(Asset, order.asset_id) if order.asset_id else None
    geometry = asset.geometry if asset else None
    if order.longitude is not None and order.latitude is not None:
        return ChosenOrder(line, (order.longitude, order.latitude), geometry, order.asset_id)
    if geometry is None:
        return None
    return ChosenOrder(line, middle(geometry), geometry, order.asset_id)


def chosen_asset(session: Session, asset_id: str) -> ChosenAsset | None:
    found, asset = found_asset(session, asset_id), session.get(Asset, asset_id)
    if found is None or asset is None or asset.geometry is None:
        return None
    still = select(func.count()).where(
        WorkOrder.asset_id == asset_id, WorkOrder.status.in_(OPEN_STATUSES)
    )
    count = session.scalar(still.select_from(WorkOrder)) or 0
    return ChosenAsset(found, asset.class_code, middle(asset.geometry), asset.geometry, count)


def chosen_place(session: Session, position: Position) -> ChosenPlace:
    try:
        place = place_of_point(session, *position)
    except Refused:
        return ChosenPlace(position, None, None, None)
    segment = session.scalars(select(Asset).where(Asset.tag == place.segment)).first()
    return ChosenPlace(
        position, place, segment.id if segment else None, segment.geometry if segment else None
    )
