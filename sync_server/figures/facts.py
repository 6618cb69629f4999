"""What figures are made of, read set by set: no row becomes an object."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.catalogue import Part
from asset_model.facts import EquipmentUsed, MaterialUsed, TimeWorked
from asset_model.fleet import Defect
from asset_model.meters import Meter, MeterReading
from asset_model.people import Person
from asset_model.plans import MaintenancePlan, Occurrence
from asset_model.prices import sort_of
from asset_model.upkeep import OutsideCost
from asset_model.vocabulary import TRUSTED, WorkOrderStatus
from asset_model.work_orders import WorkOrder
from maintenance.figures.compliance import Asked
from maintenance.figures.costs import Spent
from maintenance.figures.running import Reading, Readings
from maintenance.figures.spans import Period
from maintenance.figures.uptime import Job
from sync_server.figures.fleet import Fleet
from sync_server.upkeep_tables import FuelFill

AROUND = timedelta(days=92)
"""How far outside a period a reading is looked for, to tell what a meter showed at its ends."""
OF_ORDER = (WorkOrder.number, WorkOrder.alias, WorkOrder.asset_id)


def spent(session: Session, fleet: Fleet, period: Period) -> Iterator[Spent]:
    """Hours, machines, parts and invoices on orders of the fleet; the fuel that its units took."""
    yield from _hours(session, fleet, period)
    yield from _material(session, fleet, period)
    yield from _machines(session, fleet, period)
    yield from _invoices(session, fleet, period)
    yield from _fills(session, fleet, period)


def _fills(session: Session, fleet: Fleet, period: Period) -> Iterator[Spent]:
    begin, end = period.span
    columns = (
        FuelFill.id, FuelFill.asset_id, FuelFill.filled_at, FuelFill.litres, FuelFill.cost,
        FuelFill.reference, Asset.attributes,
    )  # fmt: skip
    query = (
        select(*columns)
        .join(Asset, Asset.id == FuelFill.asset_id)
        .where(FuelFill.filled_at >= begin, FuelFill.filled_at < end)
        .order_by(FuelFill.filled_at, FuelFill.id)
    )
    for id, asset, filled_at, litres, paid, reference, said in session.execute(query):
        if asset in fleet.unit_of:
            fuel = str((said or {}).get("fuel") or "–")
            yield Spent("fuel", "fuel_fill", id, None, asset, filled_at, fuel, litres, paid=paid,
                        reference=reference)  # fmt: skip


def _hours(session: Session, fleet: Fleet, period: Period) -> Iterator[Spent]:
    begin, end = period.span
    query = (
        select(
            TimeWorked.id, TimeWorked.started_at, TimeWorked.ended_at, TimeWorked.overtime,
            Person.role, *OF_ORDER,
        )
        .join(WorkOrder, WorkOrder.id == TimeWorked.work_order_id)
        .join(Person, Person.id == TimeWorked.person_id, isouter=True)
        .where(TimeWorked.started_at >= begin, TimeWorked.started_at < end)
        .order_by(TimeWorked.started_at, TimeWorked.id)
    )  # fmt: skip
    for id, started, ended, overtime, role, number, alias, asset in session.execute(query):
        if asset is not None and asset in fleet.unit_of:
            seconds = max(0.0, (ended - started).total_seconds())
            yield Spent("labour", "time_worked", id, number or alias, asset, started, role or "–",
                        seconds, overtime)  # fmt: skip


def _material(session: Session, fleet: Fleet, period: Period) -> Iterator[Spent]:
    begin, end = period.span
    query = (
        select(MaterialUsed.id, MaterialUsed.used_at, MaterialUsed.quantity, Part.code, *OF_ORDER)
        .join(WorkOrder, WorkOrder.id == MaterialUsed.work_order_id)
        .join(Part, Part.id == MaterialUsed.part_id, isouter=True)
        .where(MaterialUsed.used_at >= begin, MaterialUsed.used_at < end)
        .order_by(MaterialUsed.used_at, MaterialUsed.id)
    )
    for id, used_at, quantity, part, number, alias, asset in session.execute(query):
        if asset is not None and asset in fleet.unit_of:
            yield Spent("material", "material_used", id, number or alias, asset, used_at,
                        part or "–", quantity)  # fmt: skip


def _machines(session: Session, fleet: Fleet, period: Period) -> Iterator[Spent]:
    """Hours of machines on orders. Kilometres alone have no rate."""
    begin, end = period.span
    fact = EquipmentUsed
    query = (
        select(fact.id, fact.used_at, fact.hours, Asset.tag, Asset.attributes, *OF_ORDER)
        .join(WorkOrder, WorkOrder.id == fact.work_order_id)
        .join(Asset, Asset.id == fact.asset_id, isouter=True)
        .where(fact.used_at >= begin, fact.used_at < end, fact.hours.is_not(None))
        .order_by(fact.used_at, fact.id)
    )
    for id, used_at, hours, tag, said, number, alias, asset in session.execute(query):
        if asset is not None and asset in fleet.unit_of:
            yield Spent("equipment", "equipment_used", id, number or alias, asset, used_at,
                        tag or "–", hours, sort=sort_of(said))  # fmt: skip


def _invoices(session: Session, fleet: Fleet, period: Period) -> Iterator[Spent]:
    query = (
        select(
            OutsideCost.id, OutsideCost.invoiced_on, OutsideCost.amount, OutsideCost.supplier,
            *OF_ORDER,
        )
        .join(WorkOrder, WorkOrder.id == OutsideCost.work_order_id)
        .where(OutsideCost.invoiced_on.between(period.first, period.last))
        .order_by(OutsideCost.invoiced_on, OutsideCost.id)
    )  # fmt: skip
    for id, day, amount, supplier, number, alias, asset in session.execute(query):
        if asset is not None and asset in fleet.unit_of:
            noon = datetime.combine(day, time(12), tzinfo=period.zone).astimezone(UTC)
            yield Spent("outside", "outside_cost", id, number or alias, asset, noon, supplier,
                        amount)  # fmt: skip


def readings(session: Session, fleet: Fleet, period: Period) -> Readings:
    """The trusted readings of the period and of a quarter on either side."""
    begin, end = period.span
    found: dict[str, dict[str, list[Reading]]] = {}
    query = (
        select(
            Meter.measure, MeterReading.asset_id, MeterReading.taken_at, MeterReading.total,
            MeterReading.id,
        )
        .join(Meter, Meter.id == MeterReading.meter_id)
        .where(
            MeterReading.review.in_(TRUSTED),
            MeterReading.total.is_not(None),
            MeterReading.taken_at.between(begin - AROUND, end + AROUND),
        )
        .order_by(MeterReading.taken_at, MeterReading.total)
    )  # fmt: skip
    for measure, asset, taken_at, total, id in session.execute(query):
        if asset in fleet.tags and total is not None:
            by_unit = found.setdefault(measure, {})
            by_unit.setdefault(asset, []).append(Reading(taken_at, total, id))
    return found


def jobs(session: Session, fleet: Fleet, period: Period) -> Iterator[Job]:
    """Orders on units themselves that were not over before the period; cancelled ones are none."""
    majors = select(Defect.repair_order_id).where(Defect.severity == "major")
    major = set(session.scalars(majors))
    columns = (
        WorkOrder.id, WorkOrder.number, WorkOrder.asset_id, WorkOrder.kind, WorkOrder.priority,
        WorkOrder.created_at, WorkOrder.started_at, WorkOrder.completed_at,
    )  # fmt: skip
    begin, end = period.span
    query = select(*columns).where(
        WorkOrder.status != WorkOrderStatus.CANCELLED,
        WorkOrder.created_at < end,
        WorkOrder.completed_at.is_(None) | (WorkOrder.completed_at >= begin),
    )
    ordered = query.order_by(WorkOrder.created_at, WorkOrder.id)
    for id, number, asset, kind, priority, created, started, completed in session.execute(ordered):
        if asset is not None and asset in fleet.tags:
            yield Job(id, number, asset, kind, priority, created, started, completed, id in major)


def asked(session: Session, fleet: Fleet, period: Period, zone: ZoneInfo) -> Iterator[Asked]:
    """What plans asked for on units, and on what is mounted on them."""
    query = (
        select(
            Occurrence.id, MaintenancePlan.code, Occurrence.asset_id, Occurrence.due_on,
            Occurrence.status, Occurrence.done_at, MaintenancePlan.legal,
            MaintenancePlan.grace_days,
        )
        .join(MaintenancePlan, MaintenancePlan.id == Occurrence.plan_id)
        .where(Occurrence.due_on.between(period.first, period.last))
        .order_by(Occurrence.due_on, Occurrence.id)
    )  # fmt: skip
    for id, plan, asset, due_on, status, done_at, legal, grace in session.execute(query):
        if asset is not None and asset in fleet.unit_of:
            done_on = None if done_at is None else done_at.astimezone(zone).date()
            yield Asked(id, plan, asset, due_on, status, done_on, legal, grace)
