"""The outbox of notices, who confirmed that they wish for mail, and the endpoints of webhooks."""

import sqlalchemy as sa
from alembic import op

from asset_model.base import UtcDateTime

revision = "server_0017"
down_revision = "server_0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _notice()
    op.create_table(
        "mail_wish",
        sa.Column("report_id", sa.String(36), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("confirm_by", UtcDateTime(), nullable=True),
        sa.Column("token_hash", sa.String(), nullable=True),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("stopped_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("report_id", name="pk_mail_wish"),
    )
    op.create_table(
        "webhook_endpoint",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("events", sa.String(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("old_secret", sa.String(), nullable=True),
        sa.Column("old_until", UtcDateTime(), nullable=True),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("failing_since", UtcDateTime(), nullable=True),
        sa.Column("disabled_at", UtcDateTime(), nullable=True),
        sa.Column("disabled_code", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_webhook_endpoint"),
    )


def _notice() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("incident_id", sa.String(36), nullable=True),
        sa.Column("report_id", sa.String(36), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(36), nullable=True),
        sa.Column("leased_until", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notice"),
        sa.UniqueConstraint(
            "recipient", "step", "channel", name="uq_notice_recipient_step_channel"
        ),
    )
    op.create_index("ix_notice_state_channel_due_at", "notice", ["state", "channel", "due_at"])
    for column in ("incident_id", "report_id"):
        op.create_index(f"ix_notice_{column}", "notice", [column])
