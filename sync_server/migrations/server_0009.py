"""A way to the readings beside a moment, past those that wait for a review."""

from alembic import op

revision = "server_0009"
down_revision = "server_0008"
branch_labels = None
depends_on = "model_0004"


def upgrade() -> None:
    columns = ["meter_id", "review", "taken_at", "value", "id"]
    op.create_index("server_reading_walk", "meter_reading", columns)
