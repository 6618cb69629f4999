"""Promises in working time: the hours and days a town works, without its holidays.

Days are the town's. An hour of a night when the clock moves is nobody's working hour; a promise
that counts by the clock (`working` is false) counts hours that pass.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sync_server.routing.spans import Span

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
YEARS_AHEAD_MAX = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """`holidays`: of which province, like QC; None: holidays are worked."""

    name: str
    days: tuple[str, ...]
    opens: time
    closes: time
    holidays: str | None = None

    def works_on(self, day: date) -> bool:
        if DAYS[day.weekday()] not in self.days:
            return False
        return self.holidays is None or day not in _holidays(self.holidays)

    def works_at(self, at: datetime) -> bool:
        """`at` is local."""
        return self.works_on(at.date()) and self.opens <= at.time() < self.closes


ALWAYS = Calendar("always", DAYS, time(0), time(23, 59, 59))


@cache
def _holidays(province: str) -> Any:
    import holidays  # Heavy, and met late: a server starts without it.

    return holidays.country_holidays("CA", subdiv=province)


def due_at(start: datetime, span: Span, calendar: Calendar, zone: ZoneInfo) -> datetime:
    """When a promise that begins at `start` is due, in UTC.

    After n working days: when the n-th day after that of `start` closes. What comes in when nobody
    works begins when work does.
    """
    if not span.working:
        return start.astimezone(UTC) + span.length
    local = start.astimezone(zone)
    if span.working_days:
        return _close_of_day(local, span.working_days, calendar, zone)
    left = span.length
    for opens, closes in _stretches(local, calendar, zone):
        if closes - opens >= left:
            return (opens + left).astimezone(UTC)
        left -= closes - opens
    raise ValueError(f"the calendar {calendar.name} never works")


def worked(since: datetime, until: datetime, calendar: Calendar, zone: ZoneInfo) -> timedelta:
    """How much of the time between is worked."""
    passed = timedelta()
    for opens, closes in _stretches(since.astimezone(zone), calendar, zone):
        if opens >= until:
            break
        passed += min(closes, until.astimezone(UTC)) - opens
    return passed


def worked_days(since: datetime, until: datetime, calendar: Calendar, zone: ZoneInfo) -> int:
    """How many worked days begin after the day of `since`, up to that of `until`."""
    first, last = since.astimezone(zone).date(), until.astimezone(zone).date()
    return sum(calendar.works_on(first + timedelta(n + 1)) for n in range((last - first).days))


def _close_of_day(local: datetime, days: int, calendar: Calendar, zone: ZoneInfo) -> datetime:
    for day in _days(local.date() + timedelta(1)):
        days -= calendar.works_on(day)
        if days == 0:
            return datetime.combine(day, calendar.closes, zone).astimezone(UTC)
    raise ValueError(f"the calendar {calendar.name} never works")


def _stretches(
    local: datetime, calendar: Calendar, zone: ZoneInfo
) -> Iterator[tuple[datetime, datetime]]:
    """What is left of the day, and then whole days, in UTC: differences are time that passes."""
    for day in _days(local.date()):
        if calendar.works_on(day):
            opens = datetime.combine(day, calendar.opens, zone).astimezone(UTC)
            closes = datetime.combine(day, calendar.closes, zone).astimezone(UTC)
            opens = max(opens, local.astimezone(UTC))
            if opens < closes:
                yield opens, closes


def _days(first: date) -> Iterator[date]:
    yield from (first + timedelta(n) for n in range(366 * YEARS_AHEAD_MAX))
