"""Where parts are kept: yards, garages and trucks, and what goes in and out of them.

What a store has on hand is the sum of its movements since it was last counted. It may be less than
nothing: the truck knows better than the office, and a number below zero asks for a count.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from asset_model.base import Base, Synced
from asset_model.errors import Refused
from asset_model.sync.wire import Columns

SERVER_WINS = {"merge": "server_wins"}
QUANTITY_MAX = 1_000_000


class StoreKind(StrEnum):
    YARD = "yard"
    GARAGE = "garage"
    TRUCK = "truck"


class MovementKind(StrEnum):
    COUNTED = "counted"
    """What was there at that moment, whatever came and left before."""
    CAME = "came"
    LEFT = "left"


class Store(Synced, Base):
    """A place of parts. A truck's is its crew's, for good: `asset_id` is the truck."""

    __tablename__ = "store"

    code: Mapped[str] = mapped_column(index=True)
    label_fr: Mapped[str] = mapped_column(info=SERVER_WINS)
    label_en: Mapped[str] = mapped_column(info=SERVER_WINS)
    kind: Mapped[str]
    crew_id: Mapped[str | None] = mapped_column(String(36), index=True)
    asset_id: Mapped[str | None] = mapped_column(String(36), info=SERVER_WINS)


class StoreMovement(Synced, Base):
    """Parts that were counted, came, or left. Only ever added; it goes wherever its store goes.

    `material_id` names the fact of an order for which they left.
    """

    __tablename__ = "store_movement"
    __table_args__ = (Index("ix_store_movement_store_id_part_id", "store_id", "part_id"),)

    store_id: Mapped[str] = mapped_column(String(36))
    part_id: Mapped[str] = mapped_column(String(36))
    person_id: Mapped[str] = mapped_column(String(36))
    kind: Mapped[str]
    quantity: Mapped[float]
    moved_at: Mapped[datetime]
    material_id: Mapped[str | None] = mapped_column(String(36))


def on_hand(movements: Iterable[StoreMovement]) -> float:
    """What is there, of one part in one store; movements in any order."""
    total = 0.0
    for each in sorted(movements, key=_in_time):
        if each.kind == MovementKind.COUNTED:
            total = each.quantity
        else:
            total += each.quantity if each.kind == MovementKind.CAME else -each.quantity
    return total


def _in_time(movement: StoreMovement) -> tuple[datetime, bool]:
    """A count is of what was there after the rest of that moment."""
    return movement.moved_at, movement.kind == MovementKind.COUNTED


def check_movement(columns: Columns) -> None:
    """:raises Refused: ``bad_value``"""
    kind, quantity = columns["kind"], columns["quantity"]
    if kind not in tuple(MovementKind):
        raise Refused("bad_value", field="kind", value=str(kind)[:20], why=", ".join(MovementKind))
    low = 0 if kind == MovementKind.COUNTED else 1e-9
    if not low <= quantity < QUANTITY_MAX:
        raise Refused("bad_value", field="quantity", value=quantity, why="> 0")
