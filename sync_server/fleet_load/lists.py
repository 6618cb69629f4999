"""What each list is made of, and the record that comes of a row of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.base import Base
from asset_model.ids import derived_id
from asset_model.people import Person
from asset_model.plans import MaintenancePlan
from asset_model.upkeep import BrakeMeasure, MaintenanceSheet, OutsideCost, Rate, StoragePeriod
from asset_model.work_orders import WorkOrder
from maintenance.due import due_at
from sync_server.fleet_load.rows import Row


@dataclass(frozen=True)
class Town:
    """Who and what the rows may name."""

    units: dict[str, str]
    orders: dict[str, str]
    plans: dict[str, str]
    author: str

    def unit(self, row: Row) -> str:
        """:raises Refused: ``bad_value``"""
        return self.units.get(row.text("unit")) or row.refuse("unit", "201")

    def order(self, row: Row) -> str:
        """:raises Refused: ``bad_value``"""
        return self.orders.get(row.text("order")) or row.refuse("order", "BT-2026-000001")

    def plan(self, row: Row) -> str | None:
        """:raises Refused: ``bad_value``"""
        code = row.maybe("plan")
        return None if code is None else self.plans.get(code) or row.refuse("plan", "LEG-EM6")


def town_of(session: Session, author: str) -> Town:
    """:raises LookupError: nobody of that name works here"""
    query = select(Person.id).where(Person.name == author, Person.active)
    person = session.scalars(query).first()
    if person is None:
        raise LookupError(author)
    orders = select(WorkOrder.number, WorkOrder.id).where(WorkOrder.number.is_not(None))
    return Town(
        units=dict(session.execute(select(Asset.tag, Asset.id)).all()),
        orders={number: id for number, id in session.execute(orders) if number},
        plans=dict(session.execute(select(MaintenancePlan.code, MaintenancePlan.id)).all()),
        author=person,
    )


def _rate(town: Town, rows: Sequence[Row]) -> Base:
    (row,) = rows
    kind, code, since = row.text("kind"), row.text("code"), row.day("since")
    return Rate(
        id=derived_id("rate", kind, code, f"{since}"),
        kind=kind,
        code=code,
        since=since,
        amount=row.number("amount"),
        overtime_amount=row.maybe_number("overtime_amount"),
        source=row.maybe("source"),
    )


def _invoice(town: Town, rows: Sequence[Row]) -> Base:
    (row,) = rows
    order, supplier, day = town.order(row), row.text("supplier"), row.day("invoiced_on")
    number, amount = row.maybe("invoice"), row.number("amount")
    return OutsideCost(
        id=derived_id("invoice", order, supplier, number or f"{day} {amount}"),
        work_order_id=order,
        person_id=town.author,
        supplier=supplier,
        invoice=number,
        invoiced_on=day,
        amount=amount,
        what=row.maybe("what"),
    )


def _storage(town: Town, rows: Sequence[Row]) -> Base:
    (row,) = rows
    unit, begins = town.unit(row), row.day("begins_on")
    return StoragePeriod(
        id=derived_id("storage", unit, f"{begins}"),
        asset_id=unit,
        person_id=town.author,
        begins_on=begins,
        ends_on=row.maybe_day("ends_on"),
        place=row.maybe("place"),
        reason=row.maybe("reason"),
    )


def _brake(town: Town, rows: Sequence[Row]) -> Base:
    (row,) = rows
    unit, day, axle = town.unit(row), row.day("measured_on"), row.number("axle")
    side, kind = row.text("side"), row.text("kind")
    return BrakeMeasure(
        id=derived_id("brake", unit, f"{day}", f"{axle:g}", side, kind),
        asset_id=unit,
        person_id=town.author,
        measured_on=day,
        axle=int(axle) if axle.is_integer() else row.refuse("axle", "1, 2, 3…"),
        side=side,
        kind=kind,
        value_mm=row.number("value_mm"),
        minimum_mm=row.maybe_number("minimum_mm"),
        maximum_mm=row.maybe_number("maximum_mm"),
    )


def _sheet(town: Town, rows: Sequence[Row]) -> Base:
    """Rows that share a unit, a title and a day are the lines of one sheet."""
    first = rows[0]
    unit, title, day = town.unit(first), first.text("title"), first.day("done_on")
    lines = [
        {"label_fr": row.text("line"), "label_en": row.maybe("line_en") or row.text("line"),
         "result": row.text("result"), "note": row.maybe("note")}
        for row in rows
    ]  # fmt: skip
    return MaintenanceSheet(
        id=derived_id("sheet", unit, title, f"{day}"),
        asset_id=unit,
        person_id=town.author,
        signed_name=first.text("signed_name"),
        signed_with="name",
        signed_at=due_at(day).astimezone(UTC),
        plan_id=town.plan(first),
        title=title,
        done_on=day,
        garage=first.text("garage"),
        lines=lines,
        odometer_km=first.maybe_number("odometer_km"),
        certificate=first.maybe("certificate"),
    )


@dataclass(frozen=True)
class List:
    """A kind of file: the columns it must have, those it may have, what makes one record."""

    needs: tuple[str, ...]
    may_have: tuple[str, ...]
    record: Callable[[Town, Sequence[Row]], Base]
    together: tuple[str, ...] = ()
    """Rows that say the same here are one record; none: each row is one."""
    edits: tuple[str, ...] = field(default=())
    """What a later file may set right of a record that is there."""

    def grouped(self, rows: Iterable[Row]) -> Iterator[list[Row]]:
        if not self.together:
            return ([row] for row in rows)
        alike = lambda row: [row.cells.get(name, "") for name in self.together]  # noqa: E731
        return (list(group) for _, group in groupby(sorted(rows, key=alike), key=alike))


LISTS = {
    "rates": List(
        ("kind", "code", "since", "amount"), ("overtime_amount", "source"), _rate,
        edits=("amount", "overtime_amount", "source"),
    ),
    "invoices": List(
        ("order", "supplier", "invoiced_on", "amount"), ("invoice", "what"), _invoice
    ),
    "storage": List(
        ("unit", "begins_on"), ("ends_on", "place", "reason"), _storage, edits=("ends_on",)
    ),
    "brakes": List(
        ("unit", "measured_on", "axle", "side", "kind", "value_mm"),
        ("minimum_mm", "maximum_mm"), _brake,
    ),
    "sheets": List(
        ("unit", "title", "done_on", "garage", "signed_name", "line", "result"),
        ("plan", "note", "line_en", "odometer_km", "certificate"), _sheet,
        together=("unit", "title", "done_on"),
    ),
}  # fmt: skip
