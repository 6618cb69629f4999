"""How far removals have been forgotten, and in whose words a change came."""

import sqlalchemy as sa
from alembic import op

revision = "server_0004"
down_revision = "server_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    floor = sa.Column("floor", sa.Integer(), nullable=False, server_default="0")
    op.add_column("server_state", floor)
    that_left = sa.text("gone_at IS NOT NULL")
    op.create_index(
        "ix_feed_entry_gone_at",
        "feed_entry",
        ["gone_at"],
        sqlite_where=that_left,
        postgresql_where=that_left,
    )
    schema = sa.Column("schema_version", sa.Integer(), nullable=False, server_default="2")
    op.add_column("journal", schema)
