"""The dispatch board: open orders by crew for some days, late first, and only what is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from asset_model.assets import Asset
from asset_model.dispatching import TabletStanding
from asset_model.people import Crew, Person
from asset_model.vocabulary import OPEN_STATUSES
from asset_model.vocabulary import WorkOrderStatus as Status
from asset_model.work_orders import WorkOrder
from field_app.reads.searching import mentions
from field_app.reads.waiting import marks

CARDS_MAX = 8
"""Of one column; a press shows as many more."""
HOURS_A_DAY = 8.0
"""Of one person, where a crew says nothing else of itself."""

SPANS = {"today": 1, "tomorrow": 1, "week": 7}
STARTS = {"today": 0, "tomorrow": 1, "week": 0}


@dataclass(frozen=True)
class Looked:
    """What the board is asked for. `span`: today, tomorrow or week."""

    span: str = "today"
    text: str = ""
    urgent: bool = False
    """Priorities 1 and 2 alone."""


@dataclass(frozen=True)
class Card:
    id: str
    number: str
    street: str
    title: str
    status: str
    priority: int
    due_at: datetime | None
    planned_on: date | None
    crew_id: str | None
    assignee: str | None
    received: bool | None
    """Whether the crew's tablet has told that it holds the order as it stands; None: it is not
    with a crew, or its tablet has never told anything."""
    mark: str | None


@dataclass(frozen=True)
class Lane:
    """One column of the board; `crew` is None for what nobody has yet."""

    crew: Crew | None
    cards: tuple[Card, ...]
    total: int
    hours: float
    capacity: float | None
    silent_since: datetime | None = None


@dataclass(frozen=True)
class _Days:
    first: date
    last: date
    """The day after."""
    begins: datetime
    ends: datetime


def lane(
    session: Session,
    crew: Crew | None,
    looked: Looked,
    *,
    now: datetime,
    zone: ZoneInfo,
    limit: int = CARDS_MAX,
) -> Lane:
    """One column, its cards late first; `hours` and `total` are of all it holds."""
    days = _days(looked.span, now, zone)
    conditions = [*_fitting(looked), *_of_lane(crew), _within(days, looked.span)]
    counted = (
        select(func.count(), func.coalesce(func.sum(WorkOrder.estimated_hours), 0.0))
        .select_from(WorkOrder)
        .outerjoin(Asset, Asset.id == WorkOrder.asset_id)
        .where(*conditions)
    )
    total, hours = session.execute(counted).one()
    rows = session.execute(_cards(conditions, now).limit(limit)).all()
    standing = _standing(session, crew)
    not_accepted = marks(session, [order.id for order, *_ in rows])
    return Lane(
        crew=crew,
        cards=tuple(_card(row, standing, not_accepted) for row in rows),
        total=total,
        hours=hours or 0.0,
        capacity=_capacity(session, crew, SPANS[looked.span]),
        silent_since=standing.silent_since if standing else None,
    )


def _days(span: str, now: datetime, zone: ZoneInfo) -> _Days:
    first = now.astimezone(zone).date() + timedelta(days=STARTS[span])
    last = first + timedelta(days=SPANS[span])
    begins, ends = (datetime.combine(day, time(), tzinfo=zone) for day in (first, last))
    return _Days(first, last, begins, ends)


def _fitting(looked: Looked) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [WorkOrder.status.in_(OPEN_STATUSES)]
    if looked.urgent:
        conditions.append(WorkOrder.priority <= 2)
    said = (WorkOrder.title, WorkOrder.place, WorkOrder.number, WorkOrder.alias, Asset.name)
    conditions += [mentions(said, word) for word in looked.text.split()]
    return conditions


UNASSIGNED = (Status.DRAFT, Status.PLANNED)


def _of_lane(crew: Crew | None) -> list[ColumnElement[bool]]:
    """Reported work is nobody's until it is given, whichever crew reported it."""
    nobody_s = or_(WorkOrder.crew_id.is_(None), WorkOrder.status.in_(UNASSIGNED))
    if crew is None:
        return [nobody_s]
    return [WorkOrder.crew_id == crew.id, WorkOrder.status.not_in(UNASSIGNED)]


def _within(days: _Days, span: str) -> ColumnElement[bool]:
    """The day it is planned for, else when it is due; what is late or has no date is today's."""
    planned, due = WorkOrder.planned_on, WorkOrder.due_at
    until_then = or_(
        planned < days.last, and_(planned.is_(None), or_(due.is_(None), due < days.ends))
    )
    if span != "tomorrow":
        return until_then
    from_then = or_(planned >= days.first, and_(planned.is_(None), due >= days.begins))
    return and_(from_then, until_then)


_Assignee = aliased(Person)


def _cards(conditions: Sequence[ColumnElement[bool]], now: datetime) -> Any:
    late = case((WorkOrder.due_at < now, 0), else_=1)
    return (
        select(WorkOrder, Asset.name, _Assignee.name)
        .outerjoin(Asset, Asset.id == WorkOrder.asset_id)
        .outerjoin(_Assignee, _Assignee.id == WorkOrder.assignee_id)
        .where(*conditions)
        .order_by(
            late, WorkOrder.priority, WorkOrder.due_at.is_(None), WorkOrder.due_at, WorkOrder.id
        )
    )


def _card(row: Any, standing: TabletStanding | None, not_accepted: Mapping[str, str]) -> Card:
    order, street, assignee = row
    return Card(
        id=order.id,
        number=order.number or order.alias or "",
        street=street or order.place or "",
        title=order.title,
        status=order.status,
        priority=order.priority,
        due_at=order.due_at,
        planned_on=order.planned_on,
        crew_id=order.crew_id,
        assignee=assignee,
        received=None if standing is None else _has(standing, order),
        mark=not_accepted.get(order.id),
    )


def _has(standing: TabletStanding, order: WorkOrder) -> bool:
    """A row the server has no word on yet (version 0) is on no other tablet."""
    return 0 < order.version <= standing.read_to


def _standing(session: Session, crew: Crew | None) -> TabletStanding | None:
    """Of a crew with several tablets, the one that was heard of last."""
    if crew is None:
        return None
    query = select(TabletStanding).where(TabletStanding.crew_id == crew.id)
    return session.scalars(query.order_by(TabletStanding.read_at.desc()).limit(1)).first()


def _capacity(session: Session, crew: Crew | None, days: int) -> float | None:
    if crew is None:
        return None
    people = select(func.count()).select_from(Person)
    working = session.scalar(people.where(Person.crew_id == crew.id, Person.active)) or 0
    a_day = crew.daily_hours if crew.daily_hours is not None else HOURS_A_DAY * working
    return a_day * min(days, 5)  # A week has five days of work.
