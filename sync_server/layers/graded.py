"""The latest grade of an asset and its trend, as expressions of the row of the asset.

Each asks by the asset's own gauges, of which it has one or two; the trend is that of
`asset_model.conditions.trend`.
"""

from typing import Any

from sqlalchemy import Select, case, func, null, select

from asset_model.assets import Asset
from asset_model.conditions import Trend
from asset_model.meters import Meter, MeterReading
from asset_model.vocabulary import TRUSTED, Measure, MeterKind

_GAUGE = (
    Meter.asset_id == Asset.id,
    Meter.measure == Measure.CONDITION,
    Meter.kind == MeterKind.GAUGE,
    Meter.removed_at.is_(None),
    Meter.total.is_not(None),
)


def _latest(column: Any) -> Any:
    query = select(column).where(*_GAUGE).order_by(Meter.read_at.desc(), Meter.id).limit(1)
    return query.correlate(Asset).scalar_subquery()


def _readings(column: Any) -> Select[Any]:
    of = Meter.id == MeterReading.meter_id
    query = select(column).select_from(MeterReading).join(Meter, of)
    return query.where(*_GAUGE, MeterReading.review.in_(TRUSTED)).correlate(Asset)


_GRADE = _latest(Meter.total)
_OTHER = (
    _readings(MeterReading.value)
    .where(MeterReading.value != _GRADE)
    .order_by(MeterReading.taken_at.desc(), MeterReading.id)
    .limit(1)
    .scalar_subquery()
)
"""The last grade that was another."""
_COUNT = _readings(func.count()).scalar_subquery()

GRADED: dict[str, Any] = {
    "condition_grade": _GRADE,
    "condition_at": _latest(Meter.read_at),
    "condition_trend": case(
        (_COUNT < 2, null()),
        (_OTHER.is_(None), Trend.STEADY),
        (_GRADE > _OTHER, Trend.WORSE),
        else_=Trend.BETTER,
    ),
}
"""By the name of the field."""
