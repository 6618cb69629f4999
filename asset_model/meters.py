"""Meters of units and equipment, and what was read on them."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from asset_model.base import Base, Synced
from asset_model.ids import derived_id
from asset_model.vocabulary import Measure, MeterKind, Review

SERVER_WINS = {"merge": "server_wins"}
SERVERS = {"server": True}

DAILY_MAX = {Measure.ODOMETER: 1_500.0, Measure.ENGINE_HOURS: 24.0, Measure.PLOW_HOURS: 24.0}
"""More than this a day is not believed; the default of a new meter's `daily_max`."""


def reading_told_by(table: str, row: str) -> str:
    """The id of the one reading that a report or a sheet tells, whoever hears of it."""
    return derived_id("reading told by", table, row)


class Meter(Synced, Base):
    """One physical meter. A replaced one is `removed_at`, and the next goes on from its total.

    Lifetime total = `offset` + what the meter shows + `rollover_at` for each time it began anew
    from zero. The last four columns are the server's, worked out from the readings it trusts.
    """

    __tablename__ = "meter"

    asset_id: Mapped[str] = mapped_column(String(36), index=True)
    measure: Mapped[str]
    unit: Mapped[str]
    kind: Mapped[str] = mapped_column(default=MeterKind.COUNTER)
    rollover_at: Mapped[float | None] = mapped_column(info=SERVER_WINS)
    daily_max: Mapped[float | None] = mapped_column(info=SERVER_WINS)
    offset: Mapped[float] = mapped_column(default=0.0, info=SERVER_WINS)
    replaces_id: Mapped[str | None] = mapped_column(String(36))
    installed_at: Mapped[datetime]
    removed_at: Mapped[datetime | None] = mapped_column(info=SERVER_WINS)
    total: Mapped[float | None] = mapped_column(info=SERVERS)
    read_at: Mapped[datetime | None] = mapped_column(info=SERVERS)
    per_day: Mapped[float | None] = mapped_column(info=SERVERS)
    per_day_error: Mapped[float | None] = mapped_column(info=SERVERS)


class MeterReading(Synced, Base):
    """What a meter showed at a moment, whenever it was heard of. Kept even where it cannot be.

    `review` is the server's: a reading that cannot be is queued, and used once somebody has
    accepted it. `total` is the lifetime total at that reading, while it is trusted.
    """

    __tablename__ = "meter_reading"
    __table_args__ = (
        Index("ix_meter_reading_meter_id_taken_at", "meter_id", "taken_at"),
        Index("ix_meter_reading_review", "review"),
    )

    meter_id: Mapped[str] = mapped_column(String(36))
    asset_id: Mapped[str] = mapped_column(String(36))
    value: Mapped[float]
    taken_at: Mapped[datetime]
    person_id: Mapped[str | None] = mapped_column(String(36))
    source: Mapped[str]
    estimated: Mapped[bool] = mapped_column(default=False)
    received_at: Mapped[datetime | None] = mapped_column(info=SERVERS)
    total: Mapped[float | None] = mapped_column(info=SERVERS)
    review: Mapped[str] = mapped_column(default=Review.SOUND, info=SERVERS | SERVER_WINS)
    why: Mapped[str | None] = mapped_column(info=SERVERS)
    """Why it is queued: a code of `asset_model/errors.py`."""
    reviewed_by: Mapped[str | None] = mapped_column(String(36), info=SERVERS | SERVER_WINS)
    reviewed_at: Mapped[datetime | None] = mapped_column(info=SERVERS | SERVER_WINS)
    note: Mapped[str | None]
    """What whoever read it has to say: of a condition, what was seen."""
