"""Meters of an asset that is cut or joined: what was read last is where its heirs begin."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.ids import NewId, derived_id
from asset_model.meters import Meter, MeterReading
from asset_model.sync.wire import Change
from asset_model.vocabulary import TRUSTED, MeterKind, ReadingSource
from sync_server import desk
from sync_server.segments.edit import Edit


class Part(NamedTuple):
    """A meter of an old asset, its last trusted reading, and how much of the new asset it is."""

    meter: Meter
    reading: MeterReading | None
    metres: float


def meters(session: Session, edit: Edit, new_id: NewId) -> Iterator[Change]:
    """A condition goes on as the mean by length; a counter as the highest total of the parts."""
    for tag, asset_id in edit.ids.items():
        parts: dict[str, list[Part]] = defaultdict(list)
        for old, metres in edit.shares(tag):
            for meter in _meters(session, old.id):
                parts[meter.measure].append(Part(meter, _last(session, meter), metres))
        there = {meter.measure: meter for meter in _meters(session, asset_id)}
        for measure, found in parts.items():
            yield from _go_on(session, asset_id, there.get(measure), found, new_id)


def _go_on(
    session: Session, asset_id: str, there: Meter | None, parts: Sequence[Part], new_id: NewId
) -> Iterator[Change]:
    model = parts[0].meter
    gauge = model.kind == MeterKind.GAUGE
    meter = there or Meter(
        id=derived_id("meter of a piece", asset_id, model.measure),
        asset_id=asset_id,
        measure=model.measure,
        unit=model.unit,
        kind=model.kind,
        daily_max=model.daily_max,
        offset=0.0 if gauge else max(part.meter.total or 0.0 for part in parts),
        installed_at=min(part.meter.installed_at for part in parts),
    )
    if there is None:
        yield desk.inserted(meter, new_id=new_id)
    read = [(part.reading, part.metres) for part in parts if part.reading is not None]
    if not gauge or not read:
        return
    taken_at = max(reading.taken_at for reading, _ in read)
    last = _last(session, there) if there else None
    if last is not None and last.taken_at >= taken_at:
        return
    value = sum(reading.value * metres for reading, metres in read) / sum(m for _, m in read)
    carried = MeterReading(
        id=derived_id("reading of a piece", meter.id, instant(taken_at)),
        meter_id=meter.id,
        asset_id=asset_id,
        value=round(value, 2),
        taken_at=taken_at,
        source=ReadingSource.IMPORT,
        estimated=True,
    )
    yield desk.inserted(carried, new_id=new_id)


def _meters(session: Session, asset_id: str) -> Sequence[Meter]:
    query = select(Meter).where(Meter.asset_id == asset_id, Meter.removed_at.is_(None))
    return session.scalars(query.order_by(Meter.measure, Meter.id)).all()


def _last(session: Session, meter: Meter) -> MeterReading | None:
    query = (
        select(MeterReading)
        .where(MeterReading.meter_id == meter.id, MeterReading.review.in_(TRUSTED))
        .order_by(MeterReading.taken_at.desc(), MeterReading.id)
        .limit(1)
    )
    return session.scalars(query).first()
