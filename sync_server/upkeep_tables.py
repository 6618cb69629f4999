"""What upkeep takes, kept on the server by its commands: fuel, parts of plans, stock."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from sync_server.tables import ServerBase


class FuelFill(ServerBase):
    """Fuel that a unit took, as a card's statement tells it: litres, and cost with taxes."""

    __tablename__ = "fuel_fill"
    __table_args__ = (Index("ix_fuel_fill_asset_id_filled_at", "asset_id", "filled_at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    asset_id: Mapped[str] = mapped_column(String(36))
    filled_at: Mapped[datetime]
    litres: Mapped[float]
    cost: Mapped[float | None]
    reference: Mapped[str | None]
    card: Mapped[str | None]
    source: Mapped[str]
    received_at: Mapped[datetime]


class PlanPart(ServerBase):
    """How much of a part one occurrence of a plan takes."""

    __tablename__ = "plan_part"

    plan_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    part_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    quantity: Mapped[float]


class StockMovement(ServerBase):
    """A part was counted, came in, or left otherwise than by an order. Only ever added.

    A *count* says what was there at that moment; what crews use is in their orders' own facts.
    """

    __tablename__ = "stock_movement"
    __table_args__ = (Index("ix_stock_movement_part_id_moved_at", "part_id", "moved_at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    part_id: Mapped[str] = mapped_column(String(36))
    kind: Mapped[str]
    quantity: Mapped[float]
    moved_at: Mapped[datetime]
    note: Mapped[str | None]
    made_at: Mapped[datetime]


class PlanPublication(ServerBase):
    """Changes of plans that somebody published together, and why; the journal has them all."""

    __tablename__ = "plan_publication"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(36))
    why: Mapped[str]
    changes: Mapped[list[Any]] = mapped_column(JSON)
    """Ids of the journal's entries."""
    published_at: Mapped[datetime]


class MadeCampaign(ServerBase):
    """A campaign whose orders were made: who is ready on its day is asked of it again."""

    __tablename__ = "campaign"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str]
    wanted: Mapped[dict[str, Any]]
    """As its file would say it (`campaign_file.py`), days as text."""
    person_id: Mapped[str] = mapped_column(String(36))
    made_at: Mapped[datetime]
