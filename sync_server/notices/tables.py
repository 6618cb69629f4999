"""The outbox, who wishes to hear, and whom webhooks call. On the server alone.

No address is in the outbox: where a letter goes is looked up when it leaves, so that who was
erased meanwhile is written to no more.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from sync_server.tables import ServerBase


class Channel(StrEnum):
    EMAIL = "email"
    WEBHOOK = "webhook"


class State(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    """Given up; `code` says why, and the office was told."""
    UNSENT = "unsent"
    """No mail server is named: nothing was tried."""
    DROPPED = "dropped"
    """Nobody wants it any more: they were erased, or asked to hear nothing."""


class Kind(StrEnum):
    """What a notice is about; the letter of this name says it."""

    RECEIVED = "received"
    UNDER_REVIEW = "under_review"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    ON_HOLD = "on_hold"
    RESOLVED = "resolved"
    ANSWERED = "answered"
    """The town has said more of what it had closed."""
    REOPENED = "reopened"
    NOT_RETAINED = "not_retained"
    MERGED = "merged"
    MOVED = "moved"
    """A person says that this report is of another problem than was thought."""
    CONFIRM = "confirm"
    """Is this your address?"""
    OPENED = "opened"
    """An incident was born: of interest to other systems, while its reporter hears of receipt."""
    TEST = "test"
    """Nothing happened: somebody looks whether it arrives."""


class Notice(ServerBase):
    """One thing to tell one recipient, once: a report's sender, or an endpoint of a webhook.

    `step` names what happened, so that the same step is never told twice. `facts` are what may be
    said of it, in both languages; the words are the letters'.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("recipient", "step", "channel", name="uq_notice_recipient_step_channel"),
        Index("ix_notice_state_channel_due_at", "state", "channel", "due_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    channel: Mapped[str]
    recipient: Mapped[str]
    step: Mapped[str]
    kind: Mapped[str]
    language: Mapped[str]
    incident_id: Mapped[str | None] = mapped_column(String(36), index=True)
    report_id: Mapped[str | None] = mapped_column(String(36), index=True)
    facts: Mapped[dict[str, Any]]
    state: Mapped[str]
    made_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int]
    holder: Mapped[str | None] = mapped_column(String(36))
    leased_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    code: Mapped[str | None]
    details: Mapped[dict[str, Any]]


class MailWish(ServerBase):
    """What the sender of a report said of mail beyond leaving an address.

    With `confirm_by`, the address was typed on a page: nothing is sent there, but the question,
    until it is confirmed. Of the link in that question only the hash is kept.
    """

    __tablename__ = "mail_wish"

    report_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    asked_at: Mapped[datetime]
    confirm_by: Mapped[datetime | None]
    token_hash: Mapped[str | None]
    confirmed_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]


class WebhookEndpoint(ServerBase):
    """An address of another system that wishes to be called.

    The secret is in clear: it signs each call. `old_secret` signs beside it until `old_until`.
    """

    __tablename__ = "webhook_endpoint"

    name: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str]
    events: Mapped[str]
    """Types with spaces between them; empty: all of them."""
    secret: Mapped[str]
    old_secret: Mapped[str | None]
    old_until: Mapped[datetime | None]
    private: Mapped[bool]
    """Whether it may be inside the town's own network."""
    made_at: Mapped[datetime]
    failing_since: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    disabled_code: Mapped[str | None]
    open311: Mapped[bool] = mapped_column(default=False)
    """It is told by Open311 of the reports that came from there: `name` is that of its key with
    us, `secret` that of ours with it, `url` where its GeoReport begins."""
    jurisdiction: Mapped[str | None]
