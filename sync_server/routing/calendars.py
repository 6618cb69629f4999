"""When a town works: which days, from when until when, and on which holidays it does not.

A calendar that closes at or before it opens is worked through the night: what it works on a day
ends on the next one.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from dateutil.easter import easter

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PROVINCES = frozenset(
    ["AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"]
)
A_DAY = timedelta(days=1)
AROUND_EASTER = {
    **dict.fromkeys(("good friday", "vendredi saint"), -2),
    **dict.fromkeys(("easter monday", "lundi de paques"), 1),
}
"""Of the two an employer in Québec closes on one, as it chooses; folded names, days from Easter."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """`holidays`: of which province, like QC; None: holidays are worked.

    `closed` and `open` are days beside those: each year (``12-24``), once (``2026-12-28``) or by
    name (`AROUND_EASTER`). `open` wins.
    """

    name: str
    days: tuple[str, ...]
    opens: time
    closes: time
    holidays: str | None = None
    closed: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()

    def works_on(self, day: date) -> bool:
        """Whether work begins on that day."""
        if self._names(day, self.open):
            return True
        if DAYS[day.weekday()] not in self.days or self._names(day, self.closed):
            return False
        return self.holidays is None or day not in _holidays(self.holidays, day.year)

    def works_at(self, at: datetime) -> bool:
        """`at` is local."""
        day, clock = at.date(), at.time()
        if not self.overnight:
            return self.opens <= clock < self.closes and self.works_on(day)
        return (clock >= self.opens and self.works_on(day)) or self._still_works(at)

    def day_of(self, at: datetime) -> date:
        """The day to which the work of a moment belongs; `at` is local."""
        return at.date() - A_DAY if self._still_works(at) else at.date()

    def hours_of(self, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """When the work of a day begins and ends, in UTC: their difference is time that passes."""
        ends = day + A_DAY if self.overnight else day
        begins_at = datetime.combine(day, self.opens, zone).astimezone(UTC)
        return begins_at, datetime.combine(ends, self.closes, zone).astimezone(UTC)

    @property
    def overnight(self) -> bool:
        return self.closes <= self.opens

    def _still_works(self, at: datetime) -> bool:
        """Whether it is a night that began the day before."""
        return self.overnight and at.time() < self.closes and self.works_on(at.date() - A_DAY)

    def _names(self, day: date, told: frozenset[str]) -> bool:
        if not told:
            return False
        from_easter = (day - easter(day.year)).days
        return (
            f"{day:%m-%d}" in told
            or day.isoformat() in told
            or any(AROUND_EASTER.get(each) == from_easter for each in told)
        )


ALWAYS = Calendar("always", DAYS, time(0), time(23, 59, 59))


@cache
def _holidays(province: str, year: int) -> frozenset[date]:
    """Whole before anybody sees it: that of the library fills up while others read it."""
    import holidays  # Heavy, and met late: a server starts without it.

    return frozenset(holidays.country_holidays("CA", subdiv=province, years=year))
