"""The records of units, each with its day and what still refers to it; read set by set."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.fleet import (
    Defect,
    Inspection,
    LegalRule,
    RepairCertificate,
    ServiceException,
)
from asset_model.fleet_rules import TOWN_ZONE, Figures, figures_at
from asset_model.upkeep import BrakeMeasure, MaintenanceSheet, StoragePeriod
from asset_model.vocabulary import OPEN_STATUSES, AssetStatus
from asset_model.work_orders import WorkOrder
from maintenance.retention import KINDS, Gone, Kept, Verdict, judged
from sync_server.tables import JournalEntry


@dataclass(frozen=True)
class Keeping:
    """All records of units as they are to be kept on a day, and the figures of that day."""

    figures: Figures
    tags: dict[str, str]
    verdicts: list[Verdict] = field(default_factory=list)

    @property
    def over(self) -> list[Verdict]:
        return [verdict for verdict in self.verdicts if verdict.over]


def keeping(session: Session, *, now: datetime) -> Keeping:
    """Every record with its verdict, by kind and day. A defect goes after the reports of it."""
    figures = figures_at(session.scalars(select(LegalRule)), now)
    tags = dict(session.execute(select(Asset.id, Asset.tag)).all())
    gone, today = _gone(session), now.astimezone(TOWN_ZONE).date()
    found = Keeping(figures, tags)
    open_defects, open_orders = _open_defects(session), _open_orders(session)
    reports = list(
        judged(_reports(session, open_defects, open_orders), figures, gone, tags, today=today)
    )
    found.verdicts.extend(reports)
    told = _told(session, {verdict.kept.id for verdict in reports if verdict.over})
    others = [
        *_sheets(session, open_orders),
        *_defects(session, open_orders, told),
        *_brakes(session),
        *_storage(session),
        *_exceptions(session),
    ]
    found.verdicts.extend(judged(others, figures, gone, tags, today=today))
    order = list(KINDS)
    found.verdicts.sort(
        key=lambda each: (order.index(each.kept.kind), each.kept.dated_on, each.kept.id)
    )
    return found


def _day(*moments: datetime | None) -> date:
    """The town's day of the last of them: a clock that was behind shortens nothing."""
    return max(moment for moment in moments if moment is not None).astimezone(TOWN_ZONE).date()


def _gone(session: Session) -> dict[str, Gone]:
    """The units that are retired, and since when, by the history of their record."""
    retired = select(Asset.id).where(Asset.status == AssetStatus.RETIRED)
    found = {id: Gone(None) for id in session.scalars(retired)}
    query = (
        select(JournalEntry.row, JournalEntry.received_at, JournalEntry.after, JournalEntry.columns)
        .where(
            JournalEntry.table == Asset.__tablename__,
            JournalEntry.row.in_(retired),
            JournalEntry.result.in_(("applied", "merged")),
        )
        .order_by(JournalEntry.position)
    )
    for unit, received_at, after, stood in session.execute(query):
        if (stood.get("status") or after.get("status")) == AssetStatus.RETIRED:
            found[unit] = Gone(_day(received_at))
    return found


def _open_defects(session: Session) -> list[Defect]:
    certified = select(RepairCertificate.defect_id)
    return list(session.scalars(select(Defect).where(Defect.id.not_in(certified))))


def _open_orders(session: Session) -> set[str]:
    return set(session.scalars(select(WorkOrder.id).where(WorkOrder.status.in_(OPEN_STATUSES))))


def _reports(session: Session, open_defects: list[Defect], open_orders: set[str]) -> Iterator[Kept]:
    """Reports; those that an open defect was found by or seen again in, and those whose repair is
    not over, stay.
    """
    open_ids = {defect.id for defect in open_defects}
    of_open = {defect.inspection_id for defect in open_defects}
    at_work = {
        report
        for report, order in session.execute(select(Defect.inspection_id, Defect.repair_order_id))
        if order in open_orders
    }
    columns = (Inspection.id, Inspection.asset_id, Inspection.signed_at, Inspection.ended_at,
               Inspection.carried)  # fmt: skip
    for id, unit, signed_at, ended_at, carried in session.execute(select(*columns)):
        holds = []
        if id in of_open or not open_ids.isdisjoint(carried or ()):
            holds.append("defect_open")
        if id in at_work:
            holds.append("order_open")
        yield Kept("inspection", id, unit, _day(signed_at, ended_at), tuple(holds))


def _told(session: Session, leaving: set[str]) -> set[str]:
    """The defects that reports tell of which stay."""
    found: set[str] = set()
    for id, carried in session.execute(select(Inspection.id, Inspection.carried)):
        if id not in leaving:
            found.update(carried or ())
    query = select(Defect.id, Defect.inspection_id)
    staying = set(session.scalars(select(Inspection.id))) - leaving
    return found | {id for id, report in session.execute(query) if report in staying}


def _sheets(session: Session, open_orders: set[str]) -> Iterator[Kept]:
    """Sheets; one that left a defect which is open stays: both bear the moment of its signature."""
    left = {(defect.asset_id, defect.found_at) for defect in _open_defects(session)}
    columns = (MaintenanceSheet.id, MaintenanceSheet.asset_id, MaintenanceSheet.done_on,
               MaintenanceSheet.signed_at, MaintenanceSheet.order_id)  # fmt: skip
    for id, unit, done_on, signed_at, order in session.execute(select(*columns)):
        holds = []
        if order in open_orders:
            holds.append("order_open")
        if (unit, signed_at) in left:
            holds.append("defect_open")
        yield Kept("maintenance_sheet", id, unit, done_on, tuple(holds))


def _defects(session: Session, open_orders: set[str], told: set[str]) -> Iterator[Kept]:
    """Those that are certified, with their certificates: the proof of the repair."""
    signed: dict[str, list[datetime]] = defaultdict(list)
    query = select(RepairCertificate.defect_id, RepairCertificate.signed_at)
    for defect, signed_at in session.execute(query):
        signed[defect].append(signed_at)
    columns = (Defect.id, Defect.asset_id, Defect.found_at, Defect.repair_order_id)
    for id, unit, found_at, order in session.execute(select(*columns)):
        holds = []
        if id not in signed:
            holds.append("defect_open")
        if order in open_orders:
            holds.append("order_open")
        if id in told:
            holds.append("report_kept")
        yield Kept("defect", id, unit, _day(found_at, *signed[id]), tuple(holds))


def _brakes(session: Session) -> Iterator[Kept]:
    columns = (BrakeMeasure.id, BrakeMeasure.asset_id, BrakeMeasure.measured_on)
    for id, unit, day in session.execute(select(*columns)):
        yield Kept("brake_measure", id, unit, day)


def _storage(session: Session) -> Iterator[Kept]:
    """Those that are over; a unit that is still away is no matter of the past."""
    columns = (StoragePeriod.id, StoragePeriod.asset_id, StoragePeriod.ends_on)
    for id, unit, day in session.execute(select(*columns)):
        if day is not None:
            yield Kept("storage_period", id, unit, day)


def _exceptions(session: Session) -> Iterator[Kept]:
    columns = (ServiceException.id, ServiceException.asset_id, ServiceException.until)
    for id, unit, until in session.execute(select(*columns)):
        yield Kept("service_exception", id, unit, _day(until))
