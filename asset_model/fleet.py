"""The circle check (ronde de sécurité): lists, reports, defects, and who may sign for a unit.

All but lists, figures and designations are signed facts: only ever added, so they never conflict.
Whether a unit may go is worked out from them (`asset_model/readiness.py`) and stored nowhere.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from asset_model.base import Base, Synced

SERVER_WINS = {"merge": "server_wins"}
SERVERS = {"server": True}
EARLIEST = {"merge": "earliest"}


class LegalRule(Synced, Base):
    """A figure of law or policy, from a day on: `value` by name, as ``{"hours": 24}``.

    `confirmed`: somebody has read it in its official source. What was not says so on every screen.
    """

    __tablename__ = "legal_rule"

    code: Mapped[str] = mapped_column(index=True)
    effective_on: Mapped[date]
    value: Mapped[dict[str, Any]]
    label_fr: Mapped[str] = mapped_column(info=SERVER_WINS)
    label_en: Mapped[str] = mapped_column(info=SERVER_WINS)
    source: Mapped[str | None] = mapped_column(info=SERVER_WINS)
    confirmed: Mapped[bool] = mapped_column(default=False, info=SERVER_WINS)
    note: Mapped[str | None] = mapped_column(info=SERVER_WINS)


class InspectionForm(Synced, Base):
    """One edition of a list of what a circle check looks at, in its order. Never rewritten.

    `part`: a legal list, or the operator's own section after it. `vehicle_kinds` is what it is
    for; empty: every kind. `items`: ``{"code", "label_fr", "label_en", "mounted", "minor",
    "major"}``, the last two being lists of ``{"code", "label_fr", "label_en", "confirmed"}``, and
    `mounted` the attachments without which the item is not asked.
    """

    __tablename__ = "inspection_form"

    code: Mapped[str] = mapped_column(index=True)
    edition: Mapped[int]
    part: Mapped[str]
    title_fr: Mapped[str]
    title_en: Mapped[str]
    vehicle_kinds: Mapped[list[Any]] = mapped_column(default=list)
    items: Mapped[list[Any]]
    effective_on: Mapped[date]
    retired_on: Mapped[date | None] = mapped_column(info=SERVER_WINS)
    source: Mapped[str | None] = mapped_column(info=SERVER_WINS)
    confirmed: Mapped[bool] = mapped_column(default=False, info=SERVER_WINS)


class Designation(Synced, Base):
    """Whom the operator has named for a task beside their role: checking units, or certifying."""

    __tablename__ = "designation"

    holder_id: Mapped[str] = mapped_column(String(36), index=True)
    task: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date | None] = mapped_column(info=SERVER_WINS)
    named_by: Mapped[str | None] = mapped_column(String(36))


class Signed(Synced):
    """A fact about a unit that somebody signs: with their PIN, or by writing their name."""

    asset_id: Mapped[str] = mapped_column(String(36), index=True)
    person_id: Mapped[str] = mapped_column(String(36))
    signed_name: Mapped[str]
    """As it is read on paper."""
    signed_with: Mapped[str]
    """pin, or name."""
    signed_at: Mapped[datetime]
    received_at: Mapped[datetime | None] = mapped_column(info=SERVERS)


class Inspection(Signed, Base):
    """The report of one circle check: the nine fields of section 197.0.3 of the regulation.

    `unit_name`, `plate` (1), `operator` (2), `started_at` and `ended_at` (3), `place` (4), its
    defects and the answers (5), the signature (6), countersignatures (7), `signed_name` (8),
    `odometer_km` (9). `answers`: ok, minor, major or na, by the item's code. `carried` are ids of
    defects that were known before and seen again: their delay goes on.
    """

    __tablename__ = "inspection"
    __table_args__ = (Index("ix_inspection_asset_id_ended_at", "asset_id", "ended_at"),)

    form_id: Mapped[str] = mapped_column(String(36))
    own_form_id: Mapped[str | None] = mapped_column(String(36))
    made_as: Mapped[str]
    """driver, or designated."""
    unit_name: Mapped[str]
    plate: Mapped[str | None]
    operator: Mapped[str]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    place: Mapped[str]
    answers: Mapped[dict[str, Any]]
    carried: Mapped[list[Any]] = mapped_column(default=list)
    odometer_km: Mapped[float | None]
    note: Mapped[str | None]


class Countersignature(Signed, Base):
    """A driver takes cognizance of a check that somebody else made, or refuses to drive on it."""

    __tablename__ = "countersignature"

    inspection_id: Mapped[str] = mapped_column(String(36), index=True)
    result: Mapped[str]
    """acknowledged, or refused."""
    word: Mapped[str | None]


class Defect(Synced, Base):
    """Something wrong with a unit. It is open until a certificate names it.

    Labels are those of the list at the time. A minor one must be repaired by `due_at`; a major one
    takes the unit out of service when it is found. The server makes its repair order, once.
    """

    __tablename__ = "defect"

    asset_id: Mapped[str] = mapped_column(String(36), index=True)
    person_id: Mapped[str] = mapped_column(String(36))
    inspection_id: Mapped[str | None] = mapped_column(String(36), index=True)
    item_code: Mapped[str | None]
    defect_code: Mapped[str | None]
    severity: Mapped[str]
    label_fr: Mapped[str]
    label_en: Mapped[str]
    note: Mapped[str | None]
    found_at: Mapped[datetime]
    found_during: Mapped[str]
    """check, trip, or shop."""
    due_at: Mapped[datetime | None]
    due_rule: Mapped[str | None]
    """The figure that set the delay: its code and the day from which it holds."""
    repair_order_id: Mapped[str | None] = mapped_column(String(36), index=True, info=SERVERS)
    received_at: Mapped[datetime | None] = mapped_column(info=SERVERS)


class RepairCertificate(Signed, Base):
    """A mechanic certifies that a defect was repaired, or needs no repair: the unit may return."""

    __tablename__ = "repair_certificate"

    defect_id: Mapped[str] = mapped_column(String(36), index=True)
    result: Mapped[str]
    """repaired, or no_repair_needed."""
    word: Mapped[str | None]


class ServiceException(Signed, Base):
    """Somebody lets a unit go that may not, and says why. The fleet manager sees each one.

    `reasons` are the codes it sets aside, `covers` the defects that were open when it was signed:
    one found later blocks the unit again. `order_id` names no parent: the exception goes with its
    unit.
    """

    __tablename__ = "service_exception"

    reasons: Mapped[list[Any]]
    covers: Mapped[list[Any]] = mapped_column(default=list)
    word: Mapped[str]
    until: Mapped[datetime]
    order_id: Mapped[str | None] = mapped_column(String(36))
    seen_at: Mapped[datetime | None] = mapped_column(info=EARLIEST)
    seen_by: Mapped[str | None] = mapped_column(String(36), info=SERVER_WINS)


class UnitAssignment(Synced, Base):
    """A unit is to be used for an order, until it is released."""

    __tablename__ = "unit_assignment"

    work_order_id: Mapped[str] = mapped_column(String(36), index=True)
    asset_id: Mapped[str] = mapped_column(String(36), index=True)
    person_id: Mapped[str] = mapped_column(String(36))
    assigned_at: Mapped[datetime]
    released_at: Mapped[datetime | None] = mapped_column(info=EARLIEST)
    released_by: Mapped[str | None] = mapped_column(String(36), info=SERVER_WINS)
