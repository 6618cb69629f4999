"""Promises in working time: the hours and days a town works, without its holidays.

Days are the town's. An hour of a night when the clock moves is nobody's working hour; a promise
that counts by the clock (`working` is false) counts hours that pass.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sync_server.routing.calendars import A_DAY, Calendar
from sync_server.routing.spans import Span

AHEAD_MAX = timedelta(days=5 * 366)


def due_at(start: datetime, span: Span, calendar: Calendar, zone: ZoneInfo) -> datetime:
    """When a promise that begins at `start` is due, in UTC.

    After n working days: when the n-th day after that of `start` closes. What comes in when nobody
    works begins when work does. None is due later than five years on, whatever the calendar.
    """
    if not span.working:
        return start.astimezone(UTC) + span.length
    local = start.astimezone(zone)
    if span.working_days:
        return _close_of_day(local, span.working_days, calendar, zone)
    left = span.length
    for opens, closes in _stretches(local, calendar, zone):
        if closes - opens >= left:
            return opens + left
        left -= closes - opens
    return start.astimezone(UTC) + AHEAD_MAX


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
    first, last = (calendar.day_of(at.astimezone(zone)) for at in (since, until))
    return sum(calendar.works_on(first + timedelta(n + 1)) for n in range((last - first).days))


def _close_of_day(local: datetime, days: int, calendar: Calendar, zone: ZoneInfo) -> datetime:
    for day in _days(calendar.day_of(local) + A_DAY):
        days -= calendar.works_on(day)
        if days == 0:
            return calendar.hours_of(day, zone)[1]
    return local.astimezone(UTC) + AHEAD_MAX


def _stretches(
    local: datetime, calendar: Calendar, zone: ZoneInfo
) -> Iterator[tuple[datetime, datetime]]:
    """What is left of the day, and then whole days, in UTC: differences are time that passes."""
    for day in _days(calendar.day_of(local)):
        if calendar.works_on(day):
            opens, closes = calendar.hours_of(day, zone)
            opens = max(opens, local.astimezone(UTC))
            if opens < closes:
                yield opens, closes


def _days(first: date) -> Iterator[date]:
    yield from (first + timedelta(n) for n in range(AHEAD_MAX.days))
