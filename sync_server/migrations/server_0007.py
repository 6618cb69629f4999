"""What OGC clients need of the server: their keys, and a way through the assets of a class.

The index holds the boxes, so that a page within a bounding box reads no other asset's shape.
"""

import sqlalchemy as sa
from alembic import op

from asset_model.base import UtcDateTime

revision = "server_0007"
down_revision = "server_0006"
branch_labels = None
depends_on = "model_0004"


def upgrade() -> None:
    op.create_table(
        "ogc_key",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("layers", sa.String(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_ogc_key"),
        sa.UniqueConstraint("secret_hash", name="uq_ogc_key_secret_hash"),
    )
    boxes = ["west", "south", "east", "north"]
    op.create_index("server_asset_walk", "asset", ["class_code", "id", *boxes])
