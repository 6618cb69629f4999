"""Who hears of what happened: the senders of reports who left an address, and wish for letters."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from asset_model.incidents import Report
from sync_server.feed import Image
from sync_server.intake.tables import ReportContact
from sync_server.notices.happenings import Happening
from sync_server.notices.tables import MailWish
from sync_server.workspace import Workspace

IDS_PER_QUERY = 400


class Listener(NamedTuple):
    """A report whose sender may hear."""

    report_id: str
    number: str | None
    language: str


def listener_of(report: Image) -> Listener:
    return Listener(report.row, report.columns["number"], report.columns["language"])


def listeners(workspace: Workspace, happenings: Sequence[Happening]) -> Iterator[list[Listener]]:
    """Of each happening, who hears of it; the wishes of all are asked together."""
    known = [_concerned(workspace, happening) for happening in happenings]
    glad = wanting(workspace.session, (row for theirs in known for row in theirs))
    for theirs in known:
        yield [theirs[row] for row in sorted(theirs.keys() & glad)]


def _concerned(workspace: Workspace, happening: Happening) -> dict[str, Listener]:
    """A report that has just come hears that it was received, and that alone."""
    if happening.report is not None:
        return {happening.report.row: listener_of(happening.report)}
    born = workspace.born("report")
    every = _of_incident(workspace, happening.incident.row)
    return {row: told for row, told in every.items() if row not in born}


def wanting(session: Session, reports: Iterable[str]) -> set[str]:
    """Those of these reports whose sender left an address, and is glad to hear."""
    ids = sorted(set(reports))
    found: set[str] = set()
    for start in range(0, len(ids), IDS_PER_QUERY):
        confirmed = MailWish.confirmed_at.is_not(None)
        by_mail = or_(ReportContact.news_by.is_(None), ReportContact.news_by == "email")
        query = (
            select(ReportContact.report_id)
            .outerjoin(MailWish, MailWish.report_id == ReportContact.report_id)
            .where(
                ReportContact.report_id.in_(ids[start : start + IDS_PER_QUERY]),
                ReportContact.email.is_not(None),
                MailWish.stopped_at.is_(None),
                or_(confirmed, and_(MailWish.confirm_by.is_(None), by_mail)),
            )
        )
        found |= set(session.scalars(query))
    return found


def _of_incident(workspace: Workspace, incident: str) -> dict[str, Listener]:
    """Its reports, with this write laid over what is stored."""
    query = select(Report.id, Report.number, Report.language)
    stored = workspace.session.execute(query.where(Report.incident_id == incident))
    known = {row.id: Listener(*row) for row in stored}
    for report in workspace.touched("report"):
        known.pop(report.row, None)
        if report.columns["incident_id"] == incident:
            known[report.row] = listener_of(report)
    return known
