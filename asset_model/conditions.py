"""How good an asset is: a grade from 1 to 5, judged by whoever looks at it, and where it goes.

A grade is a reading of a gauge that every asset may have, under one id wherever it is judged. The
server makes the gauge at its first reading: two tablets that never met read the same one.

1 very good … 5 very poor, as the grades of sewers are (PACP) and those of the intervention plans of
Québec's towns. Other gauges (a PCI that was imported) keep their own scale.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from asset_model.errors import Refused
from asset_model.ids import derived_id
from asset_model.vocabulary import Measure, MeterKind

GRADES = (1, 2, 3, 4, 5)
UNIT = "/5"
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
"""When the gauge was "installed": a judgement that arrives late is of no other gauge."""
NOTE_LENGTH_MAX = 2_000


class Trend(StrEnum):
    BETTER = "better"
    STEADY = "steady"
    WORSE = "worse"


def gauge_of(asset_id: str) -> str:
    """The id of the gauge on which grades of this asset are read."""
    return derived_id("condition of", asset_id)


def gauge_columns(asset_id: str) -> dict[str, Any]:
    """The columns that say what that gauge is."""
    return {
        "asset_id": asset_id,
        "measure": Measure.CONDITION,
        "unit": UNIT,
        "kind": MeterKind.GAUGE,
        "installed_at": ALWAYS,
    }


def check_grade(value: float) -> None:
    """:raises Refused: ``grade_unknown``"""
    if value not in GRADES:
        raise Refused("grade_unknown", value=value)


def trend(grades: Sequence[float]) -> Trend | None:
    """Where grades go, the newest first; None while there is only one.

    Against the last grade that was another: a good year among three does not hide that it sinks.
    """
    if len(grades) < 2:
        return None
    latest = grades[0]
    before = next((grade for grade in grades[1:] if grade != latest), latest)
    if before == latest:
        return Trend.STEADY
    return Trend.WORSE if latest > before else Trend.BETTER
