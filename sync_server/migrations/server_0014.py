"""Images of incidents and of what is told of them take the columns that these have gained.

Callers may say by what way they wish to hear of it.
"""

import sqlalchemy as sa
from alembic import op

from sync_server.image_columns import complete

revision = "server_0014"
down_revision = "server_0013"
branch_labels = None
depends_on = "model_0012"

GAINED: dict[str, tuple[object, ...]] = {"incident": (None, None, None), "incident_update": (None,)}


def upgrade() -> None:
    op.add_column("report_contact", sa.Column("news_by", sa.String(), nullable=True))
    complete(op.get_bind(), GAINED)
