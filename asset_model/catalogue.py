"""The town's lists: parts that crews use, and the services of 311."""

from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from asset_model.base import Base, Synced


class Part(Synced, Base):
    __tablename__ = "part"

    code: Mapped[str] = mapped_column(index=True)
    label_fr: Mapped[str]
    label_en: Mapped[str]
    unit: Mapped[str]


class Service(Synced, Base):
    """Something a citizen can ask of 311.

    `questions` is the schema of what is asked beside (`asset_model/attributes.py`). `asset_classes`
    are those of which the nearest may be what is meant.
    """

    __tablename__ = "service"

    code: Mapped[str] = mapped_column(index=True)
    name_fr: Mapped[str]
    name_en: Mapped[str]
    group_fr: Mapped[str]
    group_en: Mapped[str]
    description_fr: Mapped[str | None]
    description_en: Mapped[str | None]
    keywords: Mapped[str | None]
    questions: Mapped[list[Any]] = mapped_column(default=list)
    asset_classes: Mapped[list[Any]] = mapped_column(default=list)
    priority: Mapped[int] = mapped_column(default=3)
    orders_at_once: Mapped[bool] = mapped_column(default=False)
    """An order is made with the incident, before anybody has looked."""
    reopens_within_days: Mapped[int] = mapped_column(default=30)
    """For how long after it was resolved a citizen may say that it is not fixed."""
    active: Mapped[bool] = mapped_column(default=True)
