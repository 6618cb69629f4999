"""A promise in the time that it counts: put off where it stood still, and soon to be missed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sync_server.routing.calendars import A_DAY, Calendar
from sync_server.routing.spans import Span
from sync_server.routing.working_time import due_at, worked, worked_days

A_MOMENT = timedelta(seconds=1)
DAYS_BACK_MAX = 366


def later(
    due: datetime,
    *,
    since: datetime,
    until: datetime,
    span: Span | None,
    calendar: Calendar,
    zone: ZoneInfo,
) -> datetime:
    """When a promise is due that stood still from `since` until `until`, in UTC.

    One of working days by as many days as were worked meanwhile, one of working hours by those
    hours, any other by the time that has passed. A clock that was set back puts nothing forward.
    """
    until = max(since, until)
    if span is None or not span.working:
        return due + (until - since)
    if span.working_days:
        days = worked_days(since, until, calendar, zone)
        if not days:
            return due
        return due_at(
            due, Span("", timedelta(days), working=True, working_days=days), calendar, zone
        )
    length = worked(since, until, calendar, zone)
    return due_at(due, Span("", length, working=True), calendar, zone) if length else due


def soon_at(due: datetime, span: Span, calendar: Calendar, zone: ZoneInfo) -> datetime:
    """From when on somebody should see that a promise is to be missed, before it is.

    One of several working days: the last of them; of one: its morning. Any other: the last quarter
    of it, and no more than a day.
    """
    if not span.working_days:
        return due - min(A_DAY, span.length / 4)
    last = calendar.day_of((due - A_MOMENT).astimezone(zone))
    if span.working_days == 1:
        return calendar.hours_of(last, zone)[0]
    before = (last - timedelta(n + 1) for n in range(DAYS_BACK_MAX))
    worked_before = (day for day in before if calendar.works_on(day))
    return calendar.hours_of(next(worked_before, last), zone)[1]
