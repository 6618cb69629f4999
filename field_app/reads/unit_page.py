"""Everything that one unit's page, and an inspector at the roadside, are shown."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.fleet import (
    Countersignature,
    Defect,
    Inspection,
    RepairCertificate,
    ServiceException,
)
from asset_model.fleet_rules import Figures
from asset_model.people import Person
from asset_model.work_orders import WorkOrder
from field_app.reads.fleet import (
    ENDED,
    VEHICLE,
    UnitLine,
    figures,
    open_defects,
    unit_line,
    unit_lines,
)
from field_app.reads.odometer import odometer_shown

CHECKS_MAX = 10
FREE_MAX = 4


@dataclass(frozen=True)
class DefectLine:
    """A defect with who found it, the number of its order where it has come, and its end."""

    defect: Defect
    found_by: str
    order: WorkOrder | None = None
    certificate: RepairCertificate | None = None


@dataclass(frozen=True)
class CheckLine:
    """A report with its defects, whoever took cognizance of it, and how long it is kept."""

    inspection: Inspection
    defects: tuple[DefectLine, ...]
    taken: tuple[Countersignature, ...]
    kept_until: date | None


@dataclass(frozen=True)
class UnitPage:
    line: UnitLine
    figures: Figures
    defects: tuple[DefectLine, ...]
    checks: tuple[CheckLine, ...]
    exceptions: tuple[ServiceException, ...]
    odometer_km: float | None
    trailers: tuple[UnitLine, ...] = ()
    """Those behind it."""

    @property
    def last(self) -> CheckLine | None:
        return self.checks[0] if self.checks else None


@dataclass(frozen=True)
class ExceptionLine:
    exception: ServiceException
    unit: str


def unit_page(
    session: Session, unit_id: str, driver_id: str | None, now: datetime
) -> UnitPage | None:
    line = unit_line(session, unit_id, now=now, driver_id=driver_id)
    if line is None:
        return None
    rules = figures(session, now)
    return UnitPage(
        line=line,
        figures=rules,
        defects=_told(session, list(session.scalars(open_defects([unit_id])))),
        checks=_checks(session, unit_id, rules),
        exceptions=_exceptions(session, unit_id, now),
        odometer_km=odometer_shown(session, unit_id),
        trailers=_trailers(session, line, driver_id, now),
    )


def _trailers(
    session: Session, line: UnitLine, driver_id: str | None, now: datetime
) -> tuple[UnitLine, ...]:
    query = select(Asset.id).where(Asset.class_code == VEHICLE, Asset.parent_id == line.unit.id)
    ids = session.scalars(query.order_by(Asset.tag)).all()
    found = (unit_line(session, id, now=now, driver_id=driver_id) for id in ids)
    return tuple(each for each in found if each is not None)


def free_units(
    session: Session, now: datetime, *, like: UnitLine, driver_id: str | None
) -> list[UnitLine]:
    """What can be taken instead: ready and free, those of the same kind first."""
    lines = [
        each
        for each in unit_lines(session, now=now, driver_id=driver_id)
        if each.unit.id != like.unit.id and each.readiness.may_be_planned and each.busy_on is None
    ]
    lines.sort(key=lambda each: (each.unit.kind != like.unit.kind, not each.free, each.unit.tag))
    return lines[:FREE_MAX]


def unseen_exceptions(session: Session) -> list[ExceptionLine]:
    """Those that the fleet manager has not seen yet, the newest first."""
    query = select(ServiceException).where(ServiceException.seen_at.is_(None))
    rows = session.scalars(query.order_by(ServiceException.signed_at.desc())).all()
    return [ExceptionLine(row, _unit_name(session, row.asset_id)) for row in rows]


def _unit_name(session: Session, unit_id: str) -> str:
    asset = session.get(Asset, unit_id)
    return asset.tag if asset else ""


def _told(session: Session, defects: list[Defect]) -> tuple[DefectLine, ...]:
    ids = [each.id for each in defects]
    certified = {
        row.defect_id: row
        for row in session.scalars(
            select(RepairCertificate).where(RepairCertificate.defect_id.in_(ids))
        )
    }
    people = {each.person_id for each in defects}
    named = dict(session.execute(select(Person.id, Person.name).where(Person.id.in_(people))).all())
    return tuple(
        DefectLine(
            each,
            named.get(each.person_id, ""),
            session.get(WorkOrder, each.repair_order_id) if each.repair_order_id else None,
            certified.get(each.id),
        )
        for each in defects
    )


def _checks(session: Session, unit_id: str, rules: Figures) -> tuple[CheckLine, ...]:
    query = (
        select(Inspection)
        .where(Inspection.asset_id == unit_id)
        .order_by(ENDED.desc(), Inspection.id.desc())
        .limit(CHECKS_MAX)
    )
    return tuple(
        CheckLine(
            each,
            _told(session, _defects_of(session, each)),
            tuple(
                session.scalars(
                    select(Countersignature)
                    .where(Countersignature.inspection_id == each.id)
                    .order_by(Countersignature.signed_at)
                )
            ),
            rules.report_kept_until(each.signed_at),
        )
        for each in session.scalars(query)
    )


def _defects_of(session: Session, report: Inspection) -> list[Defect]:
    """What the report tells: found at the check or on the way, and known before."""
    query = select(Defect).where(
        (Defect.inspection_id == report.id) | Defect.id.in_(list(report.carried))
    )
    return list(session.scalars(query.order_by(Defect.severity, Defect.found_at, Defect.id)))


def _exceptions(session: Session, unit_id: str, now: datetime) -> tuple[ServiceException, ...]:
    query = select(ServiceException).where(
        ServiceException.asset_id == unit_id, ServiceException.until > now
    )
    return tuple(session.scalars(query.order_by(ServiceException.signed_at)))
