"""How good an asset was judged to be, over the years; and what other gauges say of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from asset_model.conditions import Trend, gauge_of, trend
from asset_model.documents import AssetDocument
from asset_model.meters import Meter, MeterReading
from asset_model.people import Person
from asset_model.vocabulary import TRUSTED, Measure, MeterKind

GRADES_MAX = 40


@dataclass(frozen=True)
class Judgement:
    """One grade: when, whose, why. `person` is empty for what is told by its total alone."""

    grade: float
    at: datetime
    person: str = ""
    note: str | None = None
    pictures: tuple[AssetDocument, ...] = ()


@dataclass(frozen=True)
class Condition:
    """`judgements`: the newest first. `others`: what other gauges stand at."""

    judgements: tuple[Judgement, ...]
    others: tuple[Meter, ...]

    @property
    def trend(self) -> Trend | None:
        return trend([each.grade for each in self.judgements])


def condition_of(session: Session, asset_id: str) -> Condition:
    gauges = session.scalars(
        select(Meter).where(
            Meter.asset_id == asset_id, Meter.kind == MeterKind.GAUGE, Meter.removed_at.is_(None)
        )
    ).all()
    own = [meter for meter in gauges if meter.measure == Measure.CONDITION]
    others = (m for m in gauges if m.measure != Measure.CONDITION and m.total is not None)
    found = _judgements(session, asset_id, {gauge_of(asset_id), *(meter.id for meter in own)})
    if not found:  # An import's readings stay at the office: the gauge has the latest.
        found = tuple(
            Judgement(meter.total, meter.read_at)
            for meter in own
            if meter.total is not None and meter.read_at is not None
        )
    return Condition(found, tuple(sorted(others, key=lambda meter: meter.measure)))


def _judgements(session: Session, asset_id: str, gauges: set[str]) -> tuple[Judgement, ...]:
    query = (
        select(MeterReading, Person.name)
        .outerjoin(Person, Person.id == MeterReading.person_id)
        .where(MeterReading.meter_id.in_(gauges))
        .where(or_(MeterReading.review.in_(TRUSTED), MeterReading.review.is_(None)))
        .order_by(MeterReading.taken_at.desc(), MeterReading.id.desc())
        .limit(GRADES_MAX)
    )
    rows = session.execute(query).all()
    pictures = _pictures(session, asset_id) if rows else {}
    return tuple(
        Judgement(one.value, one.taken_at, name or "", one.note, tuple(pictures.get(one.id, ())))
        for one, name in rows
    )


def _pictures(session: Session, asset_id: str) -> dict[str, list[AssetDocument]]:
    query = select(AssetDocument).where(
        AssetDocument.asset_id == asset_id,
        AssetDocument.reading_id.is_not(None),
        AssetDocument.withdrawn_at.is_(None),
    )
    found: dict[str, list[AssetDocument]] = {}
    for one in session.scalars(query.order_by(AssetDocument.id)):
        found.setdefault(one.reading_id or "", []).append(one)
    return found
