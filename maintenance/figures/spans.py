"""Periods of days, and stretches of time within them that may lie over one another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

HOUR = timedelta(hours=1)


class Span(NamedTuple):
    """From a moment up to another, which is not in it."""

    begin: datetime
    end: datetime


@dataclass(frozen=True)
class Period:
    """Whole days of the town, both within: 23 or 25 hours long on the nights of the time change."""

    first: date
    last: date
    zone: ZoneInfo

    @property
    def span(self) -> Span:
        after = self.last + timedelta(days=1)
        begin, end = (
            datetime.combine(day, time(), tzinfo=self.zone).astimezone(UTC)
            for day in (self.first, after)
        )
        return Span(begin, end)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()


def clipped(span: Span, within: Span) -> Span | None:
    """The part of a span that is within another; None where there is none."""
    begin, end = max(span.begin, within.begin), min(span.end, within.end)
    return Span(begin, end) if begin < end else None


def united(spans: Iterable[Span]) -> list[Span]:
    """The same time with no moment told twice, in order."""
    whole: list[Span] = []
    for span in sorted(spans):
        if whole and span.begin <= whole[-1].end:
            whole[-1] = Span(whole[-1].begin, max(whole[-1].end, span.end))
        elif span.begin < span.end:
            whole.append(span)
    return whole


def without(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """The time of some spans that is in none of others; both are walked once."""
    left: list[Span] = []
    gone, first = united(taken), 0
    for span in united(spans):
        begin = span.begin
        while first < len(gone) and gone[first].end <= begin:
            first += 1
        place = first
        while place < len(gone) and gone[place].begin < span.end:
            if begin < gone[place].begin:
                left.append(Span(begin, gone[place].begin))
            begin = max(begin, gone[place].end)
            place += 1
        if begin < span.end:
            left.append(Span(begin, span.end))
    return left


def hours(spans: Iterable[Span]) -> float:
    """How long they are together, each moment counted once."""
    return sum((span.end - span.begin for span in united(spans)), timedelta()) / HOUR
