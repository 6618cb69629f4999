"""What people are filling in has a table of its own, with until when it is kept."""

import json

import sqlalchemy as sa
from alembic import op

from asset_model.base import UtcDateTime

revision = "tablet_0007"
down_revision = "tablet_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table = op.create_table(
        "draft",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("entered", sa.JSON(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("name", "person_id", name="pk_draft"),
    )
    _take_over(op.get_bind(), table)


def _take_over(connection: sa.Connection, table: sa.Table) -> None:
    """They were settings named ``draft-NAME PERSON``; nobody loses a word by an update."""
    settings = sa.table("local_setting", sa.column("name"), sa.column("value"))
    were = settings.c.name.like("draft-% %")
    rows = [
        {"name": name, "person_id": person_id, "entered": json.loads(value), "until": None}
        for told, value in connection.execute(sa.select(settings).where(were))
        for name, _, person_id in [told.removeprefix("draft-").rpartition(" ")]
    ]
    if rows:
        connection.execute(table.insert(), rows)
    connection.execute(settings.delete().where(were))
