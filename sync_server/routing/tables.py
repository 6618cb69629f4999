"""Where published books of rules are kept."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from sync_server.tables import ServerBase


class RoutingBook(ServerBase):
    """A book of rules that was published: the document, whole, with its zones. Never edited."""

    __tablename__ = "routing_book"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    edition: Mapped[str]
    content: Mapped[str]
    person_id: Mapped[str | None] = mapped_column(String(36))
    published_at: Mapped[datetime] = mapped_column(index=True)
