"""An order's family: what it is part of, the jobs it is made of, and what must be done before."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.families import FINISHED, holding_back
from asset_model.people import Crew
from asset_model.work_orders import WorkOrder


@dataclass(frozen=True)
class Member:
    """One job of a family, with its crew, and the titles of those it still waits for."""

    order: WorkOrder
    crew: str | None
    waits_for: tuple[str, ...] = ()


@dataclass(frozen=True)
class Family:
    """`unseen`: how many of those before it are not on this tablet, so that it cannot say."""

    parent: WorkOrder | None
    children: tuple[Member, ...]
    before: tuple[Member, ...]
    after: tuple[Member, ...]
    unseen: int

    @property
    def waits_for(self) -> tuple[str, ...]:
        return tuple(each.order.title for each in self.before if not _is_done(each.order))

    @property
    def done(self) -> int:
        return sum(_is_done(each.order) for each in self.children)

    def holds_back(self, wanted: str) -> int:
        """How many of its jobs keep it from going there."""
        return holding_back(wanted, [each.order.status for each in self.children])


def family_of(session: Session, order: WorkOrder) -> Family | None:
    """None where it is of none."""
    children = _members(session, order.id)
    if order.parent_id is None and not children:
        return None
    siblings = _members(session, order.parent_id) if order.parent_id else ()
    wanted = order.after_ids or ()
    before = tuple(each for each in siblings if each.order.id in wanted)
    return Family(
        parent=session.get(WorkOrder, order.parent_id) if order.parent_id else None,
        children=children,
        before=before,
        after=tuple(each for each in siblings if order.id in (each.order.after_ids or ())),
        unseen=len(wanted) - len(before),
    )


def _members(session: Session, parent_id: str) -> tuple[Member, ...]:
    """The jobs of an order, in their turn."""
    query = (
        select(WorkOrder, Crew.name)
        .outerjoin(Crew, Crew.id == WorkOrder.crew_id)
        .where(WorkOrder.parent_id == parent_id)
        .order_by(WorkOrder.rank, WorkOrder.id)
    )
    rows = session.execute(query).all()
    by_id = {order.id: order for order, _ in rows}
    return tuple(Member(order, crew, _waits_for(order, by_id)) for order, crew in rows)


def _waits_for(order: WorkOrder, by_id: dict[str, WorkOrder]) -> tuple[str, ...]:
    if _is_done(order):
        return ()
    known = (by_id[id] for id in order.after_ids or () if id in by_id)
    return tuple(each.title for each in known if not _is_done(each))


def _is_done(order: WorkOrder) -> bool:
    return order.status in FINISHED
