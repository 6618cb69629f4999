"""What upkeep needs of the server beside plans: fuel that units took, parts of plans, stock, and
why plans were changed.
"""

import sqlalchemy as sa
from alembic import op

from asset_model.base import UtcDateTime

revision = "server_0006"
down_revision = "server_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fuel_fill",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("asset_id", sa.String(36), nullable=False),
        sa.Column("filled_at", UtcDateTime(), nullable=False),
        sa.Column("litres", sa.Double(), nullable=False),
        sa.Column("cost", sa.Double(), nullable=True),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("card", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_fuel_fill"),
    )
    op.create_index("ix_fuel_fill_asset_id_filled_at", "fuel_fill", ["asset_id", "filled_at"])
    op.create_table(
        "plan_part",
        sa.Column("plan_id", sa.String(36), nullable=False),
        sa.Column("part_id", sa.String(36), nullable=False),
        sa.Column("quantity", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "part_id", name="pk_plan_part"),
    )
    op.create_table(
        "stock_movement",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("part_id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("quantity", sa.Double(), nullable=False),
        sa.Column("moved_at", UtcDateTime(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stock_movement"),
    )
    op.create_index("ix_stock_movement_part_id_moved_at", "stock_movement", ["part_id", "moved_at"])
    op.create_table(
        "plan_publication",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_plan_publication"),
    )
