"""What 311 keeps on the server alone: who reported, who looked, links, keys, and what came twice.

Nothing of it is on a tablet, the office's replica included.
"""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from sync_server.tables import ServerBase


class ReportContact(ServerBase):
    """Who sent a report, as far as they wished to say. Read through `contacts.py` only."""

    __tablename__ = "report_contact"

    report_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    first_name: Mapped[str | None]
    last_name: Mapped[str | None]
    email: Mapped[str | None] = mapped_column(index=True)
    phone: Mapped[str | None] = mapped_column(index=True)
    account_id: Mapped[str | None]
    device_id: Mapped[str | None]
    kept_at: Mapped[datetime]
    news_by: Mapped[str | None]
    """How they wish to hear of it (`NEWS_BY`); None: nothing was said."""


class ContactReading(ServerBase):
    """Somebody looked at a contact, or erased it, and why."""

    __tablename__ = "contact_reading"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[str] = mapped_column(String(36), index=True)
    person_id: Mapped[str] = mapped_column(String(36))
    role: Mapped[str]
    act: Mapped[str]
    why: Mapped[str | None]
    done_at: Mapped[datetime]


class ReportLink(ServerBase):
    """The secret of a report's page: in clear, for it is told again with every notice."""

    __tablename__ = "report_link"

    report_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    secret: Mapped[str] = mapped_column(unique=True)


class Sending(ServerBase):
    """The mark of something that was sent in, so that a second sending of it makes no twin."""

    __tablename__ = "sending"

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    row_id: Mapped[str] = mapped_column(String(36))
    sent_at: Mapped[datetime] = mapped_column(index=True)


class Open311Key(ServerBase):
    """A key with which a program hands in reports; kept as a hash."""

    __tablename__ = "open311_key"

    name: Mapped[str] = mapped_column(primary_key=True)
    secret_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
