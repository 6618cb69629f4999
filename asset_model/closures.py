"""Street closures: a stretch of a segment that is closed to traffic, or narrowed, for a while."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from asset_model.base import Base, Synced

SERVER_WINS = {"merge": "server_wins"}


class ClosureKind(StrEnum):
    CLOSED = "closed"
    RESTRICTED = "restricted"
    """One lane, alternating, no lorries: some still pass."""


class ClosureStatus(StrEnum):
    PLANNED = "planned"
    IN_FORCE = "in_force"
    LIFTED = "lifted"
    """Over for good; a street that is closed again has a new closure."""


class ClosureCause(StrEnum):
    WORKS = "works"
    BREAK = "break"
    SNOW = "snow"
    FLOOD = "flood"
    EVENT = "event"
    EMERGENCY = "emergency"
    OTHER = "other"


STANDING = (ClosureStatus.PLANNED, ClosureStatus.IN_FORCE)
CLOSURE_SIDES = ("left", "right")


class Closure(Synced, Base):
    """From one measure of a segment to another, on one `side` or (None) on both.

    Every tablet of the town has it: whoever drives wants to know. So `place` says the street to
    those that do not hold the segment. `ends_at` is what is expected, and ends nothing by itself:
    somebody lifts a closure. `order_id` names no parent: it stays when its order is closed.
    """

    __tablename__ = "closure"
    __table_args__ = (Index("ix_closure_status_begins_at", "status", "begins_at"),)

    asset_id: Mapped[str] = mapped_column(String(36), index=True)
    order_id: Mapped[str | None] = mapped_column(String(36), index=True)
    person_id: Mapped[str | None] = mapped_column(String(36))
    made_at: Mapped[datetime]
    place: Mapped[str | None]
    kind: Mapped[str] = mapped_column(info=SERVER_WINS)
    status: Mapped[str] = mapped_column(default=ClosureStatus.IN_FORCE, info=SERVER_WINS)
    from_m: Mapped[float] = mapped_column(info=SERVER_WINS)
    to_m: Mapped[float] = mapped_column(info=SERVER_WINS)
    side: Mapped[str | None] = mapped_column(info=SERVER_WINS)
    begins_at: Mapped[datetime] = mapped_column(info=SERVER_WINS)
    ends_at: Mapped[datetime | None] = mapped_column(info=SERVER_WINS)
    cause: Mapped[str] = mapped_column(default=ClosureCause.WORKS, info=SERVER_WINS)
    detour: Mapped[str | None] = mapped_column(info=SERVER_WINS)
    """Which way round, in words for the public."""
    note: Mapped[str | None] = mapped_column(info={"merge": "append"})
    lifted_at: Mapped[datetime | None] = mapped_column(info={"merge": "earliest"})
    lifted_by: Mapped[str | None] = mapped_column(String(36), info=SERVER_WINS)


def closures_of_order(session: Session, order_id: str) -> Sequence[Closure]:
    """The oldest first, the lifted ones too."""
    query = select(Closure).where(Closure.order_id == order_id)
    return session.scalars(query.order_by(Closure.begins_at, Closure.id)).all()


def closures_of_asset(
    session: Session, asset_id: str, *, lifted: bool = False
) -> Sequence[Closure]:
    """What is closed of a segment, or will be; with `lifted`, what has been too."""
    query = select(Closure).where(Closure.asset_id == asset_id)
    if not lifted:
        query = query.where(Closure.status.in_(STANDING))
    return session.scalars(query.order_by(Closure.begins_at, Closure.id)).all()
