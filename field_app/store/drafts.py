"""What people are filling in, on the disk: theirs alone, until it is sent, emptied or too old."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from field_app.store.local import Draft

Entered = dict[str, Any]


def draft_of(session: Session, name: str, person_id: str, *, now: datetime) -> Draft | None:
    """What the person had entered; None, where it was nothing or is past its time."""
    draft = session.get(Draft, (name, person_id))
    past = draft is not None and draft.until is not None and draft.until <= now
    return None if past else draft


def keep_draft(
    session: Session, name: str, person_id: str, entered: Entered, *, until: datetime | None
) -> None:
    """An empty one is no draft: nothing of it stays on the disk."""
    if entered:
        session.merge(Draft(name=name, person_id=person_id, entered=entered, until=until))
    else:
        session.execute(delete(Draft).where(Draft.name == name, Draft.person_id == person_id))


_PAST = select(Draft.name).where(Draft.until.is_not(None))


def any_past(session: Session, *, now: datetime) -> bool:
    return session.scalar(_PAST.where(Draft.until <= now).limit(1)) is not None


def forget_past(session: Session, *, now: datetime) -> None:
    session.execute(delete(Draft).where(Draft.until.is_not(None), Draft.until <= now))
