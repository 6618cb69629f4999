"""Work orders where they are: each by itself, or a number where they are dense."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from math import cos, radians

from sqlalchemy import Integer, and_, case, cast, func, select
from sqlalchemy.orm import Session

from asset_model.spatial import Box
from asset_model.vocabulary import OPEN_STATUSES, WorkOrderStatus
from asset_model.work_orders import WorkOrder
from field_app.reads.corners import Position
from field_app.reads.orders import Wanted, conditions

SPOTS_MAX = 400
"""Cells that a screen has at most; beyond it the map is larger than anyone's."""


@dataclass(frozen=True)
class Spot:
    """One order, or several so near each other that they are drawn as one number."""

    position: Position
    count: int
    order_id: str
    status: str
    priority: int
    """The most urgent of them."""
    late: bool


def order_spots(
    session: Session, wanted: Wanted, *, cell: float, now: datetime
) -> tuple[Spot, ...]:
    """The orders of `wanted.box` by cells of `cell` degrees of longitude, square on the ground.

    The cells stand still when the map is moved, so that a number does not change under the eye.
    """
    box = wanted.box
    if box is None:
        return ()
    along = cell * cos(radians(round((box.south + box.north) / 2)))
    late = and_(WorkOrder.due_at < now, WorkOrder.status.in_(OPEN_STATUSES))
    query = (
        select(
            func.count(),
            func.avg(WorkOrder.longitude),
            func.avg(WorkOrder.latitude),
            func.min(WorkOrder.id),
            func.min(WorkOrder.status),
            func.min(WorkOrder.priority),
            func.max(case((late, 1), else_=0)),
        )
        .where(*conditions(wanted))
        .group_by(
            cast(WorkOrder.longitude / cell, Integer), cast(WorkOrder.latitude / along, Integer)
        )
        .limit(SPOTS_MAX)
    )
    return tuple(
        Spot((east, north), count, id, status, priority, bool(late))
        for count, east, north, id, status, priority, late in session.execute(query)
    )


def orders_by_status(session: Session, wanted: Wanted) -> Mapping[str, int]:
    """How many there are of each status, whichever of them are asked for."""
    every = replace(wanted, statuses=tuple(WorkOrderStatus))
    query = select(WorkOrder.status, func.count()).where(*conditions(every))
    query = query.group_by(WorkOrder.status)
    return dict(session.execute(query).all())


def bounds_of_orders(session: Session, wanted: Wanted) -> Box | None:
    """The box around all of them; None where none has a place."""
    query = select(
        func.min(WorkOrder.longitude),
        func.min(WorkOrder.latitude),
        func.max(WorkOrder.longitude),
        func.max(WorkOrder.latitude),
    ).where(*conditions(wanted))
    return Box.of(session.execute(query).one())
