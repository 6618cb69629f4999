"""Matters: what a person must settle, and each settlement. The server raises and closes them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from asset_model.base import Base, Synced

SERVERS = {"server": True}


class MatterKind(StrEnum):
    CONTESTED = "contested"
    """A merge rule set a value aside."""
    REFUSED = "refused"
    PARKED = "parked"
    DEVICE = "device"
    """A tablet held other rows than the server."""
    TURN = "turn"
    """Work began while a job that must be done before it was not."""
    NOTICE = "notice"
    """What should have been told to somebody outside the town did not leave."""


TO_SEE = (MatterKind.DEVICE, MatterKind.TURN, MatterKind.NOTICE)
"""There is nothing to choose but to have seen it."""
TELLING = (MatterKind.DEVICE, MatterKind.NOTICE)
"""Nobody's act."""
NOT_TAKEN = (MatterKind.REFUSED, MatterKind.PARKED)
"""Of an act as a whole. Once somebody has taken it, a value of its change may still be contested:
that is a matter of its own, and the two may name the same change."""


class MatterState(StrEnum):
    OPEN = "open"
    RETURNED = "returned"
    """Sent back; its author has not said yet that they have seen it."""
    SETTLED = "settled"


class Choice(StrEnum):
    KEEP = "keep"
    """What stands stays; what was set aside stays on file."""
    TAKE = "take"
    EDIT = "edit"
    SEND_BACK = "send_back"
    SEEN = "seen"
    REOPEN = "reopen"
    BY_ITSELF = "by_itself"
    """Nobody's choice: what the change waited for has arrived."""


class SettlementResult(StrEnum):
    DONE = "done"
    LATE = "late"
    """The matter had been settled meanwhile: the first settlement stands."""
    NOT_TAKEN = "not_taken"
    """It could not be done, for the reason in `code`; the matter is still open."""


class Matter(Synced, Base):
    """Something that waits for a person: one act of somebody, or a tablet that differed.

    `act_id` is the group of a change that was not taken, the change whose value is contested or
    that began work before its turn, the device, or the notice. `changes` is what was asked, and for
    a contested value what was kept and set aside, with whose each is. `choice` and what follows it
    are those of the settlement that stands.
    """

    __tablename__ = "matter"

    kind: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    work_order_id: Mapped[str | None] = mapped_column(String(36), index=True)
    act_id: Mapped[str] = mapped_column(String(36), index=True)
    person_id: Mapped[str | None] = mapped_column(String(36))
    device_code: Mapped[str | None]
    made_at: Mapped[datetime | None]
    raised_at: Mapped[datetime]
    changes: Mapped[list[Any]]
    code: Mapped[str | None]
    details: Mapped[dict[str, Any]]
    settlement_id: Mapped[str | None] = mapped_column(String(36))
    choice: Mapped[str | None]
    word: Mapped[str | None]
    settled_by: Mapped[str | None] = mapped_column(String(36))
    settled_at: Mapped[datetime | None]


class Settlement(Synced, Base):
    """What somebody chose on a matter: a fact, only ever added. Its `result` is the server's.

    `previous_id` is the settlement that stood when they chose. `over` holds the values they saw
    in the row that their choice would replace, `value` those they wrote themselves.
    """

    __tablename__ = "settlement"

    matter_id: Mapped[str] = mapped_column(String(36), index=True)
    work_order_id: Mapped[str | None] = mapped_column(String(36), index=True)
    person_id: Mapped[str] = mapped_column(String(36))
    choice: Mapped[str]
    value: Mapped[dict[str, Any]] = mapped_column(default=dict)
    over: Mapped[dict[str, Any]] = mapped_column(default=dict)
    word: Mapped[str | None]
    previous_id: Mapped[str | None] = mapped_column(String(36))
    settled_at: Mapped[datetime]
    received_at: Mapped[datetime | None] = mapped_column(info=SERVERS)
    result: Mapped[str | None] = mapped_column(info=SERVERS)
    code: Mapped[str | None] = mapped_column(info=SERVERS)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict, info=SERVERS)
