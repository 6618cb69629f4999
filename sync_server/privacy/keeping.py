"""How long it is kept who sent a report: so many months after its incident was closed."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.fleet import LegalRule
from asset_model.fleet_rules import TOWN_ZONE, figures_at
from asset_model.incident_vocabulary import OPEN_INCIDENTS
from asset_model.incidents import Incident, Report
from asset_model.people import Person
from maintenance.retention import Kept, Verdict, judged
from sync_server.intake.contacts import MAY_ERASE, check_role
from sync_server.intake.tables import ReportContact
from sync_server.privacy.erasing import erase


def contacts_kept(session: Session, *, now: datetime) -> list[tuple[str, Verdict]]:
    """The number of each report whose sender is known, and until when that may be."""
    figures = figures_at(session.scalars(select(LegalRule)), now)
    numbers = dict(session.execute(select(Report.id, Report.number)).all())
    today = now.astimezone(TOWN_ZONE).date()
    verdicts = judged(_kept(session), figures, {}, {}, today=today)
    told = [(numbers[verdict.kept.id] or "–", verdict) for verdict in verdicts]
    return sorted(told, key=lambda each: (each[1].kept.dated_on, each[0]))


def forget_past(session: Session, *, by: Person, now: datetime) -> list[tuple[str, Verdict]]:
    """Forget whoever's time is past, and nobody else; each leaves one line (`contact_reading`).

    :raises Refused: ``role_not_allowed``
    """
    check_role(by, MAY_ERASE, "- contact")
    over = [each for each in contacts_kept(session, now=now) if each[1].over]
    for _, verdict in over:
        report = session.get_one(Report, verdict.kept.id)
        erase(session, [report], by, why=verdict.rule.named, now=now)
    return over


def _kept(session: Session) -> Iterator[Kept]:
    """The day counts from when the incident was last moved: a reopened one begins anew."""
    columns = (ReportContact.report_id, ReportContact.kept_at, Incident.status, Incident.moved_at)
    query = (
        select(*columns)
        .join(Report, Report.id == ReportContact.report_id)
        .join(Incident, Incident.id == Report.incident_id)
    )
    for report, kept_at, status, moved_at in session.execute(query):
        last = max(moment for moment in (kept_at, moved_at) if moment is not None)
        holds = ("incident_open",) if status in OPEN_INCIDENTS else ()
        day = last.astimezone(TOWN_ZONE).date()
        yield Kept("report_contact", report, "", day, holds)
