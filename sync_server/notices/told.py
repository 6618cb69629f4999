"""What was told of an incident, to whom, when: for the office. Addresses are in none of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.errors import SENTENCES, sentence
from sync_server.notices.tables import Notice


@dataclass(frozen=True)
class Told:
    """`to` is the report's number, or the name of an endpoint; `code` says why it is not sent."""

    kind: str
    channel: str
    state: str
    language: str
    to: str
    at: datetime
    """When it ended; of what waits, when it is tried next."""
    code: str | None


def notices_of(session: Session, incident_id: str) -> list[Told]:
    """Every notice of an incident, the newest first."""
    query = select(Notice).where(Notice.incident_id == incident_id)
    found = session.scalars(query.order_by(Notice.made_at.desc(), Notice.id))
    return [told_of(notice) for notice in found]


def told_of(notice: Notice) -> Told:
    return Told(
        kind=notice.kind,
        channel=notice.channel,
        state=notice.state,
        language=notice.language,
        to=recipient_of(notice),
        at=notice.ended_at or notice.due_at,
        code=notice.code,
    )


def recipient_of(notice: Notice) -> str:
    """As the office may know them: the number of a report, or the name of an endpoint."""
    number = notice.facts.get("report") if notice.language else None
    return number or notice.recipient


def line_of(notice: Notice) -> str:
    """One line of a list: id, when, what, to whom, how it stands."""
    why = f"  {sentence(notice.code, 'en', {})}" if notice.code in SENTENCES else ""
    said = f"  ({notice.details['why']})" if notice.details.get("why") else ""
    at = instant(notice.ended_at or notice.due_at)[:16]
    what = f"{notice.kind:<13} {recipient_of(notice):<18} {notice.channel}"
    return f"{notice.id}  {at}  {what}  {notice.state}{why}{said}"
