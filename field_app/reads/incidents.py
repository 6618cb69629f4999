"""Lists of incidents: what is late or soon to be comes first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.catalogue import Service
from asset_model.incident_vocabulary import OPEN_INCIDENTS, IncidentStatus
from asset_model.incidents import Incident
from asset_model.people import Crew, District
from field_app.reads.searching import mentions

PAGE = 40
SOON = timedelta(days=1)
"""Before a date that no rule has given: a rule tells from when on it is soon to be missed."""
_NEVER = "9999"


class View(StrEnum):
    """Which incidents a list is about."""

    OPEN = "open"
    PRESSING = "pressing"
    """Late, or soon to be."""
    REOPENED = "reopened"
    SUSPENDED = "suspended"
    CLOSED = "closed"


@dataclass(frozen=True)
class Wanted:
    view: View = View.OPEN
    service_id: str = ""
    district_id: str = ""
    text: str = ""


@dataclass(frozen=True)
class Promise:
    """Which of the two is due first, and how it stands: late, soon, fine, suspended, kept, none."""

    standing: str
    due_at: datetime | None = None
    to_answer: bool = False
    """An answer is due first; else the work."""


@dataclass(frozen=True)
class IncidentLine:
    incident: Incident
    service_fr: str
    service_en: str
    district: str | None
    crew: str | None
    promise: Promise


@dataclass(frozen=True)
class IncidentList:
    lines: tuple[IncidentLine, ...]
    total: int


def incidents(session: Session, wanted: Wanted, *, now: datetime, page: int = 0) -> IncidentList:
    where = [_of(wanted.view, now), *_narrowed(wanted)]
    counted = _joined(func.count()).where(*where)
    rows = session.execute(
        _joined(Incident, Service.name_fr, Service.name_en, District.name, Crew.name)
        .where(*where)
        .order_by(*_order(wanted.view))
        .limit(PAGE)
        .offset(page * PAGE)
    )
    lines = tuple(_line(*row, now=now) for row in rows)
    return IncidentList(lines, session.scalar(counted) or 0)


def _line(
    incident: Incident,
    service_fr: str,
    service_en: str,
    district: str | None,
    crew: str | None,
    *,
    now: datetime,
) -> IncidentLine:
    promise = promise_of(incident, now=now)
    return IncidentLine(incident, service_fr, service_en, district, crew, promise)


def counts(session: Session, *, now: datetime) -> dict[View, int]:
    """How many there are of each view, but for what is closed."""
    views = [view for view in View if view != View.CLOSED]
    columns = [func.sum(case((_of(view, now), 1), else_=0)) for view in views]
    row = session.execute(select(*columns).where(Incident.status.in_(OPEN_INCIDENTS))).one()
    return {view: count or 0 for view, count in zip(views, row, strict=True)}


def waiting_count(session: Session, *, now: datetime) -> int:
    """How many a foreman should look at: late, soon to be, or said not to be fixed."""
    asked = or_(_of(View.PRESSING, now), _of(View.REOPENED, now))
    return session.scalar(select(func.count()).select_from(Incident).where(asked)) or 0


def promise_of(incident: Incident, *, now: datetime) -> Promise:
    if incident.status not in OPEN_INCIDENTS:
        return Promise("kept")
    answer = incident.acknowledge_by if incident.acknowledged_at is None else None
    dues = [each for each in (answer, incident.fix_by) if each is not None]
    if not dues:
        return Promise("suspended" if incident.suspended_at else "none")
    due, to_answer = min(dues), answer == min(dues)
    if incident.suspended_at is not None:
        return Promise("suspended", due, to_answer)
    if due <= now:
        return Promise("late", due, to_answer)
    soon = incident.route.get("soon", {}).get("acknowledge_by" if to_answer else "fix_by")
    at = datetime.fromisoformat(soon) if soon else due - SOON
    return Promise("soon" if at <= now else "fine", due, to_answer)


def incident_numbered(session: Session, number: str) -> Incident | None:
    """The open one of this number; its last digits do, of this year or another."""
    asked = number.strip().upper()
    if not asked:
        return None
    ends = Incident.number.endswith(asked, autoescape=True)
    query = select(Incident).where(ends, Incident.status.in_(OPEN_INCIDENTS))
    return session.scalars(query.order_by(Incident.opened_at.desc()).limit(1)).first()


def services_used(session: Session) -> Sequence[Service]:
    """Those of which there is an incident, by name."""
    used = select(Incident.service_id).distinct()
    return session.scalars(
        select(Service).where(Service.id.in_(used)).order_by(Service.name_fr)
    ).all()


def districts(session: Session) -> Sequence[District]:
    return session.scalars(select(District).order_by(District.name)).all()


def _joined(*columns: Any) -> Any:
    return (
        select(*columns)
        .select_from(Incident)
        .join(Service, Service.id == Incident.service_id)
        .outerjoin(District, District.id == Incident.district_id)
        .outerjoin(Crew, Crew.id == Incident.crew_id)
    )


def _of(view: View, now: datetime) -> ColumnElement[bool]:
    open_one = Incident.status.in_(OPEN_INCIDENTS)
    match view:
        case View.OPEN:
            return open_one
        case View.REOPENED:
            return Incident.status == IncidentStatus.REOPENED
        case View.SUSPENDED:
            return and_(open_one, Incident.suspended_at.is_not(None))
        case View.CLOSED:
            return Incident.status.in_((IncidentStatus.RESOLVED, IncidentStatus.NOT_RETAINED))
    return and_(open_one, Incident.suspended_at.is_(None), _pressing(now))


def _pressing(now: datetime) -> ColumnElement[bool]:
    answer = and_(
        Incident.acknowledged_at.is_(None),
        Incident.acknowledge_by.is_not(None),
        _soon("acknowledge_by", now),
    )
    return or_(answer, and_(Incident.fix_by.is_not(None), _soon("fix_by", now)))


def _soon(column: str, now: datetime) -> ColumnElement[bool]:
    told: Any = Incident.route["soon", column].as_string()
    return or_(
        getattr(Incident, column) <= now,
        told <= instant(now),
        and_(told.is_(None), getattr(Incident, column) <= now + SOON),
    )


def _narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if wanted.service_id:
        asked.append(Incident.service_id == wanted.service_id)
    if wanted.district_id:
        asked.append(Incident.district_id == wanted.district_id)
    columns = (
        *(Incident.number, Incident.place, Incident.description),
        *(Service.name_fr, Service.name_en),
    )
    return asked + [mentions(columns, word) for word in wanted.text.split()]


def _order(view: View) -> list[Any]:
    if view == View.CLOSED:
        return [Incident.resolved_at.desc(), Incident.id]
    answer = case((Incident.acknowledged_at.is_(None), Incident.acknowledge_by), else_=None)
    due = func.min(func.coalesce(answer, _NEVER), func.coalesce(Incident.fix_by, _NEVER))
    return [Incident.suspended_at.is_not(None), due, Incident.priority, Incident.opened_at]
