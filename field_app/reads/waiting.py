"""What the server has not accepted yet: how much, since when, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session

from asset_model.matters import Matter, MatterState
from asset_model.people import Person
from asset_model.tables import OF_AN_ORDER, SYNCED
from asset_model.work_orders import WorkOrder
from field_app.store.local import (
    UNSETTLED,
    FileState,
    LocalChange,
    PhotoFile,
    Replica,
    State,
)

WAITING_MAX = 100
FOR_A_PERSON = (*UNSETTLED, State.RETURNED)


@dataclass(frozen=True)
class Tally:
    """Acts of people, not rows: one act may touch several."""

    to_send: int
    to_settle: int
    oldest_at: datetime | None
    received_at: datetime | None


@dataclass(frozen=True)
class Waiting:
    """One act that waits or was not taken."""

    group_id: str
    state: str
    person: str
    made_at: datetime
    table: str
    op: str
    status: str | None
    """Where the act took its order, if it moved it."""
    order_id: str | None
    subject: str
    code: str | None
    details: dict[str, Any]


@dataclass(frozen=True)
class PhotosWaiting:
    """Originals and thumbnails that the server has not confirmed; `stuck` will not leave."""

    files: int
    size: int
    stuck: int


def photos_waiting(session: Session) -> PhotosWaiting:
    """Counted by the picture, whatever of it is missing there."""
    query = select(
        func.count(PhotoFile.photo_id.distinct()), func.coalesce(func.sum(PhotoFile.size), 0)
    )
    files, size = session.execute(query.where(PhotoFile.state == FileState.WAITING)).one()
    stuck = (FileState.REFUSED, FileState.LOST)
    broken = select(func.count(PhotoFile.photo_id.distinct())).where(PhotoFile.state.in_(stuck))
    return PhotosWaiting(files, size, session.scalar(broken) or 0)


def tally(session: Session) -> Tally:
    acts = func.count(LocalChange.group_id.distinct())
    to_send, oldest = session.execute(
        select(acts, func.min(LocalChange.made_at)).where(LocalChange.state == State.PENDING)
    ).one()
    to_settle = session.scalar(select(acts).where(LocalChange.state.in_(FOR_A_PERSON)))
    heard_at = session.scalar(select(Replica.heard_at))
    return Tally(
        to_send=to_send,
        to_settle=to_settle or 0,
        oldest_at=datetime.fromisoformat(oldest) if oldest else None,
        received_at=heard_at,
    )


def marks(session: Session, order_ids: Sequence[str]) -> dict[str, str]:
    """`saved` or `settle` for those of these orders that have something not accepted, or open."""
    wanted = (State.PENDING, *FOR_A_PERSON)
    own = select(LocalChange.row.label("order_id"), LocalChange.state).where(
        LocalChange.table == "work_order",
        LocalChange.row.in_(order_ids),
        LocalChange.state.in_(wanted),
    )
    of_children = [
        _on_children(name, order_ids).where(LocalChange.state.in_(wanted)) for name in OF_AN_ORDER
    ]
    found: dict[str, str] = {}
    for order_id, state in session.execute(union_all(own, *of_children)):
        if state in FOR_A_PERSON:
            found[order_id] = "settle"
        else:
            found.setdefault(order_id, "saved")
    to_settle = select(Matter.work_order_id).where(
        Matter.work_order_id.in_(order_ids), Matter.state != MatterState.SETTLED
    )
    return found | {order_id: "settle" for order_id in session.scalars(to_settle) if order_id}


def _on_children(name: str, order_ids: Sequence[str]) -> Any:
    model: Any = SYNCED[name]
    return (
        select(model.work_order_id.label("order_id"), LocalChange.state)
        .join(model, model.id == LocalChange.row)
        .where(LocalChange.table == name, model.work_order_id.in_(order_ids))
    )


def waiting(session: Session, *, limit: int = WAITING_MAX) -> tuple[Waiting, ...]:
    """Acts to settle first, then those to send, oldest first; one line each."""
    states = (*FOR_A_PERSON, State.PENDING)
    query = (
        select(LocalChange, Person.name)
        .outerjoin(Person, Person.id == LocalChange.person_id)
        .where(LocalChange.state.in_(states))
        .order_by(LocalChange.state == State.PENDING, LocalChange.place)
        .limit(limit * 4)
    )
    first_of: dict[str, tuple[LocalChange, str]] = {}
    for change, name in session.execute(query):
        if _tells_more(change, first_of.get(change.group_id)):
            first_of[change.group_id] = (change, name or "")
    chosen = list(first_of.values())[:limit]
    orders = _orders_of(session, [change for change, _ in chosen])
    return tuple(_line(change, name, orders.get(change.row)) for change, name in chosen)


def _tells_more(change: LocalChange, other: tuple[LocalChange, str] | None) -> bool:
    """What carries the reason speaks for its group; then what is new, then what moved the order."""
    return other is None or _weight(change) > _weight(other[0])


def _weight(change: LocalChange) -> int:
    if change.code not in (None, "group_refused"):
        return 3
    if (change.table, change.op) == ("work_order", "insert"):
        return 2
    return 1 if change.table == "status_change" else 0


def _orders_of(session: Session, changes: Sequence[LocalChange]) -> dict[str, WorkOrder]:
    """The order that each changed row belongs to, by the id of the row."""
    rows = {change.row: change.table for change in changes}
    order_of = {row: row for row, table in rows.items() if table == "work_order"}
    for name in OF_AN_ORDER:
        model: Any = SYNCED[name]
        ids = [row for row, table in rows.items() if table == name]
        if ids:
            query = select(model.id, model.work_order_id).where(model.id.in_(ids))
            order_of.update((row, order) for row, order in session.execute(query))
    query_orders = select(WorkOrder).where(WorkOrder.id.in_(set(order_of.values())))
    by_id = {order.id: order for order in session.scalars(query_orders)}
    return {row: by_id[order] for row, order in order_of.items() if order in by_id}


def _line(change: LocalChange, person: str, order: WorkOrder | None) -> Waiting:
    return Waiting(
        group_id=change.group_id,
        state=change.state,
        person=person,
        made_at=datetime.fromisoformat(change.made_at),
        table=change.table,
        op=change.op,
        status=change.after.get("to_status"),
        order_id=order.id if order else None,
        subject=f"{order.number or order.alias or ''} {order.title}".strip() if order else "",
        code=change.code,
        details=change.details or {},
    )
