"""Passes along streets: clearing, spreading, sweeping, patrols."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from asset_model.base import UtcDateTime

revision = "model_0013"
down_revision = "model_0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pass",
        _key("asset_id", empty=False),
        _key("order_id"),
        _key("person_id"),
        _key("unit_id"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=True),
        sa.Column("from_m", sa.Double(), nullable=False),
        sa.Column("to_m", sa.Double(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=False),
        sa.Column("noted_at", UtcDateTime(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=True),
        sa.Column("blade_down", sa.Boolean(), nullable=True),
        sa.Column("material", sa.String(), nullable=True),
        sa.Column("rate", sa.Double(), nullable=True),
        sa.Column("rate_unit", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        _key("reverses_id"),
        _key("id", empty=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("buckets", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pass")),
    )
    for columns in (["asset_id", "done_at"], ["order_id"], ["reverses_id"]):
        op.create_index(op.f(f"ix_pass_{'_'.join(columns)}"), "pass", columns)


def _key(name: str, *, empty: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=36), nullable=empty)
