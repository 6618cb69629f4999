"""Passes along the street that stands: also those told of what it was before it was edited."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.linear.heirs import heirs_of
from asset_model.linear.ruler import Ruler
from asset_model.linear.stretches import Side, Stretch, ancestry, reanchored
from asset_model.passes import Direction, Pass, counts

HANDS: dict[str | None, Side] = {Direction.FORWARD: "right", Direction.BACKWARD: "left"}
"""The side of a street on which one drives it, seen along its line: both turn when that does."""
DIRECTIONS = {"right": Direction.FORWARD, "left": Direction.BACKWARD}
TOGETHER = timedelta(hours=12)
"""Within it, a pass each way is the whole street done; a night, from the first to the last."""
END_M = 0.5
"""Measures that differ by less are the same: lengths were rounded, and lines redrawn."""


@dataclass(frozen=True)
class Made:
    """A pass where its stretch is now; `tag` is the segment that it was told of."""

    told: Pass
    tag: str
    from_m: float
    to_m: float
    direction: str | None


class Trip(NamedTuple):
    """What `runs` asks of a pass."""

    from_m: float
    to_m: float
    direction: str | None
    at: datetime


@dataclass(frozen=True)
class Run:
    """A part of a street since its last pass; not `whole`: on one side of it only."""

    from_m: float
    to_m: float
    at: datetime
    whole: bool


def stretch_of(one: Pass, tag: str) -> Stretch:
    return Stretch(tag, one.from_m, one.to_m, HANDS.get(one.direction, "both"))


def direction_on(stretch: Stretch, one: Pass) -> str | None:
    """The direction of a pass on a stretch that it was moved to."""
    return DIRECTIONS.get(stretch.side, one.direction)


def passes_along(
    session: Session, asset: Asset, *, since: datetime | None = None, kinds: Sequence[str] = ()
) -> list[Made]:
    """What counts, the latest first. Of several kinds all where none is named."""
    length_m = Ruler(asset.geometry or {}).length_m
    whole = Stretch(asset.tag, 0.0, length_m)
    found = [made for made in _on(session, whole, since, kinds) if made.from_m < made.to_m]
    return sorted(found, key=lambda made: (made.told.done_at, made.told.id), reverse=True)


def _on(
    session: Session, stretch: Stretch, since: datetime | None, kinds: Sequence[str]
) -> Iterator[Made]:
    query = select(Pass).join(Asset, Asset.id == Pass.asset_id)
    query = query.where(Asset.tag == stretch.segment, counts())
    if since is not None:
        query = query.where(Pass.done_at >= since)
    if kinds:
        query = query.where(Pass.kind.in_(kinds))
    for one in session.scalars(query):
        start, end = max(one.from_m, stretch.from_m), min(one.to_m, stretch.to_m)
        yield Made(one, stretch.segment, start, end, one.direction)
    heirs = heirs_of(session, stretch.segment)
    for older in ancestry(stretch, heirs):
        mine = [heir for heir in heirs if heir.old == older.segment]
        for made in _on(session, older, since, kinds):
            side = HANDS.get(made.direction, "both")
            for now in reanchored(Stretch(older.segment, made.from_m, made.to_m, side), mine):
                start, end = max(now.from_m, stretch.from_m), min(now.to_m, stretch.to_m)
                yield Made(made.told, made.tag, start, end, direction_on(now, made.told))


def runs(trips: Iterable[Trip], *, one_way: bool) -> list[Run]:
    """The parts of a street that were passed, by measure: each with its last pass.

    A part is `whole` once it was passed each way within a night, or if the street has but one; a
    pass of which nobody noted the way is one way's.
    """
    every = list(trips)
    ends = sorted({end for trip in every for end in (trip.from_m, trip.to_m)})
    found: list[Run] = []
    for start, end in pairwise(ends):
        over = [trip for trip in every if trip.from_m <= start and end <= trip.to_m]
        if over and end - start >= END_M:
            found.append(_run(start, end, over, one_way=one_way))
    return _joined(found)


def _run(start: float, end: float, over: Sequence[Trip], *, one_way: bool) -> Run:
    last = max(trip.at for trip in over)
    lately = {trip.direction for trip in over if trip.at > last - TOGETHER}
    each_way = {Direction.FORWARD, Direction.BACKWARD} <= lately or Direction.BOTH in lately
    return Run(start, end, last, one_way or each_way)


def _joined(found: Iterable[Run]) -> list[Run]:
    joined: list[Run] = []
    for run in found:
        last = joined[-1] if joined else None
        if last and (last.at, last.whole) == (run.at, run.whole) and run.from_m - last.to_m < END_M:
            joined[-1] = Run(last.from_m, run.to_m, run.at, run.whole)
        else:
            joined.append(run)
    return joined
