"""The circle checks of the day: who made one, which units have none, and what is open."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asset_model.fleet import Defect, Inspection
from asset_model.fleet_vocabulary import Severity
from field_app.reads.fleet import UnitLine, open_defects, unit_lines

OPEN_MAX = 60
"""Defects shown; beyond it the page says how many there are."""


@dataclass(frozen=True)
class Made:
    """A check of the day, and how many defects it found of each severity."""

    check: Inspection
    unit: str
    major: int
    minor: int


@dataclass(frozen=True)
class Open:
    """A defect that nobody has certified yet, with its unit."""

    defect: Defect
    unit: str


@dataclass(frozen=True)
class Rounds:
    """`missing`: units that the law asks a check of and that have none that is still valid."""

    made: tuple[Made, ...]
    missing: tuple[UnitLine, ...]
    opened: tuple[Open, ...]
    open_count: int


def rounds(session: Session, *, now: datetime, zone: ZoneInfo) -> Rounds:
    """Of the day in the town's own zone; in a fixed number of queries."""
    lines = unit_lines(session, now=now)
    names = {line.unit.id: line.asset.name for line in lines}
    opened = _opened(session, names)
    return Rounds(
        made=_made(session, names, now, zone),
        missing=tuple(line for line in lines if _has_none(line, now)),
        opened=opened[:OPEN_MAX],
        open_count=len(opened),
    )


def _has_none(line: UnitLine, now: datetime) -> bool:
    """One that is out of service for another reason needs a check before it leaves, too."""
    until = line.readiness.valid_until
    return line.by_law and (until is None or until <= now)


def _made(
    session: Session, names: dict[str, str], now: datetime, zone: ZoneInfo
) -> tuple[Made, ...]:
    """The newest first."""
    midnight = datetime.combine(now.astimezone(zone).date(), time(), tzinfo=zone)
    query = select(Inspection).where(Inspection.ended_at >= midnight)
    checks = session.scalars(query.order_by(Inspection.ended_at.desc(), Inspection.id)).all()
    counts = _counts(session, [check.id for check in checks])
    return tuple(
        Made(
            check,
            names.get(check.asset_id, check.unit_name),
            counts.get((check.id, Severity.MAJOR), 0),
            counts.get((check.id, Severity.MINOR), 0),
        )
        for check in checks
    )


def _counts(session: Session, ids: list[str]) -> dict[tuple[str | None, str], int]:
    query = (
        select(Defect.inspection_id, Defect.severity, func.count())
        .where(Defect.inspection_id.in_(ids))
        .group_by(Defect.inspection_id, Defect.severity)
    )
    return {(check, severity): count for check, severity, count in session.execute(query)}


def _opened(session: Session, names: dict[str, str]) -> tuple[Open, ...]:
    """The gravest first; among those, the one that is due first."""
    rows = session.scalars(open_defects(names)).all()
    return tuple(Open(row, names[row.asset_id]) for row in rows)
