"""What a foreman plans with: job templates, notes between shifts, telephones, tablets' standing."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from asset_model.base import Base, Synced
from asset_model.errors import Refused
from asset_model.vocabulary import WorkOrderKind

SERVER_WINS = {"merge": "server_wins"}

CHILDREN_MAX = 30


class Shift(StrEnum):
    DAY = "day"
    EVENING = "evening"
    NIGHT = "night"


class JobTemplate(Synced, Base):
    """A job as it is usually done. `steps` are lines of the checklist; `children` the jobs it is
    made of: ``{"code", "title_fr", "title_en", "steps", "estimated_hours", "after"}``, `after`
    naming the codes of those that must be done before.
    """

    __tablename__ = "job_template"

    code: Mapped[str] = mapped_column(index=True, info=SERVER_WINS)
    title_fr: Mapped[str] = mapped_column(info=SERVER_WINS)
    title_en: Mapped[str] = mapped_column(info=SERVER_WINS)
    kind: Mapped[str] = mapped_column(default=WorkOrderKind.CORRECTIVE, info=SERVER_WINS)
    priority: Mapped[int] = mapped_column(default=3, info=SERVER_WINS)
    estimated_hours: Mapped[float | None] = mapped_column(info=SERVER_WINS)
    safety_fr: Mapped[str | None] = mapped_column(info=SERVER_WINS)
    safety_en: Mapped[str | None] = mapped_column(info=SERVER_WINS)
    steps: Mapped[list[Any]] = mapped_column(default=list, info=SERVER_WINS)
    children: Mapped[list[Any]] = mapped_column(default=list, info=SERVER_WINS)
    active: Mapped[bool] = mapped_column(default=True, info=SERVER_WINS)


class HandoverNote(Synced, Base):
    """What a shift tells the one that comes: of a crew, a district, or the whole town."""

    __tablename__ = "handover_note"
    __table_args__ = (Index("ix_handover_note_shift_on", "shift_on"),)

    crew_id: Mapped[str | None] = mapped_column(String(36))
    district_id: Mapped[str | None] = mapped_column(String(36))
    shift_on: Mapped[date]
    """The day on which the shift that is to read it begins."""
    shift: Mapped[str]
    text: Mapped[str]
    order_ids: Mapped[list[Any]] = mapped_column(default=list)
    """Orders pinned to it."""
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(36))


class NoteRead(Synced, Base):
    """Somebody has read a note. A fact."""

    __tablename__ = "note_read"

    note_id: Mapped[str] = mapped_column(String(36), index=True)
    person_id: Mapped[str] = mapped_column(String(36))
    read_at: Mapped[datetime]


class Contact(Synced, Base):
    """How to reach an employee by telephone. The office's alone: tablets lie about."""

    __tablename__ = "contact"

    employee_id: Mapped[str] = mapped_column(String(36), index=True)
    phone: Mapped[str] = mapped_column(info=SERVER_WINS)
    note: Mapped[str | None] = mapped_column(info=SERVER_WINS)


class TabletStanding(Synced, Base):
    """How far a tablet has read, as it told the server itself. Only the server writes it.

    A row whose `version` is not above `read_to` is on the tablet. `silent_since` is when it was
    last heard of, once that is long ago; None: it exchanges as usual.
    """

    __tablename__ = "tablet_standing"

    code: Mapped[str]
    crew_id: Mapped[str | None] = mapped_column(String(36), index=True)
    district_id: Mapped[str | None] = mapped_column(String(36))
    read_to: Mapped[int] = mapped_column(default=0)
    read_at: Mapped[datetime | None]
    silent_since: Mapped[datetime | None]


def check_children(children: Any) -> None:
    """A template's jobs: each with its names, after none but those before it.

    :raises Refused: ``bad_value``
    """
    known: set[str] = set()
    if not isinstance(children, list) or len(children) > CHILDREN_MAX:
        raise Refused("bad_value", field="children", value="…", why=f"≤ {CHILDREN_MAX}")
    for child in children:
        if not _is_child(child, known):
            raise Refused("bad_value", field="children", value=str(child)[:80], why="code, after")
        known.add(child["code"])


def _is_child(child: Any, before: set[str]) -> bool:
    if not isinstance(child, dict):
        return False
    named = all(isinstance(child.get(key), str) for key in ("code", "title_fr", "title_en"))
    after, steps = child.get("after", []), child.get("steps", [])
    listed = isinstance(after, list) and isinstance(steps, list)
    return named and listed and child["code"] not in before and before.issuperset(after)
