"""Handing an order over: to somebody else, to another crew, with a word for them."""

from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.facts import OrderTransfer, StatusChange
from asset_model.ids import Author
from asset_model.people import Crew, Person
from asset_model.roles import check_edit
from asset_model.transitions import OFFICE
from asset_model.vocabulary import WorkOrderStatus as S
from asset_model.work_orders import WorkOrder
from field_app.actions import timing
from field_app.actions.acting import person_of
from field_app.store.edits import recorded


def may_hand_over(order: WorkOrder, *, person_id: str, crew_id: str | None, role: str) -> bool:
    """A desk gives any order; a crew what is its own."""
    own = person_id in (order.assignee_id, order.created_by)
    return role in OFFICE or own or (crew_id is not None and order.crew_id == crew_id)


def hand_over(
    session: Session,
    order_id: str,
    *,
    by: Author,
    crew_id: str | None = None,
    to_person_id: str | None = None,
    note: str | None = None,
) -> None:
    """Give an order to a person, with their crew, or to a crew. Work under way rests meanwhile.

    :raises Refused: ``not_yours_to_hand_over``, ``role_not_allowed``, ``bad_value``,
        ``person_unknown``
    """
    order = session.get_one(WorkOrder, order_id)
    giver = person_of(session, by)
    check_edit(giver.role, "work_order", frozenset({"crew_id", "assignee_id"}))
    mine = may_hand_over(order, person_id=giver.id, crew_id=giver.crew_id, role=giver.role)
    if not mine:
        raise Refused("not_yours_to_hand_over")
    taker = session.get(Person, to_person_id) if to_person_id else None
    to_crew = crew_id or (taker.crew_id if taker else None)
    if to_crew is None and taker is None:
        raise Refused("bad_value", field="crew_id", value="–", why="…")
    timing.stop_on(session, order_id, by=by)
    with recorded(session, by=by):
        session.add(_told(order_id, to_crew, to_person_id, note, by))
        if order.status == S.IN_PROGRESS:
            order.status = S.ON_HOLD
            order.reason = (note or "").strip() or _to(session, to_crew, taker)
            session.add(_rests(order_id, order.reason, by))
        order.crew_id = to_crew or order.crew_id
        order.assignee_id = to_person_id


def _told(
    order_id: str, crew_id: str | None, person_id: str | None, note: str | None, by: Author
) -> OrderTransfer:
    return OrderTransfer(
        id=by.new_id(),
        work_order_id=order_id,
        person_id=by.person_id,
        to_crew_id=crew_id,
        to_person_id=person_id,
        note=(note or "").strip() or None,
        handed_at=by.now,
    )


def _to(session: Session, crew_id: str | None, taker: Person | None) -> str:
    """The reason for the rest, where no word was left: whom it waits for, in any language."""
    crew = session.get(Crew, crew_id) if crew_id else None
    return f"→ {taker.name if taker else crew.name if crew else ''}"


def _rests(order_id: str, note: str | None, by: Author) -> StatusChange:
    return StatusChange(
        id=by.new_id(),
        work_order_id=order_id,
        person_id=by.person_id,
        from_status=S.IN_PROGRESS,
        to_status=S.ON_HOLD,
        reason=note,
        changed_at=by.now,
    )
