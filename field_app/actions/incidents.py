"""What the office decides of incidents and of the reports in them; each can be taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.catalogue import Service
from asset_model.codec import columns_of
from asset_model.errors import Refused
from asset_model.ids import Author
from asset_model.incident_moves import check_by_hand
from asset_model.incident_vocabulary import IncidentStatus, ReportSource, UpdateKind, Verdict
from asset_model.incidents import GroupingDecision, Incident, IncidentUpdate, Report
from asset_model.roles import check_edit, check_insert
from field_app.actions.acting import role_of
from field_app.actions.incident_orders import open_order
from field_app.store.edits import recorded

ATTACHING = frozenset({"incident_id", "attached_by"})


@dataclass(frozen=True)
class Joined:
    """Two incidents were made one: what is needed to part them again."""

    incident_id: str
    into_id: str
    report_ids: tuple[str, ...]


def merge(
    session: Session,
    incident_id: str,
    into_id: str,
    *,
    by: Author,
    score: float | None = None,
    verdict: Verdict = Verdict.SAME,
) -> Joined:
    """Both are one problem: the reports go to the other one; the server moves them.

    The one that has an open order is kept, whichever of the two was named first.

    :raises Refused: ``role_not_allowed``, ``both_have_orders``, ``illegal_incident_move``
    """
    check_edit(role_of(session, by), "incident", frozenset({"status", "merged_into_id"}))
    if open_order(session, incident_id) is not None:
        if open_order(session, into_id) is not None:
            raise Refused("both_have_orders")
        incident_id, into_id = into_id, incident_id
    gone = session.get_one(Incident, incident_id)
    reports = session.scalars(select(Report.id).where(Report.incident_id == incident_id)).all()
    with recorded(session, by=by):
        _move(gone, IncidentStatus.MERGED, merged_into_id=into_id)
        _say(session, ((report, into_id) for report in reports), verdict, by, score)
    return Joined(incident_id, into_id, tuple(reports))


def part(session: Session, joined: Joined, *, by: Author) -> None:
    """They were two after all: each report goes back to where it was.

    :raises Refused: ``role_not_allowed``, ``illegal_incident_move``
    """
    check_edit(role_of(session, by), "report", ATTACHING)
    back = session.get_one(Incident, joined.incident_id)
    pairs = [(report, joined.into_id) for report in joined.report_ids]
    with recorded(session, by=by):
        _move(back, IncidentStatus.UNDER_REVIEW, merged_into_id=None)
        for report_id in joined.report_ids:
            _attach(session.get_one(Report, report_id), joined.incident_id, by)
        _say(session, pairs, Verdict.UNDECIDED, by)


def attach(
    session: Session, report_id: str, incident_id: str, *, by: Author, score: float | None = None
) -> None:
    """A report among several is of another incident than the one it is in.

    :raises Refused: ``role_not_allowed``
    """
    check_edit(role_of(session, by), "report", ATTACHING)
    report = session.get_one(Report, report_id)
    left = report.incident_id
    with recorded(session, by=by):
        _attach(report, incident_id, by)
        _say(session, [(report_id, incident_id)], Verdict.SAME, by, score)
        if left:
            _say(session, [(report_id, left)], Verdict.OTHER, by)


def split(session: Session, report_id: str, *, by: Author) -> Incident:
    """A report tells of something else than the others of its incident: it founds its own.

    The server gives it the words of the report, without whoever wrote them.

    :raises Refused: ``role_not_allowed``, ``report_alone``
    """
    check_insert(role_of(session, by), "incident")
    report = session.get_one(Report, report_id)
    left = report.incident_id or ""
    beside = select(Report.id).where(Report.incident_id == left, Report.id != report_id)
    if session.scalars(beside.limit(1)).first() is None:
        raise Refused("report_alone")
    incident = Incident(
        id=by.new_id(),
        service_id=report.service_id,
        status=IncidentStatus.RECEIVED,
        priority=session.get_one(Service, report.service_id).priority,
        place=report.place,
        longitude=report.longitude,
        latitude=report.latitude,
        opened_at=report.reported_at,
    )
    with recorded(session, by=by):
        session.add(incident)
        _attach(report, incident.id, by)
        _say(session, [(report_id, left)], Verdict.OTHER, by)
    return incident


def decide(
    session: Session,
    pairs: Iterable[tuple[str, str]],
    verdict: Verdict,
    *,
    by: Author,
    score: float | None = None,
) -> None:
    """A person's word on (report, incident): nobody is asked again, and weights learn from it.

    :raises Refused: ``role_not_allowed``
    """
    check_insert(role_of(session, by), "grouping_decision")
    with recorded(session, by=by):
        _say(session, pairs, verdict, by, score)


def route(
    session: Session, incident_id: str, *, crew_id: str | None, priority: int, by: Author
) -> None:
    """Who takes it on, and how urgent it is; no rule undoes it.

    :raises Refused: ``role_not_allowed``
    """
    check_edit(role_of(session, by), "incident", frozenset({"crew_id", "priority"}))
    incident = session.get_one(Incident, incident_id)
    with recorded(session, by=by):
        incident.crew_id, incident.priority = crew_id, priority


def promise(
    session: Session, incident_id: str, *, fix_by: datetime | None, reason: str | None, by: Author
) -> None:
    """Until when it is to be fixed, and why then; no rule undoes it.

    :raises Refused: ``role_not_allowed``
    """
    check_edit(role_of(session, by), "incident", frozenset({"fix_by", "promise_reason"}))
    incident = session.get_one(Incident, incident_id)
    with recorded(session, by=by):
        incident.fix_by, incident.promise_reason = fix_by, reason


def suspend(session: Session, incident_id: str, reason: str, *, by: Author) -> None:
    """The promise stands still until somebody else has done their part.

    :raises Refused: ``role_not_allowed``, ``suspend_reason_required``
    """
    check_edit(role_of(session, by), "incident", frozenset({"suspended_at"}))
    if not reason.strip():
        raise Refused("suspend_reason_required")
    incident = session.get_one(Incident, incident_id)
    with recorded(session, by=by):
        incident.suspended_at, incident.suspended_by = by.now, by.person_id
        incident.suspend_reason = reason.strip()


def resume(session: Session, incident_id: str, *, by: Author) -> None:
    """The promise goes on; the server puts it off by as long as it stood still.

    :raises Refused: ``role_not_allowed``
    """
    check_edit(role_of(session, by), "incident", frozenset({"suspended_at"}))
    incident = session.get_one(Incident, incident_id)
    with recorded(session, by=by):
        incident.suspended_at, incident.suspended_by = None, by.person_id
        incident.suspend_reason = None


def answer(
    session: Session,
    incident_id: str,
    status: IncidentStatus,
    *,
    by: Author,
    words_fr: str = "",
    words_en: str = "",
) -> None:
    """Move an incident on by hand, with what citizens are told.

    :raises Refused: ``role_not_allowed``, ``illegal_incident_move``, ``answer_required``
    """
    incident = session.get_one(Incident, incident_id)
    told = {"answer_fr": words_fr.strip() or None, "answer_en": words_en.strip() or None}
    check_edit(role_of(session, by), "incident", frozenset({"status", *told}))
    with recorded(session, by=by):
        _move(incident, status, **told)


def prepare_answer(
    session: Session, incident_id: str, words_fr: str, words_en: str, *, by: Author
) -> None:
    """What whoever reported is told beside the status, once the order is done.

    :raises Refused: ``role_not_allowed``
    """
    check_edit(role_of(session, by), "incident", frozenset({"answer_fr", "answer_en"}))
    incident = session.get_one(Incident, incident_id)
    with recorded(session, by=by):
        incident.answer_fr = words_fr.strip() or None
        incident.answer_en = words_en.strip() or None


def not_fixed(session: Session, incident_id: str, words: str, *, by: Author) -> None:
    """Somebody told by telephone that it is not fixed: the server opens it again.

    :raises Refused: ``role_not_allowed``
    """
    check_insert(role_of(session, by), "incident_update")
    with recorded(session, by=by):
        session.add(
            IncidentUpdate(
                id=by.new_id(),
                incident_id=incident_id,
                kind=UpdateKind.NOT_FIXED,
                words_fr=words.strip() or None,
                source=ReportSource.PHONE,
                person_id=by.person_id,
                made_at=by.now,
            )
        )


def _attach(report: Report, incident_id: str, by: Author) -> None:
    report.incident_id, report.attached_by = incident_id, by.person_id


def _say(
    session: Session,
    pairs: Iterable[tuple[str, str]],
    verdict: Verdict,
    by: Author,
    score: float | None = None,
) -> None:
    for report_id, incident_id in pairs:
        session.add(
            GroupingDecision(
                id=by.new_id(),
                report_id=report_id,
                incident_id=incident_id,
                verdict=verdict,
                score=score,
                person_id=by.person_id,
                decided_at=by.now,
            )
        )


def _move(incident: Incident, status: IncidentStatus, **more: str | None) -> None:
    before = columns_of(incident)
    check_by_hand(before, {**before, "status": status, **more})
    incident.status = status
    for name, value in more.items():
        setattr(incident, name, value)
