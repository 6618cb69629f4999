"""What the law wants kept of a unit's maintenance: sheets, brake measures, storage; and its cost.

Section 200 of the regulation lists them. Sheets and measures are signed facts: what was signed is
never edited, a correction is a new sheet that names the one it replaces.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from asset_model.base import Base, Synced
from asset_model.facts import Fact
from asset_model.fleet import Signed

SERVER_WINS = {"merge": "server_wins"}
SERVERS = {"server": True}

BRAKE_KINDS = ("lining", "pad", "drum", "disc", "pushrod")
SIDES = ("left", "right")
SHEET_RESULTS = ("ok", "defect", "na")
RATE_KINDS = ("labour", "part", "fuel", "equipment")


class MaintenanceSheet(Signed, Base):
    """The signed sheet of a maintenance or a verification, each line conforming or not.

    `lines`: ``{"label_fr", "label_en", "result", "note"}``. `order_id` names no parent: the sheet
    goes with its unit. One that names a plan and no order is work done elsewhere, or before
    Voirie: the plan counts from it. `certificate` is the number of the sticker or certificate.
    """

    __tablename__ = "maintenance_sheet"
    __table_args__ = (Index("ix_maintenance_sheet_asset_id_done_on", "asset_id", "done_on"),)

    plan_id: Mapped[str | None] = mapped_column(String(36))
    order_id: Mapped[str | None] = mapped_column(String(36), index=True)
    title: Mapped[str]
    done_on: Mapped[date]
    garage: Mapped[str]
    """Who did it: the town's own garage, or another by its name."""
    lines: Mapped[list[Any]]
    odometer_km: Mapped[float | None]
    certificate: Mapped[str | None]
    replaces_id: Mapped[str | None] = mapped_column(String(36))
    note: Mapped[str | None]


class BrakeMeasure(Synced, Base):
    """One line of the brake register: what was measured at a wheel, and the limit it has."""

    __tablename__ = "brake_measure"
    __table_args__ = (Index("ix_brake_measure_asset_id_measured_on", "asset_id", "measured_on"),)

    asset_id: Mapped[str] = mapped_column(String(36))
    person_id: Mapped[str] = mapped_column(String(36))
    sheet_id: Mapped[str | None] = mapped_column(String(36), index=True)
    measured_on: Mapped[date]
    axle: Mapped[int]
    side: Mapped[str]
    kind: Mapped[str]
    value_mm: Mapped[float]
    minimum_mm: Mapped[float | None]
    maximum_mm: Mapped[float | None]
    received_at: Mapped[datetime | None] = mapped_column(info=SERVERS)

    @property
    def within(self) -> bool | None:
        """Whether it is within its limits; None where no limit was given."""
        if self.minimum_mm is None and self.maximum_mm is None:
            return None
        low = self.minimum_mm is None or self.value_mm >= self.minimum_mm
        return low and (self.maximum_mm is None or self.value_mm <= self.maximum_mm)


class StoragePeriod(Synced, Base):
    """A unit is stored away (remisée): off the road, from a day on up to the day it returns."""

    __tablename__ = "storage_period"

    asset_id: Mapped[str] = mapped_column(String(36), index=True)
    person_id: Mapped[str] = mapped_column(String(36))
    begins_on: Mapped[date]
    ends_on: Mapped[date | None] = mapped_column(info=SERVER_WINS)
    """The first day on which it may run again; None: nobody knows yet."""
    place: Mapped[str | None]
    reason: Mapped[str | None]


class Rate(Synced, Base):
    """What an hour of a role or a machine, a part or a litre costs from a day on. The office's."""

    __tablename__ = "rate"
    __table_args__ = (Index("ix_rate_kind_code_since", "kind", "code", "since"),)

    kind: Mapped[str]
    code: Mapped[str]
    """A role, a part's code, a fuel, a machine's tag or its kind; ``*``: every one that has no rate
    of its own.
    """
    since: Mapped[date]
    amount: Mapped[float] = mapped_column(info=SERVER_WINS)
    overtime_amount: Mapped[float | None] = mapped_column(info=SERVER_WINS)
    source: Mapped[str | None] = mapped_column(info=SERVER_WINS)


class OutsideCost(Fact, Base):
    """An invoice for work or parts from outside, before taxes; a credit is a negative amount."""

    __tablename__ = "outside_cost"

    supplier: Mapped[str]
    invoice: Mapped[str | None]
    invoiced_on: Mapped[date]
    amount: Mapped[float]
    what: Mapped[str | None]
