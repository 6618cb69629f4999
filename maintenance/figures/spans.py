"""Periods of days, and stretches of time within them that may lie over one another."""

from collections.abc import Iterable, Sequence
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
    """The time of some spans that is in none of others."""
    left = united(spans)
    for gone in united(taken):
        left = [rest for span in left for rest in _cut(span, gone)]
    return left


def _cut(span: Span, gone: Span) -> Sequence[Span]:
    ends = (
        Span(span.begin, min(span.end, gone.begin)),
        Span(max(span.begin, gone.end), span.end),
    )
    return [rest for rest in ends if rest.begin < rest.end]


def hours(spans: Iterable[Span]) -> float:
    """How long they are together, each moment counted once."""
    return sum((span.end - span.begin for span in united(spans)), timedelta()) / HOUR
