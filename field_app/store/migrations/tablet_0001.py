"""The tablet's own tables of 0.1.0."""

import sqlalchemy as sa
from alembic import op

from asset_model.base import UtcDateTime

revision = "tablet_0001"
down_revision = None
branch_labels = ("tablet",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bucket_position",
        sa.Column("bucket", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("bucket", name=op.f("pk_bucket_position")),
    )
    op.create_table(
        "local_change",
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("group_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(length=36), nullable=False),
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("set_aside", sa.JSON(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_local_change")),
        sa.UniqueConstraint("id", name=op.f("uq_local_change_id")),
    )
    op.create_index("ix_local_change_state_place", "local_change", ["state", "place"], unique=False)
    op.create_index(
        "ix_local_change_table_name_row_id", "local_change", ["table_name", "row_id"], unique=False
    )
    op.create_table(
        "local_setting",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_local_setting")),
    )
    op.create_table(
        "replica",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("install", sa.String(), nullable=False),
        sa.Column("incarnation", sa.String(), nullable=False),
        sa.Column("epoch", sa.String(), nullable=True),
        sa.Column("scope", sa.String(), nullable=True),
        sa.Column("sweeping", sa.Boolean(), nullable=False),
        sa.Column("last_alias", sa.Integer(), nullable=False),
        sa.Column("clock_error_ms", sa.Integer(), nullable=True),
        sa.Column("heard_at", UtcDateTime(), nullable=True),
        sa.Column("pulled_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replica")),
    )
    op.create_table(
        "server_image",
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(length=36), nullable=False),
        sa.Column("columns", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("buckets", sa.String(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("table_name", "row_id", name=op.f("pk_server_image")),
    )
    op.create_table(
        "sign_in_attempts",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("locked_until", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_sign_in_attempts")),
    )
