"""What a foreman does to many orders at once: each by itself; one refused stops no other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.ids import Author
from asset_model.roles import check_edit
from asset_model.vocabulary import WorkOrderStatus as S
from asset_model.work_orders import WorkOrder
from field_app.actions import work_orders
from field_app.actions.acting import role_of
from field_app.store.edits import recorded

HIGHEST = 1


@dataclass(frozen=True)
class Before:
    """An order as it was, for an undo."""

    id: str
    status: str
    crew_id: str | None
    priority: int
    planned_on: date | None


@dataclass(frozen=True)
class NotDone:
    """An order that could not be moved: what people call it, and why."""

    name: str
    why: Refused


@dataclass(frozen=True)
class Outcome:
    done: tuple[Before, ...]
    refused: tuple[NotDone, ...]


Verb = Callable[[Session, str, Author], Any]


def give(session: Session, ids: Iterable[str], crew_id: str, *, by: Author) -> Outcome:
    """Dispatch them to a crew; what is under way goes on and cannot be taken from who is at it."""
    return _each(session, ids, by, lambda s, id, by: work_orders.dispatch(s, id, crew_id, by=by))


def take_back(session: Session, ids: Iterable[str], *, by: Author) -> Outcome:
    """They are nobody's again: planned, to be given."""

    def back(session: Session, id: str, by: Author) -> None:
        work_orders.move(session, id, S.PLANNED, by=by)

    return _each(session, ids, by, back)


def set_day(session: Session, ids: Iterable[str], day: date | None, *, by: Author) -> Outcome:
    """The day they are planned for. When they are due is another matter, and does not move."""
    return _each(session, ids, by, lambda s, id, by: _set(s, id, by, planned_on=day))


def bump(session: Session, ids: Iterable[str], *, by: Author) -> Outcome:
    """One priority higher."""

    def higher(session: Session, id: str, by: Author) -> None:
        order = session.get_one(WorkOrder, id)
        _set(session, id, by, priority=max(HIGHEST, order.priority - 1))

    return _each(session, ids, by, higher)


def stop(session: Session, ids: Iterable[str], wanted: S, reason: str, *, by: Author) -> Outcome:
    """Put them on hold, or cancel them."""

    def stopped(session: Session, id: str, by: Author) -> None:
        work_orders.move(session, id, wanted, by=by, reason=reason)

    return _each(session, ids, by, stopped)


def restore(session: Session, befores: Iterable[Before], reason: str, *, by: Author) -> Outcome:
    """Undo: each is as it was, unless somebody has moved it on meanwhile."""
    known = {before.id: before for before in befores}

    def back(session: Session, id: str, by: Author) -> None:
        before = known[id]
        order = session.get_one(WorkOrder, id)
        if order.status != before.status:
            work_orders.move(session, id, S(before.status), by=by, reason=reason)
        values = {
            "crew_id": before.crew_id,
            "priority": before.priority,
            "planned_on": before.planned_on,
        }
        _set(session, id, by, **values)

    return _each(session, known, by, back)


def _each(session: Session, ids: Iterable[str], by: Author, verb: Verb) -> Outcome:
    done: list[Before] = []
    refused: list[NotDone] = []
    for id in ids:
        order = session.get(WorkOrder, id)
        if order is None:
            continue  # It has left this replica since it was chosen.
        before = Before(id, order.status, order.crew_id, order.priority, order.planned_on)
        try:
            verb(session, id, by)
        except Refused as why:
            refused.append(NotDone(_name(order), why))
        else:
            session.flush()
            done.append(before)
    return Outcome(tuple(done), tuple(refused))


def _name(order: WorkOrder) -> str:
    return order.number or order.alias or order.title


def _set(session: Session, id: str, by: Author, **values: Any) -> None:
    order = session.get_one(WorkOrder, id)
    moved = {name: value for name, value in values.items() if getattr(order, name) != value}
    if not moved:
        return
    check_edit(role_of(session, by), "work_order", frozenset(moved))
    with recorded(session, by=by):
        for name, value in moved.items():
            setattr(order, name, value)
