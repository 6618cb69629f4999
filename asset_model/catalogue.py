"""The town's lists: parts that crews use, maintenance plans, and the services of 311."""

from datetime import date
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from asset_model.base import Base, Synced


class Part(Synced, Base):
    __tablename__ = "part"

    code: Mapped[str] = mapped_column(index=True)
    label_fr: Mapped[str]
    label_en: Mapped[str]
    unit: Mapped[str]


class MaintenancePlan(Synced, Base):
    """Work that comes back by the calendar. `rule` is an RFC 5545 recurrence from `starts_on`.

    It concerns one asset, or every asset of a class.
    """

    __tablename__ = "maintenance_plan"

    code: Mapped[str] = mapped_column(index=True)
    title_fr: Mapped[str]
    title_en: Mapped[str]
    class_code: Mapped[str | None]
    asset_id: Mapped[str | None] = mapped_column(String(36))
    rule: Mapped[str]
    starts_on: Mapped[date]
    lead_days: Mapped[int] = mapped_column(default=0)
    grace_days: Mapped[int] = mapped_column(default=0)
    steps: Mapped[list[Any]]
    crew_id: Mapped[str | None] = mapped_column(String(36))
    active: Mapped[bool] = mapped_column(default=True)


class Service(Synced, Base):
    """Something a citizen can ask of 311."""

    __tablename__ = "service"

    code: Mapped[str] = mapped_column(index=True)
    name_fr: Mapped[str]
    name_en: Mapped[str]
    group_fr: Mapped[str]
    group_en: Mapped[str]
