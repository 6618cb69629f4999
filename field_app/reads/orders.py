"""Lists of work orders: late first, and within that the street first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import cos, radians
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from asset_model.assets import Asset
from asset_model.people import Crew, Person
from asset_model.photos import Photo
from asset_model.spatial import Box
from asset_model.vocabulary import OPEN_STATUSES
from asset_model.vocabulary import WorkOrderStatus as Status
from asset_model.work_orders import WorkOrder
from field_app.reads.corners import Position
from field_app.reads.searching import mentions

ORDERS_MAX = 20
"""What is read at a glance; a press shows as many more, and a search finds the others."""
NEAR_M = 4_000
"""Farther, nothing is near."""

FINISHED = (Status.DONE, Status.CLOSED, Status.CANCELLED)


@dataclass(frozen=True)
class OrderLine:
    """One row of a list."""

    id: str
    number: str
    alias: str | None
    place: str | None
    title: str
    kind: str
    priority: int
    status: str
    street: str
    due_at: datetime | None
    due_reason: str | None
    crew: str | None
    completed_at: datetime | None
    completed_by: str | None
    flag: str | None
    longitude: float | None
    latitude: float | None
    from_m: float | None = None
    to_m: float | None = None
    pictures: int = 0


@dataclass(frozen=True)
class OrderList:
    lines: tuple[OrderLine, ...]
    total: int


@dataclass(frozen=True)
class Wanted:
    """Which orders a list is about. `whose` is mine, crew, near (of `near`) or all."""

    person_id: str
    crew_id: str | None
    whose: str = "crew"
    finished: bool = False
    text: str = ""
    statuses: tuple[str, ...] | None = None
    """Those named, instead of the open or the finished ones."""
    priority_max: int | None = None
    box: Box | None = None
    """Those that have their place in it."""
    near: Position | None = None


def orders(
    session: Session, wanted: Wanted, *, now: datetime, limit: int = ORDERS_MAX
) -> OrderList:
    where = conditions(wanted)
    rows = session.execute(_lines(where, wanted, now).limit(limit)).all()
    pictures = _pictures(session, [order.id for order, *_ in rows])
    lines = tuple(replace(_line(*row), pictures=pictures.get(row[0].id, 0)) for row in rows)
    counted = select(func.count()).select_from(WorkOrder)
    if wanted.text:  # Which may be of the asset's name.
        counted = counted.outerjoin(*_ON_ASSET)
    return OrderList(lines=lines, total=session.scalar(counted.where(*where)) or 0)


_ON_ASSET = (Asset, Asset.id == WorkOrder.asset_id)
_Finisher = aliased(Person)


def lines_of(
    session: Session, *where: ColumnElement[bool], by: Sequence[Any], limit: int
) -> tuple[OrderLine, ...]:
    """Orders as lists tell them, of whatever is asked, in an order of one's own."""
    query = _rows(*where).order_by(*by, WorkOrder.id).limit(limit)
    return tuple(_line(*row) for row in session.execute(query))


def order_line(session: Session, order_id: str) -> OrderLine | None:
    """One order as lists tell it, whatever its status."""
    row = session.execute(_rows(WorkOrder.id == order_id)).first()
    return _line(*row) if row else None


def _pictures(session: Session, order_ids: list[str]) -> dict[str, int]:
    """How many photos each has."""
    query = (
        select(Photo.work_order_id, func.count())
        .where(Photo.work_order_id.in_(order_ids))
        .group_by(Photo.work_order_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _lines(where: list[ColumnElement[bool]], wanted: Wanted, now: datetime) -> Any:
    query = _rows(*where)
    if wanted.finished:
        return query.order_by(WorkOrder.completed_at.is_(None), WorkOrder.completed_at.desc())
    if wanted.whose == "near" and wanted.near:
        return query.order_by(_apart(wanted.near), WorkOrder.id)
    late = case((WorkOrder.due_at < now, 0), else_=1)
    return query.order_by(
        late, WorkOrder.due_at.is_(None), WorkOrder.due_at, WorkOrder.priority, WorkOrder.id
    )


def _rows(*where: ColumnElement[bool]) -> Any:
    return (
        select(WorkOrder, Asset.name, Crew.name, _Finisher.name)
        .outerjoin(*_ON_ASSET)
        .outerjoin(Crew, Crew.id == WorkOrder.crew_id)
        .outerjoin(_Finisher, _Finisher.id == WorkOrder.completed_by)
        .where(*where)
    )


def conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Without a text, they are about the order alone: no asset need be joined."""
    statuses = wanted.statuses
    if statuses is None:
        statuses = FINISHED if wanted.finished else OPEN_STATUSES
    # Within a box the index of places finds more than that of statuses, which this keeps from use.
    status = WorkOrder.status if wanted.box is None else WorkOrder.status.concat("")
    asked: list[ColumnElement[bool]] = [status.in_(statuses)]
    if wanted.whose == "mine":
        asked.append(_mine(wanted.person_id))
    elif wanted.whose == "crew" and wanted.crew_id:
        asked.append(
            or_(
                WorkOrder.crew_id == wanted.crew_id,
                and_(WorkOrder.crew_id.is_(None), _mine(wanted.person_id)),
            )
        )
    elif wanted.whose == "near" and wanted.near:
        asked += _placed(_around(wanted.near))
    if wanted.priority_max is not None:
        asked.append(WorkOrder.priority <= wanted.priority_max)
    if wanted.box is not None:
        asked += _placed(wanted.box)
    return asked + [_mentions(word) for word in wanted.text.split()]


def _placed(box: Box) -> list[ColumnElement[bool]]:
    return [
        WorkOrder.longitude.between(box.west, box.east),
        WorkOrder.latitude.between(box.south, box.north),
    ]


def _around(near: Position) -> Box:
    longitude, latitude = near
    return Box(longitude, latitude, longitude, latitude).wider(NEAR_M)


def _apart(near: Position) -> ColumnElement[Any]:
    """The square of the distance, in degrees of latitude."""
    longitude, latitude = near
    east = (WorkOrder.longitude - longitude) * cos(radians(latitude))
    north = WorkOrder.latitude - latitude
    return east * east + north * north


def _mine(person_id: str) -> ColumnElement[bool]:
    return or_(WorkOrder.assignee_id == person_id, WorkOrder.created_by == person_id)


def _mentions(word: str) -> ColumnElement[bool]:
    columns = (WorkOrder.title, WorkOrder.place, WorkOrder.number, WorkOrder.alias, Asset.name)
    return mentions(columns, word)


def _line(order: WorkOrder, street: str | None, crew: str | None, by: str | None) -> OrderLine:
    return OrderLine(
        id=order.id,
        number=order.number or order.alias or "",
        alias=order.alias,
        place=order.place,
        title=order.title,
        kind=order.kind,
        priority=order.priority,
        status=order.status,
        street=street or order.place or "",
        due_at=order.due_at,
        due_reason=order.due_reason,
        crew=crew,
        completed_at=order.completed_at,
        completed_by=by,
        flag=order.flag,
        longitude=order.longitude,
        latitude=order.latitude,
        from_m=order.from_m,
        to_m=order.to_m,
    )


def street_of(session: Session, order_id: str) -> str | None:
    """How a crew calls an order: by its street."""
    query = select(func.coalesce(Asset.name, WorkOrder.place)).select_from(WorkOrder)
    return session.scalar(query.outerjoin(*_ON_ASSET).where(WorkOrder.id == order_id))


def number_of(session: Session, order_id: str) -> str | None:
    """What an order is called; None where it is not here."""
    query = select(WorkOrder.number, WorkOrder.alias).where(WorkOrder.id == order_id)
    found = session.execute(query).first()
    return (found[0] or found[1] or "") if found else None


def latest_order_of(session: Session, person_id: str, crew_id: str | None) -> str | None:
    """The order that their crew last started, or this person among the open ones: where they
    probably are. Whose an order is has no index of its own; those of crews and of statuses do.
    """
    mine = and_(WorkOrder.status.in_(OPEN_STATUSES), _mine(person_id))
    query = (
        select(WorkOrder.id)
        .where(or_(mine, WorkOrder.crew_id == crew_id))
        .where(WorkOrder.started_at.is_not(None))
        .order_by(WorkOrder.started_at.desc())
    )
    return session.scalar(query.limit(1))
