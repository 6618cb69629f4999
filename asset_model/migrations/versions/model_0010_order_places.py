"""Work orders are found by where they are."""

from alembic import op

revision = "model_0010"
down_revision = "model_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    name = op.f("ix_work_order_latitude_longitude")
    op.create_index(name, "work_order", ["latitude", "longitude"])
