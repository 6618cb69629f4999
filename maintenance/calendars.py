"""The calendar of a plan: an RFC 5545 recurrence, read by its letter.

A fixed plan of the 31st skips shorter months, one of 29 February waits for a leap year;
`BYMONTHDAY=-1` is the last day of every month. A floating plan counts whole days, weeks, months or
years from the day it was last done, and from the 31st it comes to the last day of a shorter month.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrule, rruleset, rrulestr

from asset_model.errors import Refused

FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
BARE = frozenset({"FREQ", "INTERVAL", "WKST"})
CYCLE_YEARS = 28
"""Weekdays fall on the same days of the year again, but for centuries; what gives no day in this
long gives none at all."""


@dataclass(frozen=True)
class Calendar:
    """A rule from a day on. Days are the town's."""

    rule: str
    starts_on: date

    @cached_property
    def parts(self) -> dict[str, str]:
        """:raises Refused: ``plan_rule_unreadable``"""
        pairs = [part.partition("=") for part in self.rule.upper().split(";")]
        if not all(name and equals and value for name, equals, value in pairs):
            raise self._unreadable("NAME=VALUE;…")
        return {name: value for name, _, value in pairs}

    @cached_property
    def interval(self) -> int:
        """:raises Refused: ``plan_interval_zero``, ``plan_rule_unreadable``"""
        text = self.parts.get("INTERVAL", "1")
        if not text.isdecimal():
            raise self._unreadable(f"INTERVAL={text[:20]}")
        if int(text) == 0:
            raise Refused("plan_interval_zero", field="INTERVAL", value=0)
        return int(text)

    @cached_property
    def frequency(self) -> str:
        """:raises Refused: ``plan_rule_unreadable``"""
        frequency = self.parts.get("FREQ", "")
        if frequency not in FREQUENCIES:
            raise self._unreadable(f"FREQ: {', '.join(FREQUENCIES)}")
        return frequency

    def _unreadable(self, why: str) -> Refused:
        return Refused("plan_rule_unreadable", rule=self.rule[:80], why=why)

    def days(self, first: date, last: date) -> list[date]:
        """The days of a fixed plan, both ends included.

        :raises Refused: ``plan_rule_unreadable``, ``plan_interval_zero``, ``plan_never_due``
        """
        every = self._from(self._start_near(first)).between(
            _midnight(first), _midnight(last), inc=True
        )
        return [moment.date() for moment in every]

    def first_from(self, day: date) -> date | None:
        """The first day of a fixed plan on or after `day`; None when there is none any more."""
        found = self._from(self._start_near(day)).after(_midnight(day), inc=True)
        return None if found is None else found.date()

    def after(self, done_on: date) -> date:
        """When a floating plan is due again."""
        return done_on + self._step

    @cached_property
    def _step(self) -> relativedelta:
        """:raises Refused: ``plan_rule_floats``: it names days, which a floating plan cannot"""
        if more := sorted(self.parts.keys() - BARE):
            raise Refused("plan_rule_floats", parts=", ".join(more))
        return relativedelta(**{_UNITS[self.frequency]: self.interval})  # type: ignore[arg-type]

    def _from(self, start: date) -> rrule | rruleset:
        if not self._comes:
            raise Refused("plan_never_due", rule=self.rule[:80], starts_on=f"{self.starts_on}")
        return self._read(self.rule, start)

    def _read(self, rule: str, start: date) -> rrule | rruleset:
        try:
            return rrulestr(rule, dtstart=_midnight(start), ignoretz=True)
        except (ArithmeticError, AttributeError, ValueError) as error:
            raise self._unreadable(str(error)) from error

    @cached_property
    def _comes(self) -> bool:
        """Whether the rule gives any day at all.

        The library walks one that gives none to the year 9999, day by day: it is asked of years
        just before that have the weekdays and the leap years of ours.
        """
        kept = {"INTERVAL": str(self.interval), "FREQ": self.frequency, **self.parts}
        endless = {name: value for name, value in kept.items() if name not in ("COUNT", "UNTIL")}
        self._read(self.rule, self.starts_on)
        rule = ";".join(f"{name}={value}" for name, value in endless.items())
        return next(iter(self._read(rule, _late_twin(self.starts_on))), None) is not None

    def _start_near(self, first: date) -> date:
        """A start in step with the plan's, shortly before `first`: walking from an old one is slow.

        Within the period before, so that none of its days is left out.
        """
        start = self.starts_on
        if first <= start or "COUNT" in self.parts:
            return start
        if self.frequency in ("MONTHLY", "YEARLY"):
            months = self.interval * (12 if self.frequency == "YEARLY" else 1)
            return _months_before(start, first, months)
        days = self.interval * (7 if self.frequency == "WEEKLY" else 1)
        return start + timedelta((first - start).days // days * days)


_UNITS = {"DAILY": "days", "WEEKLY": "weeks", "MONTHLY": "months", "YEARLY": "years"}


def _months_before(start: date, first: date, months: int) -> date:
    """The last day before `first` that is whole periods after `start`, on its day of the month."""
    between = (first.year - start.year) * 12 + first.month - start.month
    for periods in range(between // months - 1, 0, -1):
        year, month = divmod(start.year * 12 + start.month - 1 + periods * months, 12)
        if start.day <= monthrange(year, month + 1)[1]:
            return date(year, month + 1, start.day)
    return start


def _late_twin(day: date) -> date:
    """The same day of a year like its own, in the last cycle that the calendar has."""
    for year in range(date.max.year - CYCLE_YEARS - 8, date.max.year):
        if _kind(year) == _kind(day.year):
            return day.replace(year=year)
    raise AssertionError("every kind of year comes within a cycle")


def _kind(year: int) -> tuple[int, int]:
    return date(year, 1, 1).weekday(), year % 4


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


@dataclass(frozen=True)
class Season:
    """A stretch of the year, from a (month, day) to another, both within; it may wrap the year."""

    opens: tuple[int, int]
    closes: tuple[int, int]

    def holds(self, day: date) -> bool:
        here = (day.month, day.day)
        if self.opens <= self.closes:
            return self.opens <= here <= self.closes
        return here >= self.opens or here <= self.closes

    def next_opening(self, day: date) -> date:
        """The first day after `day` on which it opens; of 29 February, 1 March in other years."""
        month, number = self.opens
        for year in (day.year, day.year + 1):
            opening = date(year, month, min(number, monthrange(year, month)[1]))
            if number > opening.day:
                opening += timedelta(days=1)
            if opening > day:
                return opening
        raise AssertionError("a season opens every year")


def in_season(seasons: Sequence[Season], day: date) -> date:
    """The day itself, or the day on which the next season opens."""
    if not seasons or any(season.holds(day) for season in seasons):
        return day
    return min(season.next_opening(day) for season in seasons)
