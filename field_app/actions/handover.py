"""Notes between shifts: writing one for those who come, and saying that one has read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from asset_model.dispatching import HandoverNote, NoteRead, Shift
from asset_model.errors import Refused
from asset_model.ids import Author
from asset_model.roles import check_insert
from field_app.actions.acting import role_of
from field_app.store.edits import recorded

TEXT_LENGTH_MAX = 2_000


@dataclass(frozen=True)
class NewNote:
    """`crew_id`: whose note it is; None: everybody's. `order_ids`: orders pinned to it."""

    text: str
    crew_id: str | None
    shift_on: date
    shift: Shift
    order_ids: Sequence[str] = ()


def write(session: Session, new: NewNote, *, by: Author) -> HandoverNote:
    """:raises Refused: ``role_not_allowed``, ``bad_value``"""
    check_insert(role_of(session, by), "handover_note")
    if not new.text.strip() or len(new.text) > TEXT_LENGTH_MAX:
        raise Refused("bad_value", field="text", value=new.text[:20], why=f"1–{TEXT_LENGTH_MAX}")
    note = HandoverNote(
        id=by.new_id(),
        crew_id=new.crew_id,
        shift_on=new.shift_on,
        shift=new.shift,
        text=new.text.strip(),
        order_ids=list(new.order_ids),
        created_at=by.now,
        created_by=by.person_id,
    )
    with recorded(session, by=by):
        session.add(note)
    return note


def mark_read(session: Session, note_id: str, *, by: Author) -> None:
    """:raises Refused: ``role_not_allowed``"""
    check_insert(role_of(session, by), "note_read")
    with recorded(session, by=by):
        session.add(
            NoteRead(id=by.new_id(), note_id=note_id, person_id=by.person_id, read_at=by.now)
        )
