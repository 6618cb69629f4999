"""Who passed a gate lately, counted for all servers together."""

import sqlalchemy as sa
from alembic import op

revision = "server_0019"
down_revision = "server_0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gate_passage",
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_gate_passage"),
    )
    op.create_index("ix_gate_passage_minute", "gate_passage", ["minute"])
