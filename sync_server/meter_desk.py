"""What follows from a reading or a meter that comes in: its total, its rate, or its review."""

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import Any

from sqlalchemy import select

from asset_model.base import instant
from asset_model.errors import Refused
from asset_model.meter_rules import Gauged, Point, check_reading, rate, totals
from asset_model.meters import Meter, MeterReading
from asset_model.sync.wire import Columns
from asset_model.vocabulary import TRUSTED, MeterKind, Review
from sync_server.feed import Image
from sync_server.workspace import Draft


@dataclass(frozen=True)
class _Held:
    """A reading as it will stand: its id, when it was taken, what it says."""

    id: str
    columns: Columns

    @cached_property
    def point(self) -> Point:
        return Point(_moment(self.columns["taken_at"]), self.columns["value"])

    @property
    def place(self) -> tuple[datetime, float, str]:
        """By which readings are in order."""
        return self.point.taken_at, self.point.value, self.id


_PLACE = attrgetter("place")


def of_insert(draft: Draft, table: str, row: str, columns: Columns) -> Columns:
    """A new meter, or a new reading, with the server's word on it.

    :raises Refused: ``row_unknown`` until a reading's meter is here, ``meter_unknown``
    """
    if table == "meter":
        return _of_new_meter(draft, columns)
    return _of_new_reading(draft, row, columns)


def of_edit(draft: Draft, image: Image, columns: Columns) -> Columns:
    """A meter set right, or a reading that was reviewed: what the totals come to.

    :raises Refused: ``bad_value`` where a review is none of the words for it
    """
    if image.table == "meter":
        return _of_meter(draft, image.row, columns)
    return _of_review(draft, image.row, image.columns, columns)


def _of_new_reading(draft: Draft, row: str, columns: Columns) -> Columns:
    """One that cannot be is kept, and queued."""
    meter = _meter(draft, columns)
    columns = {**columns, "received_at": instant(draft.workspace.now)}
    trusted, queued = _readings(draft, meter.row, but=row)
    new = _Held(row, columns)
    why = _why_not(draft, meter, trusted, new)
    if why is not None:
        return {**columns, "review": Review.QUEUED, "why": why}
    insort(trusted, new, key=_PLACE)
    return _count(draft, meter, _judged_again(draft, meter, trusted, queued), new)


def _why_not(draft: Draft, meter: Image, trusted: Sequence[_Held], new: _Held) -> str | None:
    """The code of what says that a reading cannot be; None where nothing does."""
    points = [held.point for held in trusted]
    try:
        check_reading(_gauged(meter), points, new.point, now=draft.workspace.now)
    except Refused as why:
        return why.code
    return None


def _judged_again(
    draft: Draft, meter: Image, trusted: Sequence[_Held], queued: Sequence[_Held]
) -> list[_Held]:
    """The trusted readings, with those of the queue that can be now that others are known.

    One wrong value that was believed queues every true one after it: they come back with its end.
    """
    every = list(trusted)
    for held in queued:
        if _why_not(draft, meter, every, held) is None:
            sound = _Held(held.id, {**held.columns, "review": Review.SOUND, "why": None})
            insort(every, sound, key=_PLACE)
    return every


def _of_review(draft: Draft, row: str, before: Columns, columns: Columns) -> Columns:
    """A person accepted or rejected a reading: what the meter comes to without it, or with it."""
    if columns["review"] not in list(Review):
        why = ", ".join(Review)
        raise Refused("bad_value", field="review", value=str(columns["review"])[:80], why=why)
    if (before["review"] in TRUSTED) == (columns["review"] in TRUSTED):
        return columns
    meter, held = _meter(draft, columns), _Held(row, columns)
    trusted, queued = _readings(draft, meter.row, but=row)
    if columns["review"] in TRUSTED:
        insort(trusted, held, key=_PLACE)
        return _count(draft, meter, _judged_again(draft, meter, trusted, queued), held)
    _count(draft, meter, _judged_again(draft, meter, trusted, queued), None)
    return {**columns, "total": None}


def _of_new_meter(draft: Draft, columns: Columns) -> Columns:
    """A meter that takes another's place goes on from its total, and the other is taken off.

    Without an `offset` of its own it is taken to begin at zero.
    """
    old = draft.get("meter", columns["replaces_id"]) if columns["replaces_id"] else None
    if old is None:
        return columns
    if old.columns["removed_at"] is None:
        removed = {**old.columns, "removed_at": columns["installed_at"]}
        draft.put(replace(old, columns=removed))
    offset = columns["offset"] or old.columns["total"] or 0.0
    kept = {name: old.columns[name] for name in ("per_day", "per_day_error")}
    total = old.columns["total"] if old.columns["total"] is not None else offset
    return {**columns, **kept, "offset": offset, "total": total, "read_at": columns["installed_at"]}


def _of_meter(draft: Draft, row: str, columns: Columns) -> Columns:
    """Its rollover, its offset or its limit was set right: every total of it follows."""
    image = draft.get("meter", row)
    assert image is not None
    standing = replace(image, columns=columns)
    _count(draft, standing, _judged_again(draft, standing, *_readings(draft, row)), None)
    counted = draft.get("meter", row)
    assert counted is not None
    return counted.columns


def _meter(draft: Draft, columns: Columns) -> Image:
    meter = draft.get("meter", columns["meter_id"])
    if meter is None:
        raise Refused("row_unknown", row=columns["meter_id"])
    if meter.columns["asset_id"] != columns["asset_id"]:
        raise Refused("meter_unknown")
    return meter


def _gauged(meter: Image) -> Gauged:
    said = meter.columns
    return Gauged(
        counts=said["kind"] == MeterKind.COUNTER,
        offset=said["offset"],
        rollover_at=said["rollover_at"],
        daily_max=said["daily_max"],
        installed_at=_moment(said["installed_at"]),
        removed_at=_moment(said["removed_at"]) if said["removed_at"] else None,
    )


@lru_cache(maxsize=2**14)
def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _readings(
    draft: Draft, meter_id: str, *, but: str | None = None
) -> tuple[list[_Held], list[_Held]]:
    """The meter's trusted readings and its queue, in the order they were taken, this write's as
    well.
    """
    session = draft.workspace.session
    query = select(MeterReading.id).where(MeterReading.meter_id == meter_id)
    known = session.scalars(query.where(MeterReading.review != Review.REJECTED)).all()
    draft.workspace.load(("meter_reading", id) for id in known)
    mine = [image.row for image in draft.touched("meter_reading")]
    images = (draft.get("meter_reading", id) for id in dict.fromkeys([*known, *mine]))
    held = [
        _Held(image.row, image.columns)
        for image in images
        if image is not None and image.row != but and image.columns["meter_id"] == meter_id
    ]
    held.sort(key=_PLACE)
    trusted = [each for each in held if each.columns["review"] in TRUSTED]
    return trusted, [each for each in held if each.columns["review"] == Review.QUEUED]


def _count(draft: Draft, meter: Image, every: list[_Held], new: _Held | None) -> Columns:
    """Put every total of the meter right; the columns of `new`, which is not in the draft yet.

    `every` is in the order it was taken in.
    """
    found = totals(_gauged(meter), [held.point for held in every])
    told: Columns = {}
    for held, total in zip(every, found, strict=True):
        columns = {**held.columns, "total": total}
        if new is not None and held.id == new.id:
            told = columns
        elif columns != held.columns:
            image = draft.get("meter_reading", held.id)
            assert image is not None
            draft.put(replace(image, columns=columns))
    _stand(draft, meter, every, found)
    return told


def _stand(draft: Draft, meter: Image, every: list[_Held], found: list[float]) -> None:
    """Where the meter stands, and how fast it runs; then the one that has taken its place."""
    standing: dict[str, Any] = {"total": None, "read_at": None}
    if meter.columns["replaces_id"]:
        standing = {"total": meter.columns["offset"], "read_at": meter.columns["installed_at"]}
    if every:
        standing = {"total": found[-1], "read_at": every[-1].columns["taken_at"]}
    points = [(held.point.taken_at, total) for held, total in zip(every, found, strict=True)]
    pace = rate(points)
    if pace is not None and meter.columns["kind"] == MeterKind.COUNTER:
        standing |= {"per_day": pace.per_day, "per_day_error": pace.error}
    counted = replace(meter, columns={**meter.columns, **standing})
    if counted.columns != meter.columns or draft.get("meter", meter.row) != meter:
        draft.put(counted)
    _follow(draft, meter, before=meter.columns["total"], total=standing["total"])


def _follow(draft: Draft, meter: Image, *, before: float | None, total: float | None) -> None:
    """The meter that took this one's place began where it ended: where that moved, it moves."""
    if before == total or total is None:
        return
    session = draft.workspace.session
    stored = session.scalars(select(Meter.id).where(Meter.replaces_id == meter.row)).all()
    mine = [i.row for i in draft.touched("meter") if i.columns["replaces_id"] == meter.row]
    for id in dict.fromkeys([*stored, *mine]):
        later = draft.get("meter", id)
        if later is not None and later.columns["offset"] == (before or 0.0):
            moved = replace(later, columns={**later.columns, "offset": total})
            _count(draft, moved, _readings(draft, id)[0], None)
