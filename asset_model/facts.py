"""Facts: what was done, used and said on a work order. Only ever added, so they never conflict."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from asset_model.base import Base, Synced


class Fact(Synced):
    """What every fact has: the order it belongs to, and whose word it is."""

    work_order_id: Mapped[str] = mapped_column(String(36), index=True)
    person_id: Mapped[str] = mapped_column(String(36))


class TimeWorked(Fact, Base):
    __tablename__ = "time_worked"

    started_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    activity: Mapped[str | None]
    overtime: Mapped[bool] = mapped_column(default=False)


class MaterialUsed(Fact, Base):
    __tablename__ = "material_used"

    part_id: Mapped[str] = mapped_column(String(36))
    quantity: Mapped[float]
    used_at: Mapped[datetime]


class EquipmentUsed(Fact, Base):
    """A unit worked on an order: how long, how far, or both."""

    __tablename__ = "equipment_used"

    asset_id: Mapped[str] = mapped_column(String(36), index=True)
    hours: Mapped[float | None]
    km: Mapped[float | None]
    used_at: Mapped[datetime]


class OrderTransfer(Fact, Base):
    """Somebody handed an order over: to another person, another crew, or both."""

    __tablename__ = "order_transfer"

    to_crew_id: Mapped[str | None] = mapped_column(String(36))
    to_person_id: Mapped[str | None] = mapped_column(String(36))
    note: Mapped[str | None]
    handed_at: Mapped[datetime]


class Comment(Fact, Base):
    __tablename__ = "comment"

    text: Mapped[str]
    written_at: Mapped[datetime]


class StatusChange(Fact, Base):
    """Someone moved an order on. `received_at` is when the server learned of it."""

    __tablename__ = "status_change"

    from_status: Mapped[str | None]
    to_status: Mapped[str]
    reason: Mapped[str | None]
    changed_at: Mapped[datetime]
    received_at: Mapped[datetime | None] = mapped_column(info={"server": True})


class ContestedValue(Synced, Base):
    """A value that a merge rule set aside, until a person has decided.

    `kept` is what the row holds, `set_aside` what lost, both as JSON text. People settle it in the
    matter of its change (`asset_model/matters.py`).
    """

    __tablename__ = "contested_value"

    table: Mapped[str]
    row_id: Mapped[str] = mapped_column(String(36), index=True)
    work_order_id: Mapped[str | None] = mapped_column(String(36), index=True)
    column: Mapped[str]
    kept: Mapped[str | None]
    set_aside: Mapped[str | None]
    change_id: Mapped[str] = mapped_column(String(36))
    person_id: Mapped[str | None] = mapped_column(String(36))
    contested_at: Mapped[datetime]
    settled_at: Mapped[datetime | None] = mapped_column(info={"server": True})
    settled_by: Mapped[str | None] = mapped_column(String(36), info={"server": True})
