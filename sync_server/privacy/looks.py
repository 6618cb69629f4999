"""Who looked at whose contact, when and why: the list that somebody answerable reads."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.incidents import Report
from asset_model.people import Person
from sync_server.intake.tables import ContactReading


def looks(
    session: Session, *, report: str | None, by: str | None, since: datetime | None
) -> Iterator[dict[str, Any]]:
    """Looks, exports and erasures, the oldest first. `report`: its number; `by`: name or id."""
    query = (
        select(ContactReading, Report.number, Person.name)
        .outerjoin(Report, Report.id == ContactReading.report_id)
        .outerjoin(Person, Person.id == ContactReading.person_id)
        .order_by(ContactReading.id)
    )
    if report is not None:
        query = query.where(Report.number == report)
    if by is not None:
        query = query.where((Person.name == by) | (ContactReading.person_id == by))
    if since is not None:
        query = query.where(ContactReading.done_at >= since)
    for each, number, name in session.execute(query):
        yield {
            "at": each.done_at.isoformat(),
            "report": number,
            "person": name or each.person_id,
            "role": each.role,
            "act": each.act,
            "why": each.why,
        }
