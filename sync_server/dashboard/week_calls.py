"""What citizens reported in a week. What they wrote stays on the incident's page."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from asset_model.base import instant
from asset_model.catalogue import Service
from asset_model.incidents import Incident, Report
from sync_server.dashboard.came import Came, Question, Weekly
from sync_server.dashboard.figure import Listing, Row, page_of
from sync_server.dashboard.narrowing import Narrowing
from sync_server.dashboard.weeks import Week


def _came(asked: Question, weeks: Sequence[Week]) -> list[Came]:
    counts = [func.count(Report.id).filter(_within(week)) for week in weeks]
    (row,) = asked.session.execute(_reports(asked.narrowed, *counts))
    return [Came(float(count), count) for count in row]


def _listed(asked: Question, week: Week, part: str | None, page: int | None) -> Listing:
    """The latest first."""
    count = asked.session.scalar(_reports(asked.narrowed, func.count()).where(_within(week))) or 0
    columns = (
        Report.id, Report.number, Report.place, Report.source, Report.reported_at,
        Report.incident_id, Service.name_fr, Service.name_en, Incident.place,
    )  # fmt: skip
    query = _reports(asked.narrowed, *columns).where(_within(week))
    query = query.join(Service, Service.id == Report.service_id, isouter=True)
    query = query.order_by(Report.reported_at.desc(), Report.id)
    return Listing(count, [_row(*row) for row in asked.session.execute(page_of(query, page))])


def _within(week: Week) -> ColumnElement[bool]:
    begin, end = week.span
    return (Report.reported_at >= begin) & (Report.reported_at < end)


def _reports(narrowed: Narrowing, *columns: Any) -> Select[Any]:
    """Reports beside their incident, which has a district and a crew."""
    of = Incident.id == Report.incident_id
    query = select(*columns).select_from(Report).join(Incident, of, isouter=True)
    return query.where(*narrowed.of(Incident.district_id, Incident.crew_id))


def _row(
    id: str,
    number: str | None,
    place: str | None,
    source: str,
    at: Any,
    incident: str | None,
    french: str | None,
    english: str | None,
    beside: str | None,
) -> Row:
    return {
        "id": id,
        "table": "report",
        "number": number,
        "title": {"fr": french or "–", "en": english or "–"},
        "place": place or beside,
        "status": source,
        "at": instant(at),
        "route": f"/incidents/{incident}" if incident else "/incidents",
    }


OF_CALLS = {"calls": Weekly("", _came, _listed, (Report.reported_at,))}
