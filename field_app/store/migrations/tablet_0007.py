"""What people are filling in has a table of its own, with until when it is kept."""

import json
from datetime import datetime, timedelta
from typing import Any

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
    checks = settings.c.name.like("circle_check:%")
    rows += [
        _check(told.removeprefix("circle_check:"), json.loads(value))
        for told, value in connection.execute(sa.select(settings).where(checks))
    ]
    if rows:
        connection.execute(table.insert(), rows)
    connection.execute(settings.delete().where(were | checks))


def _check(unit_id: str, told: dict[str, Any]) -> dict[str, Any]:
    """A circle check that is being made: begun anew twelve hours after its beginning."""
    until = datetime.fromisoformat(told["started_at"]) + timedelta(hours=12)
    person_id = told.pop("person")
    return {"name": f"check-{unit_id}", "person_id": person_id, "entered": told, "until": until}
