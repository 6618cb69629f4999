"""What the work of a month cost, by kind of order, beside the same days of last year.

Each line is rounded to the cent, as those of the fleet's figures are, so that lists add up.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.base import instant
from asset_model.catalogue import Part as StockPart
from asset_model.facts import EquipmentUsed, MaterialUsed, TimeWorked
from asset_model.people import Person
from asset_model.prices import prices_set, sort_of
from asset_model.upkeep import OutsideCost
from asset_model.work_orders import WorkOrder
from maintenance.figures.costs import Spent, cost_records, total
from maintenance.figures.figure import Record
from maintenance.figures.spans import Period
from sync_server.dashboard.figure import Figure, Listing, Part, Row, paged
from sync_server.dashboard.narrowing import Narrowing
from sync_server.figures.words import WHAT, details_of


class _Order(NamedTuple):
    id: str
    number: str | None
    title: str
    place: str | None
    kind: str


_ORDER = (WorkOrder.id, WorkOrder.number, WorkOrder.title, WorkOrder.place, WorkOrder.kind)


class Line(NamedTuple):
    order: _Order
    record: Record


def cost(session: Session, narrowed: Narrowing) -> Figure:
    lines = spent_in(session, narrowed, narrowed.month)
    before = spent_in(session, narrowed, narrowed.year_before)
    mine, theirs = by_kind(lines), by_kind(before)
    parts = [
        Part(
            kind,
            total(mine.get(kind, ())),
            len(mine.get(kind, ())),
            before=total(theirs.get(kind, ())),
            notes=unpriced_notes(mine.get(kind, ())),
        )
        for kind in sorted({*mine, *theirs}, key=lambda kind: -total(mine.get(kind, ())))
    ]
    every = [line.record for line in lines]
    was = total(line.record for line in before)
    return Figure(
        "cost", total(every), "$", len(lines), parts, before=was, notes=unpriced_notes(every)
    )


def cost_list(session: Session, part: str | None, narrowed: Narrowing, page: int | None) -> Listing:
    """The lines of the month, the largest first."""
    return spent_list(session, part, narrowed, narrowed.month, page)


def spent_list(
    session: Session, part: str | None, narrowed: Narrowing, period: Period, page: int | None
) -> Listing:
    """The lines of any days, the largest first."""
    every = spent_in(session, narrowed, period)
    lines = [line for line in every if part in (None, line.order.kind)]
    lines.sort(key=lambda line: (-(line.record.amount or 0.0), line.record.id))
    shown = paged(lines, page)
    rows = [_row(line, period) for line in shown]
    return Listing(len(lines), rows, total(line.record for line in lines))


def by_kind(lines: Iterable[Line]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = defaultdict(list)
    for line in lines:
        found[line.order.kind].append(line.record)
    return found


def unpriced_notes(records: Iterable[Record]) -> list[str]:
    unpriced = sum(record.amount is None for record in records)
    return [f"unpriced:{unpriced}"] * bool(unpriced)


def spent_in(session: Session, narrowed: Narrowing, period: Period) -> list[Line]:
    """Everything that was worked, used and billed on orders in a period."""
    orders: dict[tuple[str, str], _Order] = {}
    spent: list[Spent] = []
    for find in (_hours, _material, _machines, _invoices):
        for of, each in find(session, narrowed.of_orders, period):
            orders[each.table, each.id] = of
            spent.append(each)
    known = {order.id: order.id for order in orders.values()}
    records = cost_records(spent, prices_set(session), period, known)
    return [Line(orders[record.table, record.id], record) for record in records]


Conditions = Sequence[ColumnElement[bool]]
Found = Iterator[tuple[_Order, Spent]]


def _hours(session: Session, conditions: Conditions, period: Period) -> Found:
    begin, end = period.span
    fact = TimeWorked
    query = (
        select(fact.id, fact.started_at, fact.ended_at, fact.overtime, Person.role, *_ORDER)
        .join(WorkOrder, WorkOrder.id == fact.work_order_id)
        .join(Person, Person.id == fact.person_id, isouter=True)
        .where(fact.started_at >= begin, fact.started_at < end, *conditions)
        .order_by(fact.started_at, fact.id)
    )
    for id, started, ended, overtime, role, *rest in session.execute(query):
        of, seconds = _Order._make(rest), max(0.0, (ended - started).total_seconds())
        yield of, Spent("labour", "time_worked", id, of.number, of.id, started, role or "–",
                        seconds, overtime)  # fmt: skip


def _material(session: Session, conditions: Conditions, period: Period) -> Found:
    begin, end = period.span
    fact = MaterialUsed
    query = (
        select(fact.id, fact.used_at, fact.quantity, StockPart.code, *_ORDER)
        .join(WorkOrder, WorkOrder.id == fact.work_order_id)
        .join(StockPart, StockPart.id == fact.part_id, isouter=True)
        .where(fact.used_at >= begin, fact.used_at < end, *conditions)
        .order_by(fact.used_at, fact.id)
    )
    for id, used_at, quantity, code, *rest in session.execute(query):
        of = _Order._make(rest)
        yield of, Spent("material", "material_used", id, of.number, of.id, used_at, code or "–",
                        quantity)  # fmt: skip


def _machines(session: Session, conditions: Conditions, period: Period) -> Found:
    begin, end = period.span
    fact = EquipmentUsed
    query = (
        select(fact.id, fact.used_at, fact.hours, Asset.tag, Asset.attributes, *_ORDER)
        .join(WorkOrder, WorkOrder.id == fact.work_order_id)
        .join(Asset, Asset.id == fact.asset_id, isouter=True)
        .where(fact.used_at >= begin, fact.used_at < end, fact.hours.is_not(None), *conditions)
        .order_by(fact.used_at, fact.id)
    )
    for id, used_at, hours, tag, said, *rest in session.execute(query):
        of = _Order._make(rest)
        yield of, Spent("equipment", "equipment_used", id, of.number, of.id, used_at, tag or "–",
                        hours, sort=sort_of(said))  # fmt: skip


def _invoices(session: Session, conditions: Conditions, period: Period) -> Found:
    fact = OutsideCost
    query = (
        select(fact.id, fact.invoiced_on, fact.amount, fact.supplier, *_ORDER)
        .join(WorkOrder, WorkOrder.id == fact.work_order_id)
        .where(fact.invoiced_on.between(period.first, period.last), *conditions)
        .order_by(fact.invoiced_on, fact.id)
    )
    for id, day, amount, supplier, *rest in session.execute(query):
        of, noon = _Order._make(rest), datetime.combine(day, time(12), tzinfo=period.zone)
        yield of, Spent("outside", "outside_cost", id, of.number, of.id, noon.astimezone(UTC),
                        supplier, amount)  # fmt: skip


def _row(line: Line, period: Period) -> Row:
    record = line.record
    english, french = WHAT[record.what]
    told = {language: details_of(record, language, period) for language in ("fr", "en")}
    return {
        "id": record.id,
        "table": record.table,
        "number": line.order.number,
        "title": {"fr": line.order.title, "en": line.order.title},
        "place": line.order.place,
        "status": line.order.kind,
        "at": instant(record.at),
        "what": {"fr": french, "en": english},
        "why": told,
        "amount": record.amount,
        "route": f"/orders/{line.order.id}",
    }
