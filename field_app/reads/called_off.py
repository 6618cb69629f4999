"""That an order was cancelled, and by whom: for the crew that is at it, or looks at it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.facts import StatusChange
from asset_model.people import Person
from asset_model.vocabulary import WorkOrderStatus as Status
from asset_model.work_orders import WorkOrder


@dataclass(frozen=True)
class CalledOff:
    person_id: str
    person: str


def called_off(session: Session, order_id: str) -> CalledOff | None:
    """Who cancelled the order last; None while it stands."""
    order = session.get(WorkOrder, order_id)
    if order is None or order.status != Status.CANCELLED:
        return None
    change = session.scalars(
        select(StatusChange)
        .where(StatusChange.work_order_id == order_id, StatusChange.to_status == Status.CANCELLED)
        .order_by(StatusChange.changed_at.desc())
    ).first()
    person = session.get(Person, change.person_id) if change else None
    return CalledOff(change.person_id if change else "", person.name if person else "")
