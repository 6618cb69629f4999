"""Reporting what is seen on the road: common things, each with the assets that it happens to."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.facts import Comment
from asset_model.ids import Author
from asset_model.photos import Photo
from asset_model.spatial import assets_within, nearest_segment
from asset_model.vocabulary import WorkOrderSource, WorkOrderStatus
from asset_model.work_orders import WorkOrder
from field_app.actions import photos
from field_app.actions.new_orders import NewOrder
from field_app.actions.work_orders import create
from field_app.reads.corners import Position
from field_app.store.pictures import Picture

WITHIN_M = 60.0
"""A sign or a grate farther away is another one: the street is named instead."""


@dataclass(frozen=True)
class Seen:
    """What was seen, in words of the reporter's language, and how bad it is."""

    what: str
    priority: int = 3
    note: str | None = None
    asset_id: str | None = None
    spot: Position | None = None
    address: str | None = None
    """Where a place was shown on the map; else the asset says where it is."""


def found_by_itself(session: Session, position: Position, classes: Sequence[str]) -> Asset | None:
    """The nearest asset of the right class; where none is near, the street one is on."""
    near = assets_within(session, position, WITHIN_M, classes=classes) if classes else []
    street = near[0] if near else nearest_segment(session, position)
    return street.asset if street else None


def report(
    session: Session,
    seen: Seen,
    *,
    by: Author,
    device_code: str,
    pictures: Sequence[Picture] = (),
) -> WorkOrder:
    """An order, as a draft for the foreman, with its photos.

    :raises Refused: what `create` and `attach` raise
    """
    new = NewOrder(
        title=seen.what.strip(),
        asset_id=seen.asset_id,
        spot=seen.spot,
        place=seen.address,
        priority=seen.priority,
        description=(seen.note or "").strip() or None,
        source=WorkOrderSource.DEFECT,
    )
    order = create(session, new, by=by, device_code=device_code)
    for picture in pictures:
        photos.attach(session, order.id, picture, by=by, moment="defect")
    return order


def mark(
    session: Session,
    what: str,
    position: Position | None,
    *,
    by: Author,
    device_code: str,
    classes: Sequence[str] = (),
) -> WorkOrder:
    """One touch while driving: what, where and when; the rest is added once parked.

    It leaves at once like any report, so that a fallen branch is known before the truck stops.
    """
    asset = found_by_itself(session, position, classes) if position else None
    seen = Seen(what, asset_id=asset.id if asset else None, spot=position)
    return report(session, seen, by=by, device_code=device_code)


def marks_to_complete(session: Session, person_id: str, *, limit: int = 20) -> list[WorkOrder]:
    """One's own reports that say nothing but what, and nobody has taken up yet."""
    query = (
        select(WorkOrder)
        .where(
            WorkOrder.status == WorkOrderStatus.DRAFT,
            WorkOrder.created_by == person_id,
            WorkOrder.source == WorkOrderSource.DEFECT,
            WorkOrder.description.is_(None),
            ~select(Photo.id).where(Photo.work_order_id == WorkOrder.id).exists(),
            ~select(Comment.id).where(Comment.work_order_id == WorkOrder.id).exists(),
        )
        .order_by(WorkOrder.created_at.desc())
        .limit(limit)
    )
    return list(session.scalars(query))
