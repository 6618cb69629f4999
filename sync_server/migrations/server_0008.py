"""What 311 keeps on the server alone: contacts and who read them, links, keys, what came twice.

Images of orders and services take the columns that these have gained.
"""

import sqlalchemy as sa
from alembic import op

from asset_model.base import UtcDateTime
from sync_server.image_columns import complete

revision = "server_0008"
down_revision = "server_0007"
branch_labels = None
depends_on = "model_0008"

GAINED: dict[str, tuple[object, ...]] = {
    "work_order": (None,),
    "service": (None, None, None, [], [], 3, False, 30, True),
}


def upgrade() -> None:
    op.create_table(
        "report_contact",
        sa.Column("report_id", sa.String(36), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=True)
            for name in ("first_name", "last_name", "email", "phone", "account_id", "device_id")
        ),
        sa.Column("kept_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("report_id", name="pk_report_contact"),
    )
    op.create_index("ix_report_contact_email", "report_contact", ["email"])
    op.create_index("ix_report_contact_phone", "report_contact", ["phone"])
    op.create_table(
        "contact_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.String(36), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=True),
        sa.Column("done_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_contact_reading"),
    )
    op.create_index("ix_contact_reading_report_id", "contact_reading", ["report_id"])
    _create_doors()
    for table in ("incident", "report"):
        op.create_index(f"server_unique_{table}_number", table, ["number"], unique=True)
    complete(op.get_bind(), GAINED)


def _create_doors() -> None:
    op.create_table(
        "report_link",
        sa.Column("report_id", sa.String(36), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("report_id", name="pk_report_link"),
        sa.UniqueConstraint("secret", name="uq_report_link_secret"),
    )
    op.create_table(
        "sending",
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("row_id", sa.String(36), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_sending"),
    )
    op.create_index("ix_sending_sent_at", "sending", ["sent_at"])
    op.create_table(
        "open311_key",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_open311_key"),
        sa.UniqueConstraint("secret_hash", name="uq_open311_key_secret_hash"),
    )
