"""How far each device was sent rows, and how far it has said that it holds them."""

import sqlalchemy as sa
from alembic import op

from asset_model.base import UtcDateTime

revision = "server_0013"
down_revision = "server_0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("sent_to", "read_to"):
        op.add_column("device", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.add_column("device", sa.Column("read_at", UtcDateTime(), nullable=True))
