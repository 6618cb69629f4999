"""Figures that count orders: each is one condition, which its list asks for as well."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select
from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.people import Crew
from asset_model.plans import MaintenancePlan, Occurrence, Shop
from asset_model.vocabulary import (
    OPEN_STATUSES,
    WorkOrderKind,
    WorkOrderSource,
)
from asset_model.work_orders import WorkOrder
from sync_server.dashboard.figure import Figure, Listing, Part, Row, page_of
from sync_server.dashboard.narrowing import Narrowing

FIGURES = ("emergencies", "overdue", "backlog", "requests", "requests_on_time")
LAW, POLICY = "law", "policy"
NO_TRADE = "none"
_OPEN = WorkOrder.status.in_(OPEN_STATUSES)
_ASKED = WorkOrder.source == WorkOrderSource.INCIDENT


def _legal(*on: ColumnElement[bool]) -> ColumnElement[bool]:
    plan = MaintenancePlan.id == Occurrence.plan_id
    return exists(
        select(1).select_from(Occurrence).join(MaintenancePlan, plan).where(
            MaintenancePlan.legal, *on
        )
    )  # fmt: skip


BY_LAW = or_(
    WorkOrder.source == WorkOrderSource.DEFECT,
    _legal(Occurrence.id == WorkOrder.id),
    _legal(Occurrence.absorbed_by == WorkOrder.id),
)
"""Repairs of defects found on checks, and what plans of the law asked for."""


def wanted(
    figure: str, part: str | None, narrowed: Narrowing, now: datetime
) -> list[ColumnElement[bool]]:
    """What an order must be to count in a figure, or in a part of it."""
    found = [*narrowed.of_orders, *_of_figure(figure, narrowed, now)]
    if part is None:
        return found
    if figure == "overdue":
        return [*found, BY_LAW if part == LAW else ~BY_LAW]
    if figure == "backlog":
        return [*found, Crew.shop.is_(None) if part == NO_TRADE else Crew.shop == part]
    return [*found, WorkOrder.completed_at <= WorkOrder.due_at]


def _of_figure(figure: str, narrowed: Narrowing, now: datetime) -> list[ColumnElement[bool]]:
    match figure:
        case "emergencies":
            return [_OPEN, WorkOrder.kind == WorkOrderKind.EMERGENCY]
        case "overdue":
            return [_OPEN, WorkOrder.due_at < now]
        case "backlog":
            return [_OPEN]
        case "requests":
            return [_OPEN, _ASKED]
    begin, end = narrowed.month.span
    finished = WorkOrder.completed_at.between(begin, end)
    return [_ASKED, finished, WorkOrder.due_at.is_not(None), WorkOrder.status.not_in(OPEN_STATUSES)]


def order_figures(session: Session, narrowed: Narrowing, now: datetime) -> Iterator[Figure]:
    emergencies = _count(session, wanted("emergencies", None, narrowed, now))
    yield Figure("emergencies", float(emergencies), "", emergencies)
    yield _overdue(session, narrowed, now)
    yield _backlog(session, narrowed, now)
    requests = _count(session, wanted("requests", None, narrowed, now))
    yield Figure("requests", float(requests), "", requests)
    yield _on_time(session, narrowed, now)


def _count(session: Session, conditions: Sequence[ColumnElement[bool]]) -> int:
    return session.scalar(_from_orders(func.count(WorkOrder.id)).where(*conditions)) or 0


def _from_orders(*columns: Any) -> Select[Any]:
    """Orders beside their crew, whose shop is their trade."""
    crew = Crew.id == WorkOrder.crew_id
    return select(*columns).select_from(WorkOrder).join(Crew, crew, isouter=True)


def _overdue(session: Session, narrowed: Narrowing, now: datetime) -> Figure:
    by = case((BY_LAW, LAW), else_=POLICY).label("by")
    query = _from_orders(by, func.count()).where(*wanted("overdue", None, narrowed, now))
    counts: dict[str, int] = dict(session.execute(query.group_by("by")).all())
    parts = [Part(code, float(counts.get(code, 0)), counts.get(code, 0)) for code in (LAW, POLICY)]
    every = sum(counts.values())
    return Figure("overdue", float(every), "", every, parts)


def _backlog(session: Session, narrowed: Narrowing, now: datetime) -> Figure:
    untold = func.count().filter(WorkOrder.estimated_hours.is_(None))
    hours = func.coalesce(func.sum(WorkOrder.estimated_hours), 0.0)
    query = _from_orders(Crew.shop, func.count(), hours, untold)
    grouped = query.where(*wanted("backlog", None, narrowed, now)).group_by(Crew.shop)
    week, names = _weeks_of_one_crew(session)
    parts = [
        Part(
            shop or NO_TRADE,
            asked / week[shop] if week.get(shop) else None,
            count,
            name=names.get(shop) or shop,
            notes=[f"unestimated:{missing}"] * bool(missing),
        )
        for shop, count, asked, missing in session.execute(grouped.order_by(Crew.shop))
    ]
    known = [part.value for part in parts if part.value is not None]
    return Figure(
        "backlog", sum(known) if known else None, "week", sum(p.count for p in parts), parts
    )


def _weeks_of_one_crew(session: Session) -> tuple[dict[str | None, float], dict[str | None, str]]:
    """The hours that one crew of each shop works in a week; and the names of shops."""
    grouped = session.execute(select(Crew.shop, func.count()).group_by(Crew.shop))
    crews: dict[str | None, int] = dict(grouped.all())
    shops = session.execute(select(Shop.code, Shop.name, Shop.weekly_hours)).all()
    week: dict[str | None, float] = {}
    for code, _, hours in shops:
        if hours:
            week[code] = hours / crews.get(code, 1)
    return week, {code: name for code, name, _ in shops}


def _on_time(session: Session, narrowed: Narrowing, now: datetime) -> Figure:
    every = _count(session, wanted("requests_on_time", None, narrowed, now))
    kept = _count(session, wanted("requests_on_time", "kept", narrowed, now))
    share = 100 * kept / every if every else None
    return Figure("requests_on_time", share, "%", every, [Part("kept", float(kept), kept)])


def order_list(
    session: Session,
    figure: str,
    part: str | None,
    narrowed: Narrowing,
    now: datetime,
    page: int | None,
) -> Listing:
    """The orders of a figure, the most pressing first. `page` None: all of them."""
    return orders_where(session, wanted(figure, part, narrowed, now), page)


def orders_where(
    session: Session, conditions: Sequence[ColumnElement[bool]], page: int | None
) -> Listing:
    """The orders that meet conditions, the most pressing first."""
    query = _from_orders(WorkOrder, Crew.name, BY_LAW).where(*conditions)
    query = query.order_by(WorkOrder.due_at.is_(None), WorkOrder.due_at, WorkOrder.id)
    found = session.execute(page_of(query, page))
    rows = [_row(order, crew, bool(law)) for order, crew, law in found]
    return Listing(_count(session, conditions), rows)


def _row(order: WorkOrder, crew: str | None, law: bool) -> Row:
    return {
        "id": order.id,
        "table": "work_order",
        "number": order.number or order.alias,
        "title": {"fr": order.title, "en": order.title},
        "place": order.place,
        "status": order.status,
        "at": instant(order.due_at) if order.due_at else None,
        "done_at": instant(order.completed_at) if order.completed_at else None,
        "why": {"fr": order.due_reason, "en": order.due_reason} if order.due_reason else None,
        "crew": crew,
        "hours": order.estimated_hours,
        "law": law,
        "route": f"/orders/{order.id}",
    }
