"""Books of routing rules."""

import sqlalchemy as sa
from alembic import op

from asset_model.base import UtcDateTime

revision = "server_0011"
down_revision = "server_0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "routing_book",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_routing_book"),
    )
    op.create_index("ix_routing_book_published_at", "routing_book", ["published_at"])
