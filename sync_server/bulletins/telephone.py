"""A report taken on the telephone: what would become of it, taken in, and taken back."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asset_model.attributes import problems
from asset_model.base import instant
from asset_model.catalogue import Service
from asset_model.codec import columns_of
from asset_model.errors import Refused
from asset_model.ids import NewId
from asset_model.incident_moves import BY_HAND
from asset_model.incident_vocabulary import IncidentStatus, ReportSource, Verdict
from asset_model.incidents import Incident, Report
from asset_model.people import Crew
from asset_model.sync.wire import Change
from asset_model.vocabulary import OPEN_STATUSES
from asset_model.vocabulary import WorkOrderStatus as S
from asset_model.work_orders import WorkOrder
from sync_server import desk
from sync_server.bulletins.asking import Asking
from sync_server.intake.contacts import NEWS_BY, contact_of, log
from sync_server.intake.desk import WORDS_MAX
from sync_server.intake.receiving import Sent, receive
from sync_server.intake.tables import ReportContact, ReportLink

TAKEN_BACK_WITHIN = timedelta(minutes=15)
APART_MAX = 10
KNOWN = "id, service, language, words, place, …, answers, incident, apart, contact"
BY_MISTAKE = ("Saisi par erreur au téléphone.", "Taken down by mistake on the telephone.")


def look(asking: Asking, said: Mapping[str, Any], new_id: NewId) -> dict[str, Any]:
    """What would become of it, as far as it is told; whoever asks undoes it.

    :raises Refused: as `take` does
    """
    return _taken(asking, said, new_id, whole=False)


def take(asking: Asking, said: Mapping[str, Any], new_id: NewId) -> dict[str, Any]:
    """The report, once: that of an id that was heard before is told again.

    :raises Refused: ``bad_value``, ``service_unknown``, ``place_incomplete``, and what the desk
        of 311 refuses
    """
    return _taken(asking, said, new_id, whole=True)


def _taken(
    asking: Asking, said: Mapping[str, Any], new_id: NewId, *, whole: bool
) -> dict[str, Any]:
    session, id = asking.session, _text(said, "id", 36)
    if not id:
        raise _unusable("id")
    service = session.get(Service, _text(said, "service", 36) or "")
    if service is None:
        raise Refused("service_unknown", service=_text(said, "service", 36) or "")
    chosen, apart = _text(said, "incident", 36), _apart(said)
    own = new_id() if apart and not chosen else None
    sent = _sent(asking, said, service, id, chosen or own)
    if whole:
        _check_answers(sent, service)
    if own is not None and session.get(Report, id) is None:
        changes = [_founded(own, sent, service, new_id)]
        desk.write(session, changes, now=asking.now, new_id=new_id, person_id=asking.person.id)
    received = receive(session, sent, now=asking.now, new_id=new_id)
    if not received.again:
        said_so = list(_decisions(asking, id, chosen, apart, new_id))
        desk.write(session, said_so, now=asking.now, new_id=new_id, person_id=asking.person.id)
    session.expire_all()
    return told(session, session.get_one(Report, received.report.id))


def told(session: Session, report: Report) -> dict[str, Any]:
    """What the agent reads out: the number, and what was promised by which rule."""
    incident = session.get_one(Incident, report.incident_id)
    crew = session.get(Crew, incident.crew_id or "")
    order = session.get(WorkOrder, incident.order_id or "")
    return {
        "report": report.id,
        "number": report.number,
        "incident": incident.id,
        "incident_number": incident.number,
        "reports": incident.reports_count,
        "status": incident.status,
        "returned": incident.recurrence_of_id is not None,
        "crew": crew.name if crew else None,
        "priority": incident.priority,
        "because": {name: each["rule"] for name, each in incident.route.get("because", {}).items()},
        "acknowledge_by": _moment(incident.acknowledge_by),
        "fix_by": _moment(incident.promised_by),
        "suspended": incident.suspend_reason if incident.suspended_at else None,
        "promise": incident.promise_reason,
        "order": order.number if order and order.status in OPEN_STATUSES else None,
    }


def withdraw(asking: Asking, said: Mapping[str, Any], new_id: NewId) -> dict[str, Any]:
    """A report that its agent took down by mistake: forgotten who, and nobody works on it.

    :raises Refused: ``report_unknown`` where it is not theirs, or not of just now
    """
    session, id = asking.session, _text(said, "id", 36) or ""
    report = session.get(Report, id)
    received = report.received_at if report else None
    late = received is None or received < asking.now - TAKEN_BACK_WITHIN
    if report is None or report.person_id != asking.person.id or late:
        raise Refused("report_unknown", report=id)
    for kept in (session.get(ReportContact, id), session.get(ReportLink, id)):
        if kept is not None:
            session.delete(kept)
    log(session, report, asking.person, "erased", BY_MISTAKE[0], asking.now)
    for changes in _withdrawals(session, report, asking, new_id):
        desk.write(session, changes, now=asking.now, new_id=new_id, person_id=asking.person.id)
        session.expire_all()
    return {"withdrawn": report.number}


def _withdrawals(
    session: Session, report: Report, asking: Asking, new_id: NewId
) -> Iterator[list[Change]]:
    """Out of an incident that others reported too; then its own is ended, its order first."""
    beside = select(func.count()).where(Report.incident_id == report.incident_id)
    if (session.scalar(beside) or 0) > 1:
        own = new_id()
        service = session.get_one(Service, report.service_id)
        moved = {"incident_id": own, "attached_by": asking.person.id}
        before = {"incident_id": report.incident_id, "attached_by": report.attached_by}
        yield [
            _founded(own, report, service, new_id),
            desk.edited("report", report.id, before, moved, new_id=new_id),
        ]
    incident = session.get_one(Incident, report.incident_id)
    order = session.get(WorkOrder, incident.order_id or "")
    if order is not None and order.status in (S.DRAFT, S.PLANNED, S.DISPATCHED):
        ended = {"status": S.CANCELLED, "reason": BY_MISTAKE[0]}
        before = {"status": order.status, "reason": order.reason}
        yield [desk.edited("work_order", order.id, before, ended, new_id=new_id)]
    incident = session.get_one(Incident, report.incident_id)
    if IncidentStatus.NOT_RETAINED in BY_HAND[IncidentStatus(incident.status)]:
        columns = columns_of(incident)
        after = {
            "status": IncidentStatus.NOT_RETAINED,
            "answer_fr": BY_MISTAKE[0],
            "answer_en": BY_MISTAKE[1],
        }
        yield [desk.edited("incident", incident.id, columns, after, new_id=new_id)]


def _sent(
    asking: Asking, said: Mapping[str, Any], service: Service, id: str, incident: str | None
) -> Sent:
    longitude, latitude = _degrees(said, "longitude"), _degrees(said, "latitude")
    place, words = _text(said, "place", WORDS_MAX), _text(said, "words", WORDS_MAX)
    if longitude is None and place is None:
        raise Refused("place_incomplete")
    answers = said.get("answers") or {}
    if not isinstance(answers, dict):
        raise _unusable("answers")
    return Sent(
        row_id=id,
        service_id=service.id,
        source=ReportSource.PHONE,
        person_id=asking.person.id,
        attached_by=asking.person.id if incident else None,
        incident_id=incident,
        language="en" if said.get("language") == "en" else "fr",
        description=words,
        answers=answers,
        place=place,
        longitude=longitude,
        latitude=latitude,
        contact=contact_of(_contact(said)),
        reported_at=asking.now,
    )


def _check_answers(sent: Sent, service: Service) -> None:
    for wrong in problems(service.questions, sent.answers):
        raise Refused("bad_value", field="answers", value=wrong[:80], why=service.code)


def _contact(said: Mapping[str, Any]) -> dict[str, str]:
    given = said.get("contact") or {}
    if not isinstance(given, dict):
        raise _unusable("contact")
    known = {name: str(value) for name, value in given.items() if value}
    if known.get("news_by", NEWS_BY[-1]) not in NEWS_BY:
        raise _unusable("news_by")
    return known


def _founded(id: str, said: Sent | Report, service: Service, new_id: NewId) -> Change:
    """An incident that a person founds; its words, street and rules come with its report."""
    after = {
        "service_id": service.id,
        "priority": service.priority,
        "place": said.place,
        "longitude": said.longitude,
        "latitude": said.latitude,
        "opened_at": instant(said.reported_at),
    }
    given = {name: value for name, value in after.items() if value is not None}
    return Change(id=new_id(), table="incident", row=id, op="insert", after=given)


def _decisions(
    asking: Asking, report: str, chosen: str | None, apart: list[str], new_id: NewId
) -> Iterator[Change]:
    said = {"report_id": report, "person_id": asking.person.id, "decided_at": instant(asking.now)}
    pairs = [(chosen, Verdict.SAME)] if chosen else []
    for incident, verdict in [*pairs, *((each, Verdict.OTHER) for each in apart)]:
        after = {**said, "incident_id": incident, "verdict": verdict}
        yield Change(id=new_id(), table="grouping_decision", row=new_id(), op="insert", after=after)


def _apart(said: Mapping[str, Any]) -> list[str]:
    given = said.get("apart") or []
    if not isinstance(given, list) or len(given) > APART_MAX:
        raise _unusable("apart")
    return [str(each)[:36] for each in given]


def _text(said: Mapping[str, Any], name: str, most: int) -> str | None:
    value = said.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > most:
        raise _unusable(name)
    return value.strip() or None


def _degrees(said: Mapping[str, Any], name: str) -> float | None:
    value = said.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _unusable(name)
    return float(value)


def _unusable(name: str) -> Refused:
    return Refused("bad_value", field=name, value="", why=KNOWN)


def _moment(at: Any) -> str | None:
    return instant(at) if at else None
