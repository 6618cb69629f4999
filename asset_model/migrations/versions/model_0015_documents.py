"""Papers and pictures of assets, and a note on a reading."""

import sqlalchemy as sa
from alembic import op

from asset_model.base import UtcDateTime

revision = "model_0015"
down_revision = "model_0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("meter_reading", sa.Column("note", sa.String(), nullable=True))
    op.create_table(
        "asset_document",
        sa.Column("asset_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("reading_id", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("byte_size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("thumbnail_sha256", sa.String(length=64), nullable=True),
        sa.Column("thumbnail_size", sa.Integer(), nullable=True),
        sa.Column("attached_at", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=36), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("buckets", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asset_document")),
    )
    for name in ("asset_id", "reading_id", "sha256", "thumbnail_sha256"):
        op.create_index(op.f(f"ix_asset_document_{name}"), "asset_document", [name])
