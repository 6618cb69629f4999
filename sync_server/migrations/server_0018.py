"""Open311 systems that hand reports on to us are told what becomes of them."""

import sqlalchemy as sa
from alembic import op

revision = "server_0018"
down_revision = "server_0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "webhook_endpoint",
        sa.Column("open311", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("webhook_endpoint", sa.Column("jurisdiction", sa.String(), nullable=True))
