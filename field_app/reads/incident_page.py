"""Everything that one incident's page shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from asset_model.catalogue import Service
from asset_model.incidents import Incident, IncidentUpdate, Report, ReportPhoto
from asset_model.people import Crew, District, Person
from asset_model.vocabulary import OPEN_STATUSES
from asset_model.work_orders import WorkOrder
from field_app.reads.incidents import Promise, promise_of

REPORTS_MAX = 60
HISTORY_MAX = 120


@dataclass(frozen=True)
class ReportLine:
    """A report, who wrote it down, and who put it where it is if a person did."""

    report: Report
    agent: str | None
    attached_by: str | None


@dataclass(frozen=True)
class Told:
    """One line of the history. `other`: the number of the incident a report came from or went to;
    `report`: that of the report.
    """

    kind: str
    status: str | None
    at: datetime
    person: str | None
    words_fr: str | None
    words_en: str | None
    source: str
    report: str | None
    other: str | None


@dataclass(frozen=True)
class IncidentPage:
    incident: Incident
    service: Service
    district: str | None
    crew: str | None
    promise: Promise
    suspended_by: str | None
    order: WorkOrder | None
    """The open one, else the latest."""
    reports: Sequence[ReportLine]
    photos: Sequence[ReportPhoto]
    history: Sequence[Told]
    return_of: Incident | None
    returns: Sequence[Incident]
    into: Incident | None
    names: dict[str, str]
    """Of the people who set something of its route by hand."""

    @property
    def has_open_order(self) -> bool:
        return self.order is not None and self.order.status in OPEN_STATUSES


def incident_page(session: Session, incident_id: str, *, now: datetime) -> IncidentPage | None:
    incident = session.get(Incident, incident_id)
    service = session.get(Service, incident.service_id) if incident else None
    if incident is None or service is None:
        return None
    district = session.get(District, incident.district_id) if incident.district_id else None
    crew = session.get(Crew, incident.crew_id) if incident.crew_id else None
    returned = select(Incident).where(Incident.recurrence_of_id == incident_id)
    hands = set(incident.route.get("by_hand", {}).values())
    return IncidentPage(
        incident=incident,
        service=service,
        district=district.name if district else None,
        crew=crew.name if crew else None,
        promise=promise_of(incident, now=now),
        suspended_by=_name(session, incident.suspended_by),
        order=_order(session, incident_id),
        reports=_reports(session, incident_id),
        photos=_photos(session, incident_id),
        history=_history(session, incident_id),
        return_of=_other(session, incident.recurrence_of_id),
        returns=session.scalars(returned.order_by(Incident.opened_at)).all(),
        into=_other(session, incident.merged_into_id),
        names={id: _name(session, id) or "–" for id in hands},
    )


def incident_of_order(session: Session, order_id: str) -> Incident | None:
    order = session.get(WorkOrder, order_id)
    return _other(session, order.incident_id) if order else None


def _order(session: Session, incident_id: str) -> WorkOrder | None:
    found = session.scalars(
        select(WorkOrder)
        .where(WorkOrder.incident_id == incident_id)
        .order_by(WorkOrder.created_at.desc(), WorkOrder.id.desc())
    ).all()
    standing = [order for order in found if order.status in OPEN_STATUSES]
    return next(iter([*standing, *found]), None)


def _reports(session: Session, incident_id: str) -> list[ReportLine]:
    agent, attacher = aliased(Person), aliased(Person)
    query = (
        select(Report, agent.name, attacher.name)
        .outerjoin(agent, agent.id == Report.person_id)
        .outerjoin(attacher, attacher.id == Report.attached_by)
        .where(Report.incident_id == incident_id)
        .order_by(Report.reported_at, Report.id)
        .limit(REPORTS_MAX)
    )
    return [ReportLine(*row) for row in session.execute(query)]


def _photos(session: Session, incident_id: str) -> Sequence[ReportPhoto]:
    query = (
        select(ReportPhoto)
        .join(Report, Report.id == ReportPhoto.report_id)
        .where(Report.incident_id == incident_id)
        .order_by(ReportPhoto.taken_at, ReportPhoto.rank)
    )
    return session.scalars(query.limit(REPORTS_MAX)).all()


def _history(session: Session, incident_id: str) -> list[Told]:
    """The newest first."""
    other = aliased(Incident)
    query = (
        select(IncidentUpdate, Person.name, Report.number, other.number)
        .outerjoin(Person, Person.id == IncidentUpdate.person_id)
        .outerjoin(Report, Report.id == IncidentUpdate.report_id)
        .outerjoin(other, other.id == IncidentUpdate.other_id)
        .where(IncidentUpdate.incident_id == incident_id)
        .order_by(IncidentUpdate.made_at.desc(), IncidentUpdate.version.desc())
        .limit(HISTORY_MAX)
    )
    return [_told(*row) for row in session.execute(query)]


def _told(
    update: IncidentUpdate, person: str | None, report: str | None, other: str | None
) -> Told:
    return Told(
        kind=update.kind,
        status=update.status,
        at=update.made_at,
        person=person,
        words_fr=update.words_fr,
        words_en=update.words_en,
        source=update.source,
        report=report,
        other=other,
    )


def _other(session: Session, incident_id: str | None) -> Incident | None:
    return session.get(Incident, incident_id) if incident_id else None


def _name(session: Session, person_id: str | None) -> str | None:
    person = session.get(Person, person_id) if person_id else None
    return person.name if person else None
