"""Images of readings take the note that readings have gained."""

from alembic import op

from sync_server.image_columns import complete

revision = "server_0016"
down_revision = "server_0015"
branch_labels = None
depends_on = "model_0015"


def upgrade() -> None:
    complete(op.get_bind(), {"meter_reading": (None,)})
