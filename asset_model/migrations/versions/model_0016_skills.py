"""What people are trained for."""

import sqlalchemy as sa
from alembic import op

revision = "model_0016"
down_revision = "model_0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("skills", sa.JSON(), nullable=False, server_default="[]"))
