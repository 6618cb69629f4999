"""How far the server said it was, since when a bucket is read, in whose words a change waits."""

import sqlalchemy as sa
from alembic import op

revision = "tablet_0004"
down_revision = "tablet_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    since = sa.Column("since", sa.Integer(), nullable=False, server_default="0")
    op.add_column("bucket_position", since)
    op.add_column("replica", sa.Column("head", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("replica", sa.Column("seal", sa.String(), nullable=False, server_default=""))
    schema = sa.Column("schema_version", sa.Integer(), nullable=False, server_default="2")
    op.add_column("local_change", schema)
