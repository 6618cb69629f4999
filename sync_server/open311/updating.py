"""Updates that others send: kept once each, and “open” of what was closed reaches a foreman."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from asset_model.incident_vocabulary import ANSWERED_INCIDENTS, ReportSource, UpdateKind
from asset_model.incidents import IncidentUpdate
from asset_model.sync.wire import Change
from sync_server import desk
from sync_server.intake import sendings
from sync_server.intake.desk import WORDS_MAX
from sync_server.intake.words import without_contacts
from sync_server.open311 import searching
from sync_server.open311.faults import UNKNOWN, WRONG, Fault, Faulty
from sync_server.open311.moments import moment_of
from sync_server.open311.sending import LASTING

STATUSES = frozenset(
    {
        "OPEN",
        "CLOSED",
        "FIXED",
        "IN_PROGRESS",
        "INVESTIGATING",
        "PLANNED",
        "ACTION_SCHEDULED",
        "DUPLICATE",
        "NO_FURTHER_ACTION",
        "NOT_COUNCILS_RESPONSIBILITY",
        "INTERNAL_REFERRAL",
        "REOPENED",
    }
)
"""Those of the extension. None closes anything here: the town's own work does."""
STILL_OPEN = frozenset({"OPEN", "REOPENED"})


def take_update(
    session: Session,
    given: Mapping[str, str],
    *,
    by: str,
    now: datetime,
    new_id: Callable[[], str],
) -> str:
    """The id under which the update is kept: the same for the same `update_id` of that sender.

    :raises Faulty: with everything that is wrong
    """
    number, own = given.get("service_request_id", ""), given.get("update_id", "").strip()
    found = searching.one(session, number) if number else None
    made_at, faults = _faults(given, number, own, known=found is not None, now=now)
    if faults or found is None:
        raise Faulty(*faults)
    report, incident, _ = found
    row = new_id()
    mark = sendings.mark_of("update", by, own)
    before = sendings.take(session, mark, row, within=LASTING, now=now)
    if before is not None:
        return before
    status = given.get("status", "").strip().upper()
    reopens = status in STILL_OPEN and incident.status in ANSWERED_INCIDENTS
    update = IncidentUpdate(
        id=row,
        incident_id=incident.id,
        report_id=report.id,
        kind=UpdateKind.NOT_FIXED if reopens else UpdateKind.COMMENT,
        status=None,
        source=ReportSource.OPEN311,
        source_name=by,
        external_id=own,
        made_at=made_at,
    )
    setattr(update, f"words_{report.language}", _words(given, status))
    _write(session, update, now=now, new_id=new_id)
    return row


def _words(given: Mapping[str, str], status: str) -> str:
    """The sender's status stays beside its words: it is a word, and moves nothing by itself."""
    words = without_contacts(given.get("description", "").strip()) or ""
    return f"[{status}] {words}".strip() if status else words


def _faults(
    given: Mapping[str, str], number: str, own: str, *, known: bool, now: datetime
) -> tuple[datetime, list[Fault]]:
    faults: list[Fault] = []
    if not number:
        faults.append(Fault(WRONG, "service_request_id was not provided"))
    elif not known:
        faults.append(Fault(UNKNOWN, f"service_request_id {number[:60]!r} was not found"))
    if not own:
        faults.append(Fault(WRONG, "update_id was not provided"))
    status = given.get("status", "").strip().upper()
    if status and status not in STATUSES:
        faults.append(Fault(WRONG, f"status: {status[:30]!r} is not known"))
    if len(given.get("description", "")) > WORDS_MAX:
        faults.append(Fault(WRONG, f"description: {WORDS_MAX} characters at most"))
    made_at = now
    try:
        if told := given.get("updated_datetime"):
            made_at = min(moment_of("updated_datetime", told), now)
    except Faulty as faulty:
        faults += faulty.faults
    return made_at, faults


def _write(
    session: Session, update: IncidentUpdate, *, now: datetime, new_id: Callable[[], str]
) -> None:
    change: Change = desk.inserted(update, new_id=new_id)
    desk.write(session, [change], now=now, new_id=new_id)
