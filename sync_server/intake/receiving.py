"""Taking a report in, from wherever it comes: once, whole, in one transaction.

The report goes through the same door as every change (`sync_server/desk.py`), and what follows
from it (its incident, an order) is worked out there. Who sent it stays beside, on the server.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.incidents import Report
from asset_model.sync.wire import Change, Columns
from sync_server import desk
from sync_server.intake import pictures, sendings
from sync_server.intake.contacts import Contact, keep_contact
from sync_server.intake.pictures import Picture
from sync_server.intake.sendings import Claim
from sync_server.intake.tables import ReportLink

SECRET_BYTES = 24


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What arrived. `mark` is what a repeat of it would have too, and for how long."""

    service_id: str
    source: str
    reported_at: datetime
    mark: str = ""
    twin_within: timedelta = sendings.TWIN_WITHIN
    row_id: str | None = None
    """The id to be kept under, where the source numbers its reports for good."""
    source_name: str | None = None
    external_id: str | None = None
    incident_id: str | None = None
    person_id: str | None = None
    """The agent who takes it down; who says of which incident it is, is `attached_by`."""
    attached_by: str | None = None
    follows: bool = False
    language: str = "fr"
    description: str | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    place: str | None = None
    address_id: str | None = None
    zipcode: str | None = None
    longitude: float | None = None
    latitude: float | None = None
    media_urls: Sequence[str] = ()
    photos: Sequence[Picture] = ()
    contact: Contact | None = None


@dataclass(frozen=True)
class Received:
    """`again`: it had come before, and this is what was made of it then."""

    report: Report
    secret: str
    again: bool


def receive(session: Session, sent: Sent, *, now: datetime, new_id: Callable[[], str]) -> Received:
    """Keep it, its pictures' files being in the depot already.

    :raises ValueError: naming what the desk of 311 refuses
    """
    (received,) = receive_all(session, [sent], now=now, new_id=new_id)
    return received


def receive_all(
    session: Session, several: Sequence[Sent], *, now: datetime, new_id: Callable[[], str]
) -> list[Received]:
    """Keep them, in this order and with one write: a burst costs less each than one by one.

    Each knows of the ones before it, as of everything that came earlier.

    :raises ValueError: where one of them is refused; none is kept then
    """
    asked = [sent.row_id or new_id() for sent in several]
    stand = _stand(session, several, asked, now)
    rows = [before or row for before, row in zip(stand, asked, strict=True)]
    fresh = {
        row: _changes(session, sent, row, now, new_id)
        for sent, row, before in zip(several, rows, stand, strict=True)
        if before is None
    }
    desk.write_together(session, fresh.values(), now=now, new_id=new_id)
    session.add_all(ReportLink(report_id=row, secret=_new_secret()) for row in fresh)
    of_report = ReportLink.report_id == Report.id
    query = select(Report, ReportLink.secret).outerjoin(ReportLink, of_report)
    found = session.execute(query.where(Report.id.in_(rows)))
    kept = {report.id: (report, secret) for report, secret in found}
    new = set(fresh)
    told = []
    for row in rows:
        report, secret = kept[row]
        told.append(Received(report, secret or secret_of(session, row), again=row not in new))
        new.discard(row)
    return told


def _stand(
    session: Session, several: Sequence[Sent], rows: Sequence[str], now: datetime
) -> list[str | None]:
    """Of each, the row that was made of the same sending when it first came."""
    pairs = [*zip(several, rows, strict=True)]
    claims = [Claim(sent.mark, row, sent.twin_within) for sent, row in pairs if not sent.row_id]
    marked = iter(sendings.take_all(session, claims, now=now))
    return [_numbered(session, row) if sent.row_id else next(marked) for sent, row in pairs]


def _numbered(session: Session, row: str) -> str | None:
    """Of what its source numbers: the row, where it is here."""
    return row if session.get(Report, row) is not None else None


def _changes(
    session: Session, sent: Sent, row: str, now: datetime, new_id: Callable[[], str]
) -> list[Change]:
    changes = [desk.inserted_columns("report", row, _columns(sent), new_id=new_id)]
    for rank, picture in enumerate(sent.photos):
        pictures.note(session, picture, now=now)
        photo = _photo(picture, row, rank, sent.reported_at)
        changes.append(desk.inserted_columns("report_photo", new_id(), photo, new_id=new_id))
    if sent.contact is not None:
        keep_contact(session, row, sent.contact, now=now)
    return changes


def known_secret(session: Session, report: str) -> str | None:
    """What the address of the report's page ends with, where it was asked for before."""
    link = session.get(ReportLink, report)
    return None if link is None else link.secret


def secret_of(session: Session, report: str) -> str:
    """The same; made when it is first asked for."""
    known = known_secret(session, report)
    if known is not None:
        return known
    link = ReportLink(report_id=report, secret=_new_secret())
    session.add(link)
    session.flush()
    return link.secret


def _new_secret() -> str:
    return secrets.token_urlsafe(SECRET_BYTES)


def report_at(session: Session, secret: str) -> Report | None:
    query = select(Report).join(ReportLink, ReportLink.report_id == Report.id)
    return session.scalars(query.where(ReportLink.secret == secret)).one_or_none()


_SAME = (
    *("service_id", "source", "source_name", "external_id", "incident_id", "follows", "language"),
    *("person_id", "attached_by"),
    *("description", "place", "address_id", "zipcode", "longitude", "latitude"),
)


def _columns(sent: Sent) -> Columns:
    return {
        **{name: getattr(sent, name) for name in _SAME},
        "answers": dict(sent.answers),
        "media_urls": list(sent.media_urls),
        "reported_at": instant(sent.reported_at),
    }


def _photo(picture: Picture, report: str, rank: int, at: datetime) -> Columns:
    return {
        "report_id": report,
        "rank": rank,
        "sha256": picture.sha256,
        "byte_size": len(picture.content),
        "media_type": "image/jpeg",
        "width": picture.width,
        "height": picture.height,
        "thumbnail_sha256": picture.thumbnail_sha256,
        "thumbnail_size": len(picture.thumbnail),
        "taken_at": instant(at),
    }
