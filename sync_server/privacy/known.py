"""All that is known of one person: what they sent, what became of it, and who looked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.catalogue import Service
from asset_model.incident_words import status_sentence
from asset_model.incidents import Incident, IncidentUpdate, Report, ReportPhoto
from asset_model.people import Person
from maintenance.due import TORONTO
from sync_server.intake.contacts import Contact, contacts_of
from sync_server.intake.tables import ContactReading
from sync_server.notices.tables import Channel, Notice

Document = dict[str, Any]
_SAID = (
    *("number", "source", "source_name", "external_id", "language", "description", "answers"),
    *("place", "address_id", "zipcode", "longitude", "latitude", "media_urls", "follows", "rating"),
)


def known_of(session: Session, reports: Sequence[Report], *, language: str) -> list[Document]:
    """One document for each report."""
    contacts = {each.report_id: each for each in contacts_of(session, [r.id for r in reports])}
    return [
        {
            **_said(session, report, language),
            "contact": _contact(contacts.get(report.id)),
            "pictures": [_picture(each, report) for each in _photos(session, report)],
            "told": _told(session, report, language),
            "letters": _letters(session, report),
            "looked_at": _looked_at(session, report),
        }
        for report in reports
    ]


def picture_name(report: Report, photo: ReportPhoto) -> str:
    return f"photos/{report.number}-{photo.rank + 1}.jpg"


def _said(session: Session, report: Report, language: str) -> Document:
    service = session.get_one(Service, report.service_id)
    incident = session.get(Incident, report.incident_id)
    said: Document = {name: getattr(report, name) for name in _SAID}
    return {
        **said,
        "service": getattr(service, f"name_{language}"),
        "reported_at": _at(report.reported_at),
        "received_at": _at(report.received_at),
        "incident": incident.number if incident else None,
        "status": status_sentence(incident.status, language) if incident else None,
    }


def _contact(kept: Any) -> Document | None:
    if kept is None:
        return None
    return {name: getattr(kept, name) for name in Contact.__dataclass_fields__} | {
        "kept_at": _at(kept.kept_at)
    }


def _photos(session: Session, report: Report) -> Sequence[ReportPhoto]:
    query = select(ReportPhoto).where(ReportPhoto.report_id == report.id)
    return session.scalars(query.order_by(ReportPhoto.rank, ReportPhoto.id)).all()


def _picture(photo: ReportPhoto, report: Report) -> Document:
    return {"file": picture_name(report, photo), "sha256": photo.sha256}


def _told(session: Session, report: Report, language: str) -> list[Document]:
    """What the town told of its incident, and what this sender answered; nobody else's words."""
    query = select(IncidentUpdate).where(
        IncidentUpdate.incident_id == report.incident_id,
        (IncidentUpdate.report_id == report.id) | IncidentUpdate.report_id.is_(None),
    )
    return [
        {
            "at": _at(each.made_at),
            "kind": each.kind,
            "by_sender": each.report_id == report.id,
            "status": status_sentence(each.status, language) if each.status else None,
            "words": getattr(each, f"words_{language}") or each.words_fr or each.words_en,
        }
        for each in session.scalars(query.order_by(IncidentUpdate.made_at, IncidentUpdate.id))
    ]


def _letters(session: Session, report: Report) -> list[Document]:
    """What was written to them, and what became of it; which words is told by `kind`."""
    query = select(Notice).where(Notice.channel == Channel.EMAIL, Notice.report_id == report.id)
    return [
        {
            "at": _at(each.ended_at or each.made_at),
            "kind": each.kind,
            "language": each.language,
            "state": each.state,
        }
        for each in session.scalars(query.order_by(Notice.made_at, Notice.id))
    ]


def _looked_at(session: Session, report: Report) -> list[Document]:
    query = (
        select(ContactReading, Person.name)
        .outerjoin(Person, Person.id == ContactReading.person_id)
        .where(ContactReading.report_id == report.id)
        .order_by(ContactReading.id)
    )
    return [
        {"at": _at(each.done_at), "who": name, "role": each.role, "act": each.act, "why": each.why}
        for each, name in session.execute(query)
    ]


def _at(moment: datetime | None) -> str | None:
    """In the town's hours."""
    return moment.astimezone(TORONTO).isoformat(timespec="seconds") if moment else None
