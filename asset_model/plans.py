"""Maintenance plans: work that comes back, and each time that it did."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from asset_model.base import Base, Synced
from asset_model.vocabulary import OccurrenceStatus, WorkOrderKind

SERVER_WINS = {"merge": "server_wins"}


class Shop(Synced, Base):
    """Who plans of a trade are made for, and how many hours of them a week can take."""

    __tablename__ = "shop"

    code: Mapped[str] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(info=SERVER_WINS)
    weekly_hours: Mapped[float | None] = mapped_column(info=SERVER_WINS)


class MaintenancePlan(Synced, Base):
    """Work that comes back: on one asset, on every asset of a class that fits a filter, or on none.

    It is due at whichever comes first of its calendar (`rule`, an RFC 5545 recurrence from
    `starts_on`; empty: no calendar) and its `triggers` (`asset_model/triggers.py`). `floating`
    counts from the last time it was done, else the calendar is fixed. A `legal` date never moves.
    """

    __tablename__ = "maintenance_plan"

    code: Mapped[str] = mapped_column(index=True, info=SERVER_WINS)
    title_fr: Mapped[str] = mapped_column(info=SERVER_WINS)
    title_en: Mapped[str] = mapped_column(info=SERVER_WINS)
    class_code: Mapped[str | None] = mapped_column(info=SERVER_WINS)
    asset_id: Mapped[str | None] = mapped_column(String(36), info=SERVER_WINS)
    rule: Mapped[str] = mapped_column(default="", info=SERVER_WINS)
    starts_on: Mapped[date] = mapped_column(info=SERVER_WINS)
    lead_days: Mapped[int] = mapped_column(default=0, info=SERVER_WINS)
    grace_days: Mapped[int] = mapped_column(default=0, info=SERVER_WINS)
    steps: Mapped[list[Any]] = mapped_column(info=SERVER_WINS)
    crew_id: Mapped[str | None] = mapped_column(String(36), info=SERVER_WINS)
    active: Mapped[bool] = mapped_column(default=True, info=SERVER_WINS)
    asset_filter: Mapped[dict[str, Any]] = mapped_column(default=dict, info=SERVER_WINS)
    """By attribute: the values that fit, or ``{"minimum": 4500, "maximum": …}``."""
    triggers: Mapped[list[Any]] = mapped_column(default=list, info=SERVER_WINS)
    floating: Mapped[bool] = mapped_column(default=False, info=SERVER_WINS)
    seasons: Mapped[list[Any]] = mapped_column(default=list, info=SERVER_WINS)
    """``{"from": "09-01", "to": "11-15"}``, month and day; a season may wrap the year."""
    legal: Mapped[bool] = mapped_column(default=False, info=SERVER_WINS)
    basis: Mapped[str | None] = mapped_column(info=SERVER_WINS)
    """The law or policy that asks for it, with its article."""
    shop: Mapped[str | None] = mapped_column(info=SERVER_WINS)
    kind: Mapped[str] = mapped_column(default=WorkOrderKind.PREVENTIVE, info=SERVER_WINS)
    priority: Mapped[int] = mapped_column(default=3, info=SERVER_WINS)
    estimated_hours: Mapped[float | None] = mapped_column(info=SERVER_WINS)
    nests: Mapped[list[Any]] = mapped_column(default=list, info=SERVER_WINS)
    """Codes of the plans whose work is done within this one's, when both are due within
    `nest_days` of each other."""
    nest_days: Mapped[int] = mapped_column(default=0, info=SERVER_WINS)


class Occurrence(Synced, Base):
    """One time that a plan asked for work; its order, if it has one, bears the same id.

    `due_on` is what the plan says, `wanted_on` when the work is asked for. `absorbed_by` is the
    occurrence whose order does this one's work. Only the server writes it.
    """

    __tablename__ = "occurrence"
    __table_args__ = (
        Index("ix_occurrence_plan_id_asset_id_due_on", "plan_id", "asset_id", "due_on"),
        Index("ix_occurrence_status", "status"),
    )

    plan_id: Mapped[str] = mapped_column(String(36))
    asset_id: Mapped[str | None] = mapped_column(String(36), index=True)
    due_on: Mapped[date]
    wanted_on: Mapped[date]
    status: Mapped[str] = mapped_column(default=OccurrenceStatus.GENERATED)
    reasons: Mapped[list[Any]]
    """``{"code": …, details}``, the first being why it was due (`maintenance/reasons.py`)."""
    absorbed_by: Mapped[str | None] = mapped_column(String(36), index=True)
    made_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class PlanEvent(Synced, Base):
    """Something that plans wait for has happened: a storm has ended, a unit was used."""

    __tablename__ = "plan_event"
    __table_args__ = (Index("ix_plan_event_code_happened_at", "code", "happened_at"),)

    code: Mapped[str]
    asset_id: Mapped[str | None] = mapped_column(String(36))
    person_id: Mapped[str | None] = mapped_column(String(36))
    happened_at: Mapped[datetime]
