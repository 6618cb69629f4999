"""Job templates: a job as it is usually done, in editions. A family has jobs of its own.

An edition is a fact: whoever changes a template adds one, and who made it and when stays known.
Orders copy what they are made of, so that a later edition changes none of them.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from asset_model.base import Base, Synced
from asset_model.vocabulary import WorkOrderKind


class JobTemplate(Synced, Base):
    """One edition of a template; the highest of its `code` is in force, unless it is not `active`.

    `steps` are lines of the checklist, `materials` are ``{"part", "quantity"}`` with the part's
    code. `children` are the jobs of a family: each has a `code`, `after` with the codes of those
    that must be done before it, and the columns named in `asset_model/jobs.py`. `due_hours` is the
    promise, counted from when the order is made. `class_codes` are the assets it is for; none: any.
    """

    __tablename__ = "job_template"

    code: Mapped[str] = mapped_column(index=True)
    title_fr: Mapped[str]
    title_en: Mapped[str]
    kind: Mapped[str] = mapped_column(default=WorkOrderKind.CORRECTIVE)
    priority: Mapped[int] = mapped_column(default=3)
    estimated_hours: Mapped[float | None]
    safety_fr: Mapped[str | None]
    safety_en: Mapped[str | None]
    steps: Mapped[list[Any]] = mapped_column(default=list)
    children: Mapped[list[Any]] = mapped_column(default=list)
    active: Mapped[bool] = mapped_column(default=True)
    edition: Mapped[int] = mapped_column(default=1)
    description_fr: Mapped[str | None]
    description_en: Mapped[str | None]
    class_codes: Mapped[list[Any]] = mapped_column(default=list)
    materials: Mapped[list[Any]] = mapped_column(default=list)
    skill: Mapped[str | None]
    crew_id: Mapped[str | None] = mapped_column(String(36))
    due_hours: Mapped[float | None]
    due_reason_fr: Mapped[str | None]
    due_reason_en: Mapped[str | None]
    made_at: Mapped[datetime | None]
    created_by: Mapped[str | None] = mapped_column(String(36))
