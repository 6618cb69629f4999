"""Work orders: what a crew is asked to do, and the steps that say how."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from asset_model.base import Base, Synced
from asset_model.vocabulary import WorkOrderKind, WorkOrderSource, WorkOrderStatus

SERVER_WINS = {"merge": "server_wins"}
DEVICE_WINS = {"merge": "device_wins"}
EARLIEST = {"merge": "earliest"}


class WorkOrder(Synced, Base):
    """A job. `number` is the server's; until then people say `alias`, which stays findable.

    `from_m`, `to_m` and `side` place the work along a road segment. A job that is part of another
    names it as its `parent_id` when it is born and never another; `after_ids` are the orders that
    must be done before it. `planned_on` is the day it is planned for: `due_at` never moves with it.
    `template` is the id of the edition it was made from, `materials` what it should take:
    ``{"part", "quantity"}``, with the part's code.
    """

    __tablename__ = "work_order"
    __table_args__ = (
        Index("ix_work_order_crew_id_status", "crew_id", "status"),
        Index("ix_work_order_status_due_at", "status", "due_at"),
        Index("ix_work_order_latitude_longitude", "latitude", "longitude"),
    )

    number: Mapped[str | None] = mapped_column(index=True, info={"server": True})
    alias: Mapped[str | None] = mapped_column(index=True)
    title: Mapped[str] = mapped_column(info=SERVER_WINS)
    description: Mapped[str | None] = mapped_column(info={"merge": "append"})
    kind: Mapped[str] = mapped_column(default=WorkOrderKind.CORRECTIVE, info=SERVER_WINS)
    priority: Mapped[int] = mapped_column(default=3, info=SERVER_WINS)
    status: Mapped[str] = mapped_column(default=WorkOrderStatus.DRAFT, info={"merge": "status"})
    reason: Mapped[str | None] = mapped_column(info=DEVICE_WINS)
    asset_id: Mapped[str | None] = mapped_column(String(36), index=True, info=SERVER_WINS)
    district_id: Mapped[str | None] = mapped_column(String(36), info=SERVER_WINS)
    crew_id: Mapped[str | None] = mapped_column(String(36), info=SERVER_WINS)
    assignee_id: Mapped[str | None] = mapped_column(String(36), info=SERVER_WINS)
    place: Mapped[str | None] = mapped_column(info=SERVER_WINS)
    longitude: Mapped[float | None] = mapped_column(info=SERVER_WINS)
    latitude: Mapped[float | None] = mapped_column(info=SERVER_WINS)
    from_m: Mapped[float | None] = mapped_column(info=SERVER_WINS)
    to_m: Mapped[float | None] = mapped_column(info=SERVER_WINS)
    side: Mapped[str | None] = mapped_column(info=SERVER_WINS)
    source: Mapped[str] = mapped_column(default=WorkOrderSource.PERSON)
    due_at: Mapped[datetime | None] = mapped_column(info=SERVER_WINS)
    due_reason: Mapped[str | None] = mapped_column(info=SERVER_WINS)
    estimated_hours: Mapped[float | None] = mapped_column(info=SERVER_WINS)
    safety_note: Mapped[str | None] = mapped_column(info={"merge": "append"})
    flag: Mapped[str | None] = mapped_column(info={"server": True})
    created_at: Mapped[datetime]
    created_by: Mapped[str | None] = mapped_column(String(36))
    started_at: Mapped[datetime | None] = mapped_column(info=EARLIEST)
    completed_at: Mapped[datetime | None] = mapped_column(info=SERVER_WINS)
    completed_by: Mapped[str | None] = mapped_column(String(36), info=SERVER_WINS)
    incident_id: Mapped[str | None] = mapped_column(String(36), index=True)
    parent_id: Mapped[str | None] = mapped_column(String(36), index=True)
    rank: Mapped[int | None]
    after_ids: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True), info=SERVER_WINS)
    template: Mapped[str | None] = mapped_column(info=SERVER_WINS)
    planned_on: Mapped[date | None] = mapped_column(info=SERVER_WINS)
    skill: Mapped[str | None] = mapped_column(info=SERVER_WINS)
    materials: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True), info=SERVER_WINS)


class Step(Synced, Base):
    """One line of an order's checklist. `answer` is text: ok, defect, na, a number, words."""

    __tablename__ = "step"

    work_order_id: Mapped[str] = mapped_column(String(36), index=True)
    rank: Mapped[int]
    kind: Mapped[str]
    label_fr: Mapped[str]
    label_en: Mapped[str]
    unit: Mapped[str | None]
    minimum: Mapped[float | None]
    maximum: Mapped[float | None]
    choices: Mapped[list[Any] | None]
    required: Mapped[bool] = mapped_column(default=False)
    answer: Mapped[str | None] = mapped_column(info=SERVER_WINS)
    note: Mapped[str | None] = mapped_column(info={"merge": "append"})
    answered_at: Mapped[datetime | None] = mapped_column(info=SERVER_WINS)
    answered_by: Mapped[str | None] = mapped_column(String(36), info=SERVER_WINS)
    withdrawn: Mapped[bool] = mapped_column(default=False, info=SERVER_WINS)
    """The office has taken it off the list; it asks for nothing any more."""
