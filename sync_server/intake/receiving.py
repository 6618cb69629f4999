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

    :raises Refused: what the desk of 311 refuses
    """
    row = sent.row_id or new_id()
    before = _before(session, sent, row, now)
    if before is not None:
        return Received(before, secret_of(session, before.id), again=True)
    changes = [_change("report", row, _columns(sent), new_id)]
    for rank, picture in enumerate(sent.photos):
        pictures.note(session, picture, now=now)
        photo = _photo(picture, row, rank, sent.reported_at)
        changes.append(_change("report_photo", new_id(), photo, new_id))
    if sent.contact is not None:
        keep_contact(session, row, sent.contact, now=now)
    desk.write(session, changes, now=now, new_id=new_id)
    return Received(session.get_one(Report, row), secret_of(session, row), again=False)


def _before(session: Session, sent: Sent, row: str, now: datetime) -> Report | None:
    """What was made of the same sending when it first came."""
    if sent.row_id is not None:
        return session.get(Report, row)
    stands = sendings.take(session, sent.mark, row, within=sent.twin_within, now=now)
    return None if stands is None else session.get_one(Report, stands)


def secret_of(session: Session, report: str) -> str:
    """What the address of the report's page ends with; made when it is first asked for."""
    link = session.get(ReportLink, report)
    if link is None:
        link = ReportLink(report_id=report, secret=secrets.token_urlsafe(SECRET_BYTES))
        session.add(link)
        session.flush()
    return link.secret


def report_at(session: Session, secret: str) -> Report | None:
    query = select(Report).join(ReportLink, ReportLink.report_id == Report.id)
    return session.scalars(query.where(ReportLink.secret == secret)).one_or_none()


def _change(table: str, row: str, after: Columns, new_id: Callable[[], str]) -> Change:
    given = {name: value for name, value in after.items() if value is not None}
    return Change(id=new_id(), table=table, row=row, op="insert", after=given)


_SAME = (
    *("service_id", "source", "source_name", "external_id", "incident_id", "follows", "language"),
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
