"""The past of an asset that edits made: the stretches it was, and the work done on them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.linear import stretches
from asset_model.linear.heirs import heirs_of
from asset_model.linear.stretches import Stretch
from asset_model.work_orders import WorkOrder


@dataclass(frozen=True)
class Past:
    """A stretch of an older asset that is this one now, and the work done there, oldest first."""

    stretch: Stretch
    orders: tuple[str, ...]


def past(session: Session, tag: str) -> Iterator[Past]:
    """What an asset was before it was edited, the latest first, with the work done there."""
    yield from _past(session, Stretch(tag, 0.0, inf))


def _past(session: Session, stretch: Stretch) -> Iterator[Past]:
    older = stretches.ancestry(stretch, heirs_of(session, stretch.segment))
    for each in older:
        yield Past(each, tuple(order.title for order in orders_on(session, each)))
    for each in older:
        yield from _past(session, each)


def orders_on(session: Session, stretch: Stretch) -> Sequence[WorkOrder]:
    """The orders of an asset that touch a stretch; those that say no measure are on all of it."""
    query = (
        select(WorkOrder)
        .join(Asset, Asset.id == WorkOrder.asset_id)
        .where(Asset.tag == stretch.segment)
        .order_by(WorkOrder.created_at, WorkOrder.id)
    )
    return [order for order in session.scalars(query) if _touches(order, stretch)]


def _touches(order: WorkOrder, stretch: Stretch) -> bool:
    if order.from_m is None:
        return True
    end = order.from_m if order.to_m is None else order.to_m
    return order.from_m <= stretch.to_m and end >= stretch.from_m
