"""The totals of a meter: worked out beside a new reading, or anew for all of them.

A reading that comes in is judged by the one before and the one after it, wherever it lies: what it
costs does not grow with how many the meter has. Where the meter stands is worked out once for all
that a write brings.
"""

from bisect import insort
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.errors import Refused
from asset_model.meter_rules import Gauged, Point, check_reading, rate, run_between, totals
from asset_model.meters import Meter, MeterReading
from asset_model.sync.wire import Columns
from asset_model.vocabulary import TRUSTED, MeterKind, Review
from sync_server.feed import Image
from sync_server.reading_books import PLACE, Held, moment
from sync_server.readings_beside import beside, points_of_late
from sync_server.workspace import Draft, Workspace

ROUNDING = 1e-6
"""Totals that differ by less are the same."""


def gauged(meter: Image) -> Gauged:
    said = meter.columns
    return Gauged(
        counts=said["kind"] == MeterKind.COUNTER,
        offset=said["offset"],
        rollover_at=said["rollover_at"],
        daily_max=said["daily_max"],
        installed_at=moment(said["installed_at"]),
        removed_at=moment(said["removed_at"]) if said["removed_at"] else None,
    )


def take_in(draft: Draft, meter: Image, new: Held) -> Columns:
    """The columns of a new reading, with the server's word on it; its meter follows at the end."""
    if _is_recounted(draft, meter.row):
        return _among_all(draft, meter, new)
    before, after = beside(draft, meter.row, new)
    why = _why_not(draft, meter, [each.point for each in (before, after) if each], new)
    if why is not None:
        return {**new.columns, "review": Review.QUEUED, "why": why}
    total = _total_between(meter, before, new, after)
    if total is None:
        return _among_all(draft, meter, new)
    columns = {**new.columns, "total": total}
    draft.books.add(meter.row, Held(new.id, columns))
    draft.workspace.endings["meters"] = settle
    return columns


def recount(
    draft: Draft, meter: Image, *, but: str | None = None, new: Held | None = None
) -> Columns:
    """Work out every total of the meter anew, and its queue; the columns of `new`, which is trusted
    and not in the draft yet.
    """
    draft.books.recounted.add(meter.row)
    trusted, queued = _readings(draft, meter.row, but=new.id if new else but)
    if new is not None:
        insort(trusted, new, key=PLACE)
    every = _judged_again(draft, meter, trusted, queued)
    return _count(draft, meter, every, new)


def settle(workspace: Workspace) -> None:
    """At the end of a write: what waited and now can be, where each meter stands, how it runs."""
    draft = Draft(workspace)
    for meter_id in list(workspace.books.added):
        bring_up(draft, meter_id)
    draft.land()


def bring_up(draft: Draft, meter_id: str) -> None:
    """The meter as the readings of this write leave it."""
    meter = draft.get("meter", meter_id)
    books = (draft.books, draft.workspace.books)
    if meter is None or _is_recounted(draft, meter_id):
        return
    if not any(meter_id in each.added for each in books):
        return
    for held in _queue(draft, meter_id):
        columns = take_in(draft, meter, Held(held.id, {**held.columns, "review": Review.SOUND}))
        if _is_recounted(draft, meter_id):
            return
        if columns["review"] == Review.SOUND:
            image = draft.get("meter_reading", held.id)
            assert image is not None
            draft.put(replace(image, columns={**columns, "why": None}))
    _stand(draft, meter, points_of_late(draft, meter_id))


def _is_recounted(draft: Draft, meter_id: str) -> bool:
    return meter_id in draft.books.recounted or meter_id in draft.workspace.books.recounted


def _among_all(draft: Draft, meter: Image, new: Held) -> Columns:
    """By all of the meter's readings: others of them were changed by this write, or will be."""
    trusted, _ = _readings(draft, meter.row, but=new.id)
    why = _why_not(draft, meter, [held.point for held in trusted], new)
    if why is not None:
        return {**new.columns, "review": Review.QUEUED, "why": why}
    return recount(draft, meter, new=new)


def _total_between(
    meter: Image, before: Held | None, new: Held, after: Held | None
) -> float | None:
    """The total at a new reading; None where those after it would have to move."""
    rules = gauged(meter)
    if not rules.counts:
        return new.point.value
    if before is None:
        total = rules.offset + new.point.value
    else:
        known = before.columns["total"]
        if known is None:
            return None
        total = known + run_between(rules, before.point, new.point)
    if after is not None:
        expected = total + run_between(rules, new.point, after.point)
        stands = after.columns["total"]
        if stands is None or abs(expected - stands) > ROUNDING:
            return None
    return float(total)


def _why_not(draft: Draft, meter: Image, points: Sequence[Point], new: Held) -> str | None:
    """The code of what says that a reading cannot be; None where nothing does."""
    try:
        check_reading(gauged(meter), points, new.point, now=draft.workspace.now)
    except Refused as why:
        return why.code
    return None


def _judged_again(
    draft: Draft, meter: Image, trusted: Sequence[Held], queued: Sequence[Held]
) -> list[Held]:
    """The trusted readings, with those of the queue that can be now that others are known.

    One wrong value that was believed queues every true one after it: they come back with its end.
    """
    every = list(trusted)
    points = [held.point for held in every]
    for held in queued:
        if _why_not(draft, meter, points, held) is None:
            insort(points, held.point)
            sound = Held(held.id, {**held.columns, "review": Review.SOUND, "why": None})
            insort(every, sound, key=PLACE)
    return every


def _readings(
    draft: Draft, meter_id: str, *, but: str | None = None
) -> tuple[list[Held], list[Held]]:
    """The meter's trusted readings and its queue, in the order they were taken, this write's as
    well.
    """
    session = draft.workspace.session
    query = select(MeterReading.id).where(MeterReading.meter_id == meter_id)
    known = session.scalars(query.where(MeterReading.review != Review.REJECTED)).all()
    draft.workspace.load(("meter_reading", id) for id in known)
    held = [each for each in _touched(draft, meter_id, known) if each.id != but]
    trusted = [each for each in held if each.columns["review"] in TRUSTED]
    return trusted, [each for each in held if each.columns["review"] == Review.QUEUED]


def _queue(draft: Draft, meter_id: str) -> list[Held]:
    query = select(MeterReading.id).where(
        MeterReading.meter_id == meter_id, MeterReading.review == Review.QUEUED
    )
    known = draft.workspace.session.scalars(query).all()
    draft.workspace.load(("meter_reading", id) for id in known)
    held = _touched(draft, meter_id, known)
    return [each for each in held if each.columns["review"] == Review.QUEUED]


def _touched(draft: Draft, meter_id: str, known: Sequence[str]) -> list[Held]:
    """The readings of these ids and those of this write, in order."""
    mine = [image.row for image in draft.touched("meter_reading")]
    images = (draft.get("meter_reading", id) for id in dict.fromkeys([*known, *mine]))
    held = [
        Held(image.row, image.columns)
        for image in images
        if image is not None and image.columns["meter_id"] == meter_id
    ]
    return sorted(held, key=PLACE)


def _count(draft: Draft, meter: Image, every: list[Held], new: Held | None) -> Columns:
    """Put every total of the meter right. `every` is in the order it was taken in."""
    found = totals(gauged(meter), [held.point for held in every])
    told: Columns = {}
    for held, total in zip(every, found, strict=True):
        columns = {**held.columns, "total": total}
        if new is not None and held.id == new.id:
            told = columns
        elif columns != held.columns:
            image = draft.get("meter_reading", held.id)
            assert image is not None
            draft.put(replace(image, columns=columns))
    _stand(draft, meter, [(h.point.taken_at, total) for h, total in zip(every, found, strict=True)])
    return told


def _stand(draft: Draft, meter: Image, points: Sequence[tuple[datetime, float]]) -> None:
    """Where the meter stands, and how fast it runs; then the one that has taken its place."""
    standing: dict[str, Any] = {"total": None, "read_at": None}
    if meter.columns["replaces_id"]:
        standing = {"total": meter.columns["offset"], "read_at": meter.columns["installed_at"]}
    if points:
        standing = {"total": points[-1][1], "read_at": instant(points[-1][0])}
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
    for id in _followers(draft.workspace.session, draft, meter.row):
        later = draft.get("meter", id)
        if later is not None and later.columns["offset"] == (before or 0.0):
            moved = replace(later, columns={**later.columns, "offset": total})
            recount(draft, moved)


def _followers(session: Session, draft: Draft, meter_id: str) -> list[str]:
    stored = session.scalars(select(Meter.id).where(Meter.replaces_id == meter_id)).all()
    mine = [i.row for i in draft.touched("meter") if i.columns["replaces_id"] == meter_id]
    return list(dict.fromkeys([*stored, *mine]))
