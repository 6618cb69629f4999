"""What readings of a meter come to: pure, and the same whatever the order they arrive in.

A reading that cannot be (a counter that fell, more than can be run in a day) is queued for a
person's review and used for nothing before. Everyone works with the others.
"""

from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import sqrt
from typing import Any

from asset_model.errors import Refused
from asset_model.fleet_rules import TOWN_ZONE
from asset_model.vocabulary import MeterKind

SLACK = timedelta(hours=1)
"""Readings are noted to the hour at best: so much running more is believed."""

CLOCK_SLACK = timedelta(minutes=10)
"""A device's clock may be this far ahead before its reading counts as one of the future."""

DAY_S = 86_400


@dataclass(frozen=True)
class Gauged:
    """The part of a meter that readings are judged by (`asset_model/meters.py`)."""

    counts: bool
    offset: float
    rollover_at: float | None
    daily_max: float | None
    installed_at: datetime
    removed_at: datetime | None

    @classmethod
    def of(cls, meter: Any) -> "Gauged":
        return cls(
            meter.kind == MeterKind.COUNTER,
            meter.offset,
            meter.rollover_at,
            meter.daily_max,
            meter.installed_at,
            meter.removed_at,
        )


@dataclass(frozen=True, order=True)
class Point:
    """A reading: when it was taken, and what the meter showed."""

    taken_at: datetime
    value: float


def check_reading(meter: Gauged, trusted: Sequence[Point], new: Point, *, now: datetime) -> None:
    """Whether a reading can be, beside the trusted ones just before and after it in time.

    `trusted` is in the order it was taken in.

    :raises Refused: ``reading_in_future``, ``reading_outside``, ``reading_falls``,
        ``reading_too_fast``
    """
    if new.taken_at > now + CLOCK_SLACK:
        raise Refused(
            "reading_in_future", taken_at=f"{new.taken_at.astimezone(TOWN_ZONE):%Y-%m-%d %H:%M}"
        )
    if new.taken_at < meter.installed_at - SLACK or (
        meter.removed_at is not None and new.taken_at > meter.removed_at + SLACK
    ):
        raise Refused("reading_outside")
    if not meter.counts:
        return
    place = bisect(trusted, new)
    if place > 0:
        gain(meter, trusted[place - 1], new)
    if place < len(trusted):
        gain(meter, new, trusted[place])


def gain(meter: Gauged, before: Point, after: Point) -> float:
    """How much a counter ran between two readings, begun anew from zero where it may have been.

    :raises Refused: ``reading_falls``, ``reading_too_fast``
    """
    most = _most(meter, after.taken_at - before.taken_at)
    ran = after.value - before.value
    if ran < 0 and meter.rollover_at is not None and ran + meter.rollover_at <= most:
        ran += meter.rollover_at
    if ran < 0:
        raise Refused("reading_falls", before=before.value, value=after.value)
    if ran > most:
        days = (after.taken_at - before.taken_at).total_seconds() / DAY_S
        raise Refused(
            "reading_too_fast", gained=ran, days=round(days, 1), daily_max=meter.daily_max
        )
    return ran


def _most(meter: Gauged, span: timedelta) -> float:
    """What it can have run in that time. Half a turn, where nothing else says a rollover."""
    if meter.daily_max is not None:
        return meter.daily_max * (span + SLACK).total_seconds() / DAY_S
    return float("inf") if meter.rollover_at is None else meter.rollover_at / 2


def totals(meter: Gauged, trusted: Sequence[Point]) -> list[float]:
    """The lifetime total at each trusted reading, in the order they were taken.

    A reading that a person accepted against the rules stands as it is: the total follows it.
    """
    if not meter.counts:
        return [point.value for point in trusted]
    found: list[float] = []
    for number, point in enumerate(trusted):
        if number == 0:
            found.append(meter.offset + point.value)
        else:
            found.append(found[-1] + run_between(meter, trusted[number - 1], point))
    return found


def run_between(meter: Gauged, before: Point, after: Point) -> float:
    """How much it ran; by the values alone where the rules would not have it."""
    try:
        return gain(meter, before, after)
    except Refused:
        return after.value - before.value


def shown_at(meter: Gauged, total: float) -> float:
    """What the meter shows at a lifetime total: the other way round."""
    shown = total - meter.offset if meter.counts else total
    return shown % meter.rollover_at if meter.rollover_at else shown


@dataclass(frozen=True)
class Rate:
    """How much a counter runs in a day, and the standard error of it; None where one span is all
    that is known.
    """

    per_day: float
    error: float | None


RATE_OVER = timedelta(days=365)


def rate(points: Iterable[tuple[datetime, float]]) -> Rate | None:
    """The rate over the last year of (moment, total); None while there are not two moments.

    Spans weigh by their length: error² = Σ days·(rate − mean)² / ((spans − 1)·Σ days).
    """
    every = sorted(points)
    if not every:
        return None
    recent = [point for point in every if point[0] >= every[-1][0] - RATE_OVER]
    spans = [
        ((later - sooner).total_seconds() / DAY_S, after - before)
        for (sooner, before), (later, after) in pairwise(recent)
        if later > sooner
    ]
    days = sum(span for span, _ in spans)
    if not spans:
        return None
    mean = sum(ran for _, ran in spans) / days
    if len(spans) == 1:
        return Rate(mean, None)
    spread = sum(span * (ran / span - mean) ** 2 for span, ran in spans)
    return Rate(mean, sqrt(spread / ((len(spans) - 1) * days)))
