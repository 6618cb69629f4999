"""Notes between shifts: those a person has still to read, and the last ones with their readers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from asset_model.dispatching import HandoverNote, NoteRead
from asset_model.people import Crew, Person
from asset_model.vocabulary import OPEN_STATUSES
from asset_model.work_orders import WorkOrder

NOTES_MAX, PINNED_MAX = 30, 8
SHOWN_FOR = timedelta(days=2)
"""A note of days ago is looked up; it does not stop who signs in."""


@dataclass(frozen=True)
class NotePage:
    note: HandoverNote
    author: str
    crew: str | None
    readers: tuple[str, ...]
    pinned: tuple[WorkOrder, ...]


def unread(
    session: Session, person_id: str, crew_id: str | None, *, now: datetime, zone: ZoneInfo
) -> tuple[NotePage, ...]:
    """Notes for this person's crew, or for all, that are of these days and that they have neither
    written nor read; the oldest first.
    """
    today = now.astimezone(zone).date()
    mine: ColumnElement[bool] = HandoverNote.crew_id.is_(None)
    if crew_id is not None:
        mine = or_(mine, HandoverNote.crew_id == crew_id)
    read = select(NoteRead.note_id).where(NoteRead.person_id == person_id)
    return _pages(
        session,
        [
            mine,
            HandoverNote.shift_on >= today - SHOWN_FOR,
            HandoverNote.shift_on <= today,
            HandoverNote.created_by != person_id,
            HandoverNote.id.not_in(read),
        ],
        newest_first=False,
    )


def notes(session: Session) -> tuple[NotePage, ...]:
    return _pages(session, [], newest_first=True)


def orders_to_pin(session: Session, crew_id: str | None) -> Sequence[WorkOrder]:
    """What a note may point to: the crew's open orders, the gravest first."""
    query = select(WorkOrder).where(WorkOrder.status.in_(OPEN_STATUSES))
    if crew_id is not None:
        query = query.where(WorkOrder.crew_id == crew_id)
    return session.scalars(query.order_by(WorkOrder.priority, WorkOrder.due_at).limit(8)).all()


def _pages(
    session: Session, conditions: Sequence[ColumnElement[bool]], *, newest_first: bool
) -> tuple[NotePage, ...]:
    order = HandoverNote.created_at.desc() if newest_first else HandoverNote.created_at
    query = select(HandoverNote).where(*conditions).order_by(order).limit(NOTES_MAX)
    return tuple(_page(session, note) for note in session.scalars(query).all())


def _page(session: Session, note: HandoverNote) -> NotePage:
    author = session.get(Person, note.created_by)
    crew = session.get(Crew, note.crew_id) if note.crew_id else None
    readers = (
        select(Person.name)
        .join(NoteRead, NoteRead.person_id == Person.id)
        .where(NoteRead.note_id == note.id)
        .order_by(NoteRead.read_at)
    )
    pinned = select(WorkOrder).where(WorkOrder.id.in_(note.order_ids[:PINNED_MAX]))
    return NotePage(
        note=note,
        author=author.name if author else "",
        crew=crew.name if crew else None,
        readers=tuple(dict.fromkeys(session.scalars(readers))),
        pinned=tuple(session.scalars(pinned.order_by(WorkOrder.priority))),
    )
