"""A week of the page, and the two beside it: the week before, and the same one of last year."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from asset_model.base import instant
from asset_model.errors import Refused
from maintenance.due import TORONTO
from maintenance.figures.spans import Period, Span
from sync_server.bulletins.asking import Asking

WEEK = timedelta(days=7)
BESIDE = {"week_before": WEEK, "year_before": 52 * WEEK}
"""How long ago each began. 52 weeks: the same days of the week, so that Mondays meet Mondays."""


@dataclass(frozen=True)
class Week(Period):
    """From a Monday on. One that is not over ends now; those beside it at the same day and hour."""

    until: datetime | None = None

    @property
    def span(self) -> Span:
        begin, end = super().span
        return Span(begin, end if self.until is None else self.until)

    def ago(self, length: timedelta) -> "Week":
        """The same stretch of a week so long ago, by the clock on the wall."""
        first, last = self.first - length, self.last - length
        if self.until is None:
            return Week(first, last, self.zone)
        local = self.until.astimezone(self.zone) - length
        return Week(first, last, self.zone, local.astimezone(self.until.tzinfo))

    def told(self) -> dict[str, Any]:
        until = instant(self.until) if self.until else None
        return {"first": self.first.isoformat(), "last": self.last.isoformat(), "until": until}


def week_of(asking: Asking) -> Week:
    """The week asked for, else that of yesterday: on a Monday morning, the one that has just ended.

    :raises Refused: ``bad_value`` where it begins on no Monday, or is still to come
    """
    yesterday = asking.today - timedelta(days=1)
    first = asking.day("week", _monday_of(yesterday))
    if first != _monday_of(first) or first > asking.today:
        raise Refused("bad_value", field="week", value=first.isoformat(), why="2026-11-23")
    week = Week(first, first + timedelta(days=6), TORONTO)
    if week.last < asking.today:
        return week
    return replace(week, last=asking.today, until=asking.now)


def beside(week: Week, which: str) -> Week:
    """`which`: one of `BESIDE`, or nothing for the week itself."""
    return week.ago(BESIDE[which]) if which else week


def _monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
