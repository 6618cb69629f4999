"""What is left of a record that was destroyed: that it was, and by which rule."""

from datetime import date, datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from sync_server.tables import ServerBase


class Destruction(ServerBase):
    """A record that was destroyed when its time was past: nothing of what it said."""

    __tablename__ = "destruction"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str]
    record_id: Mapped[str] = mapped_column(String(36))
    asset_id: Mapped[str] = mapped_column(String(36), index=True)
    unit: Mapped[str]
    dated_on: Mapped[date]
    kept_until: Mapped[date]
    rule: Mapped[str]
    """The figure that it was kept by: its code and first day."""
    source: Mapped[str | None]
    destroyed_at: Mapped[datetime]
    person_id: Mapped[str] = mapped_column(String(36))
    person: Mapped[str]
