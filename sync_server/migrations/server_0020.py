"""Images of people take what people are trained for, which is not known yet."""

from alembic import op

from sync_server.image_columns import complete

revision = "server_0020"
down_revision = "server_0019"
branch_labels = None
depends_on = "model_0016"


def upgrade() -> None:
    complete(op.get_bind(), {"person": ([],)})
