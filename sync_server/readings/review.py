"""Readings that wait for somebody's review, and what people make of them.

Nothing that was read is ever changed: a corrected value is a reading of its own, beside the one
that it corrects.
"""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.base import instant
from asset_model.codec import columns_of
from asset_model.errors import Refused
from asset_model.ids import NewId, derived_id
from asset_model.meter_rules import Gauged, Point, check_reading
from asset_model.meters import Meter, MeterReading
from asset_model.people import Person
from asset_model.sync.wire import Change
from asset_model.vocabulary import TRUSTED, MeterKind, ReadingSource, Review
from sync_server import desk


@dataclass(frozen=True)
class Waiting:
    """A queued reading, with why in details and the trusted ones on either side of it."""

    reading: MeterReading
    meter: Meter
    tag: str
    why: Refused
    before: Point | None
    after: Point | None


def waiting(session: Session, *, now: datetime) -> list[Waiting]:
    """The queue, in the order that the readings were taken, unit by unit."""
    query = (
        select(MeterReading, Meter, Asset.tag)
        .join(Meter, Meter.id == MeterReading.meter_id)
        .join(Asset, Asset.id == MeterReading.asset_id)
        .where(MeterReading.review == Review.QUEUED)
        .order_by(Asset.tag, Meter.measure, MeterReading.taken_at, MeterReading.id)
    )
    points: dict[str, list[Point]] = {}
    found = []
    for reading, meter, tag in session.execute(query).all():
        if meter.id not in points:
            points[meter.id] = _trusted(session, meter.id)
        found.append(_waiting(reading, meter, tag, points[meter.id], now))
    return found


def _trusted(session: Session, meter_id: str) -> list[Point]:
    query = select(MeterReading.taken_at, MeterReading.value).where(
        MeterReading.meter_id == meter_id, MeterReading.review.in_(TRUSTED)
    )
    return sorted(Point(taken_at, value) for taken_at, value in session.execute(query))


def _waiting(
    reading: MeterReading, meter: Meter, tag: str, trusted: Sequence[Point], now: datetime
) -> Waiting:
    mine = Point(reading.taken_at, reading.value)
    place = bisect(trusted, mine)
    why = why_not(meter, trusted, mine, now=now) or Refused(reading.why or "reading_falls")
    before = trusted[place - 1] if place else None
    return Waiting(
        reading, meter, tag, why, before, trusted[place] if place < len(trusted) else None
    )


def why_not(
    meter: Meter, trusted: Sequence[Point], mine: Point, *, now: datetime
) -> Refused | None:
    try:
        check_reading(Gauged.of(meter), trusted, mine, now=now)
    except Refused as why:
        return why
    return None


@dataclass(frozen=True)
class Reviewer:
    """Who decides, when, and the ids of what comes of it."""

    session: Session
    person: Person
    now: datetime
    new_id: NewId

    def found(self, id: str) -> MeterReading:
        """The reading whose id begins so.

        :raises Refused: ``reading_unknown``, ``reading_several``
        """
        query = select(MeterReading).where(MeterReading.id.startswith(id, autoescape=True))
        matching = self.session.scalars(query.limit(3)).all()
        if len(matching) > 1:
            raise Refused("reading_several", count=len(matching), id=id)
        if not matching:
            raise Refused("reading_unknown", id=id)
        return matching[0]

    def accept(self, reading: MeterReading) -> None:
        """It is right as it stands, whatever the rules say."""
        self._write([self._verdict(reading, Review.ACCEPTED)])

    def discard(self, reading: MeterReading) -> None:
        """It is wrong, and used for nothing."""
        self._write([self._verdict(reading, Review.REJECTED)])

    def correct(self, reading: MeterReading, value: float) -> MeterReading:
        """What was really shown at that moment: the reading beside it, by the reviewer's word.

        :raises Refused: ``reading_still_cannot``, ``reading_reviewed``
        """
        _not_yet(reading)
        meter = self.session.get_one(Meter, reading.meter_id)
        trusted = [
            point
            for point in _trusted(self.session, meter.id)
            if point != Point(reading.taken_at, reading.value)
        ]
        mine = Point(reading.taken_at, value)
        why = why_not(meter, trusted, mine, now=self.now)
        if why is not None:
            details = {"value": value, "why": why.sentence(self.person.language)}
            raise Refused("reading_still_cannot", **details)
        corrected = self._again(reading, reading.meter_id, value)
        self._write([self._verdict(reading, Review.REJECTED), self._inserted(corrected)])
        return corrected

    def replaced(
        self, reading: MeterReading, since: datetime | None = None, *, starts_at: float = 0.0
    ) -> Meter:
        """From this reading on another meter was read: it goes on from the total of the old one.

        It is on the unit `since` then, else since the last trusted reading of the old one, and
        showed `starts_at`. The queued readings of that time are read on it.

        :raises Refused: ``meter_not_counter``, ``reading_outside``, ``reading_reviewed``
        """
        _not_yet(reading)
        old = self.session.get_one(Meter, reading.meter_id)
        if old.kind != MeterKind.COUNTER:
            raise Refused("meter_not_counter")
        since = since or self._last_trusted(old, reading.taken_at)
        if since > reading.taken_at or old.removed_at is not None:
            raise Refused("reading_outside")
        kept = columns_of(old)
        same = {name: kept[name] for name in ("asset_id", "measure", "unit", "kind")}
        # Without an offset of its own it follows the old one's total, should that still move.
        offset = (old.total or 0.0) - starts_at if starts_at else 0.0
        limits = {"rollover_at": old.rollover_at, "daily_max": old.daily_max, "offset": offset}
        id = derived_id("meter", "replaces", old.id)
        new = Meter(id=id, installed_at=since, replaces_id=old.id, **same, **limits)
        query = select(MeterReading).where(
            MeterReading.meter_id == old.id,
            MeterReading.review == Review.QUEUED,
            MeterReading.taken_at >= since,
        )
        moved = self.session.scalars(query.order_by(MeterReading.taken_at)).all()
        changes = [self._inserted(new)]
        for each in moved:
            changes.append(self._verdict(each, Review.REJECTED))
            changes.append(self._inserted(self._again(each, id, each.value)))
        self._write(changes)
        return new

    def _last_trusted(self, meter: Meter, before: datetime) -> datetime:
        taken = [p.taken_at for p in _trusted(self.session, meter.id) if p.taken_at <= before]
        return max(taken, default=meter.installed_at)

    def _again(self, reading: MeterReading, meter_id: str, value: float) -> MeterReading:
        moved = meter_id != reading.meter_id
        return MeterReading(
            id=derived_id("reading", "instead of", reading.id, meter_id, f"{value!r}"),
            meter_id=meter_id,
            asset_id=reading.asset_id,
            value=value,
            taken_at=reading.taken_at,
            person_id=reading.person_id if moved else self.person.id,
            source=reading.source if moved else ReadingSource.PERSON,
            estimated=False,
        )

    def _inserted(self, row: Any) -> Change:
        return desk.inserted(row, new_id=self.new_id)

    def _verdict(self, reading: MeterReading, review: Review) -> Change:
        mine = {
            "review": review,
            "reviewed_by": self.person.id,
            "reviewed_at": instant(self.now),
        }
        return desk.edited(
            "meter_reading", reading.id, columns_of(reading), mine, new_id=self.new_id
        )

    def _write(self, changes: Sequence[Change]) -> None:
        desk.write(
            self.session, changes, now=self.now, new_id=self.new_id, person_id=self.person.id
        )


def _not_yet(reading: MeterReading) -> None:
    if reading.review == Review.REJECTED:
        raise Refused("reading_reviewed")
