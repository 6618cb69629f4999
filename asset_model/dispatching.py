"""What a foreman plans with: notes between shifts, telephones, tablets' standing."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from asset_model.base import Base, Synced

SERVER_WINS = {"merge": "server_wins"}


class Shift(StrEnum):
    DAY = "day"
    EVENING = "evening"
    NIGHT = "night"


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
