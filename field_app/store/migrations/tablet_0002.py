"""What a tablet remembers of comparing its buckets with the server's."""

import sqlalchemy as sa
from alembic import op

revision = "tablet_0002"
down_revision = "tablet_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("bucket_position") as table:
        table.add_column(sa.Column("verified", sa.Integer(), nullable=False, server_default="-1"))
        table.add_column(sa.Column("differed", sa.Integer(), nullable=False, server_default="0"))
