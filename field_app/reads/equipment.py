"""The machines that may have worked on an order."""

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.fleet import UnitAssignment
from field_app.reads.fleet import ATTACHMENT, GONE, VEHICLE

UNITS_MAX = 24


def units_for(session: Session, order_id: str) -> tuple[Asset, ...]:
    """Those that the order has or had, then the others by their number."""
    taken = select(UnitAssignment.asset_id).where(UnitAssignment.work_order_id == order_id)
    first = case((Asset.id.in_(taken), 0), else_=1)
    rank = case((Asset.class_code == VEHICLE, 0), else_=1)
    query = select(Asset).where(
        Asset.class_code.in_((VEHICLE, ATTACHMENT)), Asset.status.not_in(GONE)
    )
    return tuple(session.scalars(query.order_by(first, rank, Asset.tag).limit(UNITS_MAX)))
