"""What a unit's odometer showed last, as far as this tablet knows: it is where the next one begins.

What was signed here and is not sent yet counts as well; what the server has queued does not.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.fleet import Inspection
from asset_model.meter_rules import Gauged, shown_at
from asset_model.meters import Meter, MeterReading, reading_told_by
from asset_model.upkeep import MaintenanceSheet
from asset_model.vocabulary import TRUSTED, Measure

DECIMALS = 1
"""As an odometer shows them."""
RECORDS = ((Inspection, Inspection.ended_at), (MaintenanceSheet, MaintenanceSheet.signed_at))

Shown = tuple[datetime, float]


def odometer_shown(session: Session, unit_id: str) -> float | None:
    """Kilometres; None where nobody has read it."""
    told = [*_by_the_meter(session, unit_id), *_by_records(session, unit_id)]
    return round(max(told)[1], DECIMALS) if told else None


def _by_the_meter(session: Session, unit_id: str) -> Iterator[Shown]:
    query = select(Meter).where(
        Meter.asset_id == unit_id, Meter.measure == Measure.ODOMETER, Meter.removed_at.is_(None)
    )
    for meter in session.scalars(query):
        if meter.total is not None and meter.read_at is not None:
            yield meter.read_at, shown_at(Gauged.of(meter), meter.total)


def _by_records(session: Session, unit_id: str) -> Iterator[Shown]:
    for model, at in RECORDS:
        query = select(model.id, at, model.odometer_km).where(
            model.asset_id == unit_id, model.odometer_km.is_not(None)
        )
        for id, moment, km in session.execute(query.order_by(at.desc()).limit(1)):
            reading = session.get(MeterReading, reading_told_by(model.__tablename__, id))
            if km is not None and (reading is None or reading.review in TRUSTED):
                yield moment, km
