"""Which requests are asked for: by their ids, else by service, status and time, in pages."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, case, or_, select
from sqlalchemy.orm import Session

from asset_model.catalogue import Service
from asset_model.incident_vocabulary import OPEN_INCIDENTS, UpdateKind
from asset_model.incidents import Incident, IncidentUpdate, Report
from sync_server.open311.faults import WRONG, Fault, Faulty
from sync_server.open311.moments import SPAN, span

REQUESTS_MAX = 1_000
PAGE_SIZE, PAGE_SIZE_MAX = 100, 1_000
PAGE_MAX = 100_000
STATUSES = ("open", "closed")

Found = tuple[Report, Incident, Service]


def found(session: Session, given: Mapping[str, str], *, now: datetime) -> list[Found]:
    """The latest first.

    :raises Faulty: for a filter that cannot be understood
    """
    query = _requests()
    if ids := _listed(given, "service_request_id"):
        query = query.where(Report.number.in_(ids[:REQUESTS_MAX]))
        return _rows(session, query)
    query = query.where(Report.follows.is_(False), *_filters(given, now))
    first, count = _page(given)
    return _rows(session, query.offset(first).limit(count))


def one(session: Session, number: str) -> Found | None:
    return next(iter(_rows(session, _requests().where(Report.number == number))), None)


def updates(
    session: Session, given: Mapping[str, str], *, now: datetime
) -> list[tuple[IncidentUpdate, Report]]:
    """What was told of each request, the oldest first."""
    asked = span(given, "start_date", "end_date", now=now) or (now - SPAN, now)
    first, count = _page(given)
    query = (
        select(IncidentUpdate, Report)
        .join(Report, Report.incident_id == IncidentUpdate.incident_id)
        .where(
            IncidentUpdate.kind == UpdateKind.STATUS,
            IncidentUpdate.received_at.between(*asked),
            Report.follows.is_(False),
        )
        .order_by(IncidentUpdate.received_at, IncidentUpdate.id, Report.id)
        .offset(first)
        .limit(count)
    )
    if ids := _listed(given, "service_request_id"):
        query = query.where(Report.number.in_(ids[:REQUESTS_MAX]))
    return [(update, report) for update, report in session.execute(query)]


def extended(given: Mapping[str, str]) -> bool:
    """Whether more is asked for than the standard tells.

    :raises Faulty: it is neither true nor false
    """
    asked = given.get("extensions", "").lower() or "false"
    if asked not in ("true", "false"):
        raise Faulty(Fault(WRONG, f"extensions: {asked[:20]!r} is neither true nor false"))
    return asked == "true"


def _requests() -> Select[Report, Incident, Service]:
    return (
        select(Report, Incident, Service)
        .join(Incident, Incident.id == Report.incident_id)
        .join(Service, Service.id == Report.service_id)
        .order_by(Report.reported_at.desc(), Report.id.desc())
    )


def _rows(session: Session, query: Select[Report, Incident, Service]) -> list[Found]:
    return [(report, incident, service) for report, incident, service in session.execute(query)]


def _filters(given: Mapping[str, str], now: datetime) -> list[Any]:
    filters: list[Any] = []
    if codes := _listed(given, "service_code"):
        filters.append(Service.code.in_(codes))
    if statuses := _listed(given, "status"):
        filters.append(_status(statuses))
    updated = span(given, "updated_after", "updated_before", now=now)
    if updated:
        moved = case(
            (Incident.moved_at > Report.reported_at, Incident.moved_at), else_=Report.reported_at
        )
        filters.append(moved.between(*updated))
    made = span(given, "start_date", "end_date", now=now)
    if made or not updated:
        # A whole second: an end told without fractions includes what happened within it.
        start, end = made or (now - SPAN, now)
        filters.append(Report.reported_at.between(start, end + timedelta(seconds=1)))
    return filters


def _status(asked: list[str]) -> Any:
    if unknown := [status for status in asked if status not in STATUSES]:
        raise Faulty(Fault(WRONG, f"status: {unknown[0][:20]!r} is neither open nor closed"))
    is_open = Incident.status.in_(OPEN_INCIDENTS)
    return or_(*(is_open if status == "open" else ~is_open for status in asked))


def _page(given: Mapping[str, str]) -> tuple[int, int]:
    """The first row, and how many; without a page, as many as may be given at all."""
    if not given.get("page") and not given.get("page_size"):
        return 0, REQUESTS_MAX
    page = _number(given, "page", 1, PAGE_MAX)
    size = _number(given, "page_size", PAGE_SIZE, None)
    size = min(size, PAGE_SIZE_MAX)
    return (page - 1) * size, size


def _number(given: Mapping[str, str], name: str, default: int, most: int | None) -> int:
    text = given.get(name) or str(default)
    plain = text.isascii() and text.isdigit() and len(text) < 10
    if not plain or int(text) < 1 or (most is not None and int(text) > most):
        raise Faulty(Fault(WRONG, f"{name}: {text[:20]!r} is not a number from 1 on"))
    return int(text)


def _listed(given: Mapping[str, str], name: str) -> list[str]:
    return [part.strip() for part in given.get(name, "").split(",") if part.strip()]
