"""The town's sentences for citizens, in editions."""

import sqlalchemy as sa
from alembic import op

from asset_model.base import UtcDateTime

revision = "model_0017"
down_revision = "model_0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "closing_words",
        sa.Column("sentences", sa.JSON(), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("buckets", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing_words")),
    )
    op.create_index(op.f("ix_closing_words_published_at"), "closing_words", ["published_at"])
