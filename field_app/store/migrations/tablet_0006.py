"""Files that are to stay on this tablet, whatever room they take."""

import sqlalchemy as sa
from alembic import op

revision = "tablet_0006"
down_revision = "tablet_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pinned: sa.Column[bool] = sa.Column(
        "pinned", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("photo_file", pinned)
