"""When calendar plans ask for work: pure, and the same whoever asks and however often.

A rule is an RFC 5545 recurrence, read by its letter: a plan of the 31st skips shorter months, one
of 29 February waits for a leap year. `BYMONTHDAY=-1` is the last day of every month.
"""

from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from asset_model.ids import derived_id
from asset_model.plans import MaintenancePlan
from maintenance.reasons import reason

TORONTO = ZoneInfo("America/Toronto")
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
DUE_BY = time(16, 0)
"""Local time, at the end of the day shift: an hour that no night of the time change touches."""


class BadRule(ValueError):
    """A plan's rule that is not a recurrence; the message names the plan."""


@dataclass(frozen=True)
class Occurrence:
    """Work that a plan asks for once: on an asset, or on none, by a day. Its id says all three."""

    id: str
    plan: MaintenancePlan
    asset_id: str | None
    due_on: date
    due_at: datetime
    make_on: date
    """The day the order should exist, so that the crew can plan it."""
    reason_fr: str
    reason_en: str


def due(
    plans: Iterable[MaintenancePlan],
    completed: Collection[str],
    now: datetime,
    until: datetime,
    *,
    assets: Mapping[str, Sequence[str]] | None = None,
    zone: ZoneInfo = TORONTO,
) -> list[Occurrence]:
    """Occurrences that should have their order by `until`, in the order they are due.

    `completed` holds the ids of those that need none any more, `assets` the asset ids of each
    class. One whose day is past is still given during the plan's grace, and then it is missed.

    :raises BadRule: naming the plan
    """
    today, last = now.astimezone(zone).date(), until.astimezone(zone).date()
    found = [
        _occurrence(plan, asset, day, zone)
        for plan in plans
        if plan.active
        for day in _days(plan, today - timedelta(plan.grace_days), last + timedelta(plan.lead_days))
        for asset in _targets(plan, assets or {})
    ]
    wanted = (occurrence for occurrence in found if occurrence.id not in completed)
    return sorted(wanted, key=lambda o: (o.due_on, o.plan.code, o.asset_id or ""))


def _targets(
    plan: MaintenancePlan, assets: Mapping[str, Sequence[str]]
) -> Sequence[str] | tuple[None]:
    """The assets the plan concerns; a round of the whole town has none."""
    if plan.asset_id is not None:
        return (plan.asset_id,)
    return (None,) if plan.class_code is None else assets.get(plan.class_code, ())


def _days(plan: MaintenancePlan, first: date, last: date) -> Iterator[date]:
    try:
        start = _start_near(plan, first)
        rule = rrulestr(plan.rule, dtstart=datetime.combine(start, time()), ignoretz=True)
    except (ArithmeticError, AttributeError, ValueError) as error:
        raise BadRule(f"{plan.code}: “{plan.rule}” is not a rule of RFC 5545 ({error})") from error
    every = rule.between(datetime.combine(first, time()), datetime.combine(last, time()), inc=True)
    yield from (moment.date() for moment in every)


def _start_near(plan: MaintenancePlan, first: date) -> date:
    """A start in step with the plan's, shortly before `first`: walking from an old one is slow."""
    parts = dict(part.split("=", 1) for part in plan.rule.upper().split(";"))
    start, interval = plan.starts_on, int(parts.get("INTERVAL", "1"))
    frequency = parts.get("FREQ")
    if frequency not in FREQUENCIES:
        raise ValueError(f"its FREQ is not one of {', '.join(FREQUENCIES)}")
    if first <= start or "COUNT" in parts:
        return start
    if frequency in ("MONTHLY", "YEARLY"):
        return _months_before(start, first, interval * (12 if frequency == "YEARLY" else 1))
    days = interval * (7 if frequency == "WEEKLY" else 1)
    return start + timedelta((first - start).days // days * days)


def _months_before(start: date, first: date, months: int) -> date:
    """The last day before `first` that is whole periods after `start`, on its day of the month."""
    between = (first.year - start.year) * 12 + first.month - start.month
    for periods in range(between // months - 1, 0, -1):
        year, month = divmod(start.year * 12 + start.month - 1 + periods * months, 12)
        if start.day <= monthrange(year, month + 1)[1]:
            return date(year, month + 1, start.day)
    return start


def _occurrence(
    plan: MaintenancePlan, asset_id: str | None, day: date, zone: ZoneInfo
) -> Occurrence:
    french, english = reason(plan, day)
    return Occurrence(
        id=derived_id("occurrence", plan.id, asset_id or "", day.isoformat()),
        plan=plan,
        asset_id=asset_id,
        due_on=day,
        due_at=datetime.combine(day, DUE_BY, tzinfo=zone).astimezone(UTC),
        make_on=day - timedelta(plan.lead_days),
        reason_fr=french,
        reason_en=english,
    )
