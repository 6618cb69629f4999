"""Moving soft dates off days off and out of full weeks. A legal date never moves."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from asset_model.vocabulary import OccurrenceStatus as S
from maintenance.history import Week
from maintenance.occurrences import Due
from maintenance.reasons import Reason

SATURDAY = 5


def quebec_days_off() -> Container[date]:
    """Québec's statutory holidays, of whatever year is asked for."""
    import holidays  # Heavy, and not every command asks for days off.

    return holidays.country_holidays("CA", subdiv="QC")


def week_of(day: date) -> Week:
    year, week, _ = day.isocalendar()
    return year, week


@dataclass
class Moving:
    """What stands against a date: days off, and the hours that a shop's weeks have left."""

    today: date
    days_off: Container[date]
    weekly_hours: Mapping[str, float]
    booked: dict[tuple[str, Week], float]

    def is_off(self, day: date, wanted: date) -> bool:
        """A day off; a weekend too, unless the plan itself asked for one."""
        weekend = day.weekday() >= SATURDAY and wanted.weekday() < SATURDAY
        return weekend or day in self.days_off

    def takes(self, each: Due, day: date) -> bool:
        limit = self.weekly_hours.get(each.plan.shop or "")
        hours = each.plan.estimated_hours
        if limit is None or not hours:
            return True
        return self.booked.get(_slot(each, day), 0.0) + hours <= limit

    def book(self, each: Due) -> None:
        slot = _slot(each, max(each.wanted_on, self.today))
        self.booked[slot] = self.booked.get(slot, 0.0) + (each.plan.estimated_hours or 0.0)


def _slot(each: Due, day: date) -> tuple[str, Week]:
    return each.plan.shop or "", week_of(day)


def settle(asked: Iterable[Due], moving: Moving) -> list[Due]:
    """Give every order its day; what is absorbed goes along with its host."""
    every = list(asked)
    settled: dict[str, Due] = {}
    orders = [each for each in every if each.state == S.GENERATED]
    for each in sorted(orders, key=_urgency):
        settled[each.id] = _place(each, moving)
        moving.book(settled[each.id])
    return [settled.get(each.id) or _along(each, settled) for each in every]


def _urgency(each: Due) -> tuple[bool, date, str, str]:
    """Legal dates take their room first."""
    return (not _is_fixed(each), each.wanted_on, each.plan.code, each.asset_id or "")


def _is_fixed(each: Due) -> bool:
    return each.plan.legal or each.legal or each.held


def _along(each: Due, settled: Mapping[str, Due]) -> Due:
    host = settled.get(each.absorbed_by or "")
    return each if host is None else replace(each, wanted_on=host.wanted_on)


def _place(each: Due, moving: Moving) -> Due:
    if _is_fixed(each) or each.wanted_on < moving.today:
        full = not moving.takes(each, max(each.wanted_on, moving.today))
        return _because(each, Reason("over_capacity")) if full else each
    days = [day for day in _alternatives(each, moving) if not moving.is_off(day, each.wanted_on)]
    if not days:
        return each
    day = next((day for day in days if moving.takes(each, day)), None)
    if day is None:
        return _because(_moved(each, days[0], "holiday"), Reason("over_capacity"))
    return _moved(each, day, "holiday" if day == days[0] else "capacity")


def _alternatives(each: Due, moving: Moving) -> Iterator[date]:
    """The day itself, then later ones within the grace, then earlier ones from tomorrow on."""
    yield each.wanted_on
    for later in range(1, each.plan.grace_days + 1):
        yield each.wanted_on + timedelta(days=later)
    day = each.wanted_on - timedelta(days=1)
    while day >= moving.today and day >= each.wanted_on - timedelta(max(each.plan.lead_days, 7)):
        yield day
        day -= timedelta(days=1)


def _moved(each: Due, day: date, code: str) -> Due:
    if day == each.wanted_on:
        return each
    moved = replace(each, wanted_on=day)
    return _because(moved, Reason(code, {"day": each.wanted_on.isoformat()}))


def _because(each: Due, reason: Reason) -> Due:
    return replace(each, reasons=(*each.reasons, reason))
