"""Campaigns that were made; and ways to what a month holds, for figures of the whole town."""

import sqlalchemy as sa
from alembic import op

from asset_model.base import UtcDateTime

revision = "server_0010"
down_revision = "server_0009"
branch_labels = None
depends_on = "model_0006"

INDEXES = (
    ("server_time_worked_started_at", "time_worked", "started_at"),
    ("server_material_used_used_at", "material_used", "used_at"),
    ("server_outside_cost_invoiced_on", "outside_cost", "invoiced_on"),
    ("server_occurrence_due_on", "occurrence", "due_on"),
    ("server_work_order_completed_at", "work_order", "completed_at"),
)


def upgrade() -> None:
    op.create_table(
        "campaign",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_campaign"),
    )
    for name, table, column in INDEXES:
        op.create_index(name, table, [column])
