"""Giving units to orders; and what keeps an order from starting: a unit that may not go."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.fleet import UnitAssignment
from asset_model.ids import Author
from asset_model.readiness import Readiness, check_may_be_planned, check_may_start
from asset_model.roles import check_edit, check_insert
from asset_model.transitions import OFFICE
from field_app.actions.acting import role_of
from field_app.reads.fleet import UnitLine, unit_line
from field_app.store.edits import recorded


def line_of(session: Session, unit_id: str, *, by: Author) -> UnitLine:
    """The unit as it stands for whoever would drive it; nobody does from a desk.

    :raises Refused: ``unit_unknown``
    """
    driver_id = None if role_of(session, by) in OFFICE else by.person_id
    line = unit_line(session, unit_id, now=by.now, driver_id=driver_id)
    if line is None:
        raise Refused("unit_unknown", unit=unit_id)
    return line


def on_order(session: Session, order_id: str) -> list[UnitAssignment]:
    """The units that an order has now, in the order they came."""
    query = select(UnitAssignment).where(
        UnitAssignment.work_order_id == order_id, UnitAssignment.released_at.is_(None)
    )
    return list(session.scalars(query.order_by(UnitAssignment.assigned_at, UnitAssignment.id)))


def assign_unit(session: Session, order_id: str, unit_id: str, *, by: Author) -> None:
    """:raises Refused: ``unit_…`` when it is out of service, or on this order already"""
    check_insert(role_of(session, by), "unit_assignment")
    line = line_of(session, unit_id, by=by)
    check_may_be_planned(line.readiness)
    if unit_id in {each.asset_id for each in on_order(session, order_id)}:
        raise Refused("unit_assigned", unit=line.unit.tag)
    with recorded(session, by=by):
        session.add(
            UnitAssignment(
                id=by.new_id(),
                work_order_id=order_id,
                asset_id=unit_id,
                person_id=by.person_id,
                assigned_at=by.now,
            )
        )


def release_unit(session: Session, assignment_id: str, *, by: Author) -> None:
    """The unit is used for the order no more."""
    check_edit(role_of(session, by), "unit_assignment", frozenset({"released_at"}))
    assignment = session.get_one(UnitAssignment, assignment_id)
    with recorded(session, by=by):
        assignment.released_at, assignment.released_by = by.now, by.person_id


def check_units_may_start(session: Session, order_id: str, *, by: Author) -> None:
    """:raises Refused: ``unit_…``, why one of the order's units may not leave"""
    for each in _standings(session, order_id, by):
        check_may_start(each)


def check_units_may_be_planned(session: Session, order_id: str, *, by: Author) -> None:
    """:raises Refused: ``unit_…``, why one of the order's units is out of service"""
    for each in _standings(session, order_id, by):
        check_may_be_planned(each)


def _standings(session: Session, order_id: str, by: Author) -> list[Readiness]:
    return [
        line_of(session, each.asset_id, by=by).readiness for each in on_order(session, order_id)
    ]
