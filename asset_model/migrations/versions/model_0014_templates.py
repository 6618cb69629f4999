"""Editions of job templates; material and skill of orders; steps that were withdrawn."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from asset_model.base import UtcDateTime

revision = "model_0014"
down_revision = "model_0013"
branch_labels = None
depends_on = None

EMPTY = ("description_fr", "description_en", "skill", "due_reason_fr", "due_reason_en")


def upgrade() -> None:
    gained: tuple[sa.Column[Any], ...] = (
        *(_filled(name, sa.JSON(), "[]") for name in ("class_codes", "materials")),
        _filled("edition", sa.Integer(), "1"),
        *(sa.Column(name, sa.String(), nullable=True) for name in EMPTY),
        sa.Column("crew_id", sa.String(length=36), nullable=True),
        sa.Column("due_hours", sa.Double(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=True),
        sa.Column("created_by", sa.String(length=36), nullable=True),
    )
    for column in gained:
        op.add_column("job_template", column)
    op.add_column("work_order", sa.Column("skill", sa.String(), nullable=True))
    op.add_column("work_order", sa.Column("materials", sa.JSON(), nullable=True))
    op.add_column("step", _filled("withdrawn", sa.Boolean(), sa.false()))


def _filled(name: str, kind: Any, standing: Any) -> sa.Column[Any]:
    """A column that rows of before have too."""
    return sa.Column(name, kind, nullable=False, server_default=standing)
