"""Files of photos, on their way to the server or from it."""

import sqlalchemy as sa
from alembic import op

from asset_model.base import UtcDateTime

revision = "tablet_0003"
down_revision = "tablet_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "photo_file",
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("photo_id", sa.String(36), nullable=False),
        sa.Column("thumbnail", sa.Boolean(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("upload", sa.String(), nullable=True),
        sa.Column("epoch", sa.String(), nullable=True),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("retry_at", UtcDateTime(), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("place", name="pk_photo_file"),
        sa.UniqueConstraint("sha256", name="uq_photo_file_sha256"),
    )
    op.create_index("ix_photo_file_state", "photo_file", ["state"])
