"""Passes: a unit went along a stretch of a street, and cleared, treated, swept or watched it.

A pass is only ever added. One that was told by mistake is taken back by another that names it in
`reverses_id`: both stay, and neither counts.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Index, String, select
from sqlalchemy.orm import Mapped, aliased, mapped_column

from asset_model.base import Base, Synced
from asset_model.errors import Refused
from asset_model.sync.wire import Columns

STREET = "road_segment"


class PassKind(StrEnum):
    CLEARING = "clearing"
    """With a plow; a truck that spreads as it plows says its material too."""
    SPREADING = "spreading"
    SWEEPING = "sweeping"
    PATROL = "patrol"


class Direction(StrEnum):
    """Against the line of the segment, from its first point to its last. None: nobody noted it."""

    FORWARD = "forward"
    BACKWARD = "backward"
    BOTH = "both"
    """There and back, told as one."""


TURNED = {Direction.FORWARD: Direction.BACKWARD, Direction.BACKWARD: Direction.FORWARD}


class Spread(StrEnum):
    SALT = "salt"
    TREATED_SALT = "treated_salt"
    SAND = "sand"
    MIX = "mix"
    """Salt and sand."""


class RateUnit(StrEnum):
    KG_PER_KM = "kg_per_km"
    G_PER_M2 = "g_per_m2"


RATE_MAX = {RateUnit.KG_PER_KM: 1_500.0, RateUnit.G_PER_M2: 300.0}
"""Twice what the heaviest sanding takes: beyond it the unit was mistaken, or the decimal point."""


class PassSource(StrEnum):
    """Whose word it is: somebody's, or a file's (telematics, another system's)."""

    PERSON = "person"
    FILE = "file"


class Pass(Synced, Base):
    """From one measure of a segment to another. `done_at` is when it was done, however late told.

    `order_id` names no parent: it stays when its order is closed. `place` says the street to those
    that do not hold the segment. `rate` is of `material`, in `rate_unit`.
    """

    __tablename__ = "pass"
    __table_args__ = (Index("ix_pass_asset_id_done_at", "asset_id", "done_at"),)

    asset_id: Mapped[str] = mapped_column(String(36))
    order_id: Mapped[str | None] = mapped_column(String(36), index=True)
    person_id: Mapped[str | None] = mapped_column(String(36))
    unit_id: Mapped[str | None] = mapped_column(String(36))
    kind: Mapped[str]
    direction: Mapped[str | None]
    from_m: Mapped[float]
    to_m: Mapped[float]
    done_at: Mapped[datetime]
    noted_at: Mapped[datetime]
    received_at: Mapped[datetime | None] = mapped_column(info={"server": True})
    blade_down: Mapped[bool | None]
    material: Mapped[str | None]
    rate: Mapped[float | None]
    rate_unit: Mapped[str | None]
    source: Mapped[str] = mapped_column(default=PassSource.PERSON)
    place: Mapped[str | None]
    note: Mapped[str | None]
    reverses_id: Mapped[str | None] = mapped_column(String(36), index=True)


def counts() -> ColumnElement[bool]:
    """Of passes: those that stand, being neither taken back nor a taking back."""
    other = aliased(Pass)
    taken_back = select(other.id).where(other.reverses_id == Pass.id)
    return Pass.reverses_id.is_(None) & ~taken_back.exists()


def check_pass(columns: Columns) -> None:
    """What holds for every pass, whoever tells of it; columns as on the wire or as of a row.

    :raises Refused: ``bad_value``, ``pass_no_stretch``, ``pass_no_material``
    """
    _check_word("kind", columns["kind"], PassKind)
    _check_word("source", columns["source"], PassSource)
    for name, words in (("direction", Direction), ("material", Spread), ("rate_unit", RateUnit)):
        if columns[name] is not None:
            _check_word(name, columns[name], words)
    start, end = columns["from_m"], columns["to_m"]
    if not 0 <= start < end:
        raise Refused("pass_no_stretch", from_m=start, to_m=end)
    if columns["done_at"] > columns["noted_at"]:
        why = f"≤ {columns['noted_at']}"
        raise Refused("bad_value", field="done_at", value=str(columns["done_at"]), why=why)
    if columns["kind"] == PassKind.SPREADING and columns["material"] is None:
        raise Refused("pass_no_material")
    _check_rate(columns)


def _check_rate(columns: Columns) -> None:
    rate, unit = columns["rate"], columns["rate_unit"]
    if rate is None and unit is None:
        return
    if rate is None or unit is None or columns["material"] is None:
        raise Refused("bad_value", field="rate", value=rate, why="rate, rate_unit, material")
    most = RATE_MAX[RateUnit(unit)]
    if not 0 < rate <= most:
        raise Refused("bad_value", field="rate", value=rate, why=f"0 < rate ≤ {most:g} ({unit})")


def _check_word(name: str, value: Any, words: Iterable[str]) -> None:
    if value not in tuple(words):
        raise Refused("bad_value", field=name, value=str(value)[:80], why=", ".join(words))
