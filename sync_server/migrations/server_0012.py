"""What is left of records that were destroyed."""

import sqlalchemy as sa
from alembic import op

from asset_model.base import Day, UtcDateTime

revision = "server_0012"
down_revision = "server_0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "destruction",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(36), nullable=False),
        sa.Column("asset_id", sa.String(36), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("dated_on", Day(), nullable=False),
        sa.Column("kept_until", Day(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("destroyed_at", UtcDateTime(), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_destruction"),
    )
    op.create_index("ix_destruction_asset_id", "destruction", ["asset_id"])
