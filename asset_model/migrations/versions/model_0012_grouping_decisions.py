"""What people decided of reports and incidents, the town's weights; promises that stand still."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from asset_model.base import UtcDateTime

revision = "model_0012"
down_revision = "model_0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("incident", sa.Column("suspended_at", UtcDateTime(), nullable=True))
    op.add_column("incident", _key("suspended_by", empty=True))
    op.add_column("incident", sa.Column("suspend_reason", sa.String(), nullable=True))
    op.add_column("incident_update", _key("other_id", empty=True))
    _create(
        "grouping_decision",
        _key("report_id"),
        _key("incident_id"),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        _key("person_id"),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        indexed=("report_id", "incident_id"),
    )
    _create(
        "grouping_weights",
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        _key("person_id", empty=True),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        indexed=("published_at",),
    )


def _create(name: str, *columns: sa.Column[Any], indexed: tuple[str, ...]) -> None:
    op.create_table(
        name,
        *columns,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("buckets", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    for each in indexed:
        op.create_index(op.f(f"ix_{name}_{each}"), name, [each])


def _key(name: str, *, empty: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=36), nullable=empty)
