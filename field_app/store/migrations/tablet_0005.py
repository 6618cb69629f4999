"""What the server last told of pages that only it can work out."""

import sqlalchemy as sa
from alembic import op

from asset_model.base import UtcDateTime

revision = "tablet_0005"
down_revision = "tablet_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bulletin",
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("heard_at", UtcDateTime(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("question", name="pk_bulletin"),
    )
