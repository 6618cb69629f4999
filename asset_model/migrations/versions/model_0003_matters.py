"""Matters to settle, and settlements."""

import sqlalchemy as sa
from alembic import op

from asset_model.base import UtcDateTime

revision = "model_0003"
down_revision = "model_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "matter",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("work_order_id", sa.String(length=36), nullable=True),
        sa.Column("act_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("device_code", sa.String(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=True),
        sa.Column("raised_at", UtcDateTime(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("settlement_id", sa.String(length=36), nullable=True),
        sa.Column("choice", sa.String(), nullable=True),
        sa.Column("word", sa.String(), nullable=True),
        sa.Column("settled_by", sa.String(length=36), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("buckets", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter")),
    )
    for column in ("state", "work_order_id", "act_id"):
        op.create_index(op.f(f"ix_matter_{column}"), "matter", [column], unique=False)
    op.create_table(
        "settlement",
        sa.Column("matter_id", sa.String(length=36), nullable=False),
        sa.Column("work_order_id", sa.String(length=36), nullable=True),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("over", sa.JSON(), nullable=False),
        sa.Column("word", sa.String(), nullable=True),
        sa.Column("previous_id", sa.String(length=36), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("buckets", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement")),
    )
    for column in ("matter_id", "work_order_id"):
        op.create_index(op.f(f"ix_settlement_{column}"), "settlement", [column], unique=False)
