"""What a scenario changes: occurrences that come, go or move, and the hours of each shop."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.plans import MaintenancePlan, Occurrence
from asset_model.vocabulary import OccurrenceStatus as S
from maintenance.forecast import hours_by_week, too_full
from maintenance.history import Week
from sync_server.foresight import look_ahead


@dataclass(frozen=True)
class View:
    """The months to come as they stand: the days of each plan on each unit, and shops' hours."""

    days: Mapping[tuple[str, str], list[date]]
    hours: Mapping[str, Mapping[Week, float]]
    weekly_hours: Mapping[str, float]


def view(session: Session, *, now: datetime, until: date) -> View:
    """What is ordered and what is foreseen until a day."""
    ahead = look_ahead(session, now=now, until=until)
    tags = dict(session.execute(select(Asset.id, Asset.tag)).all())
    days: dict[tuple[str, str], list[date]] = defaultdict(list)
    hours: dict[str, dict[Week, float]] = defaultdict(lambda: defaultdict(float))
    for each in ahead.foreseen:
        days[each.plan.code, tags.get(each.asset_id or "", "")].append(each.due_on)
    query = (
        select(MaintenancePlan.code, Occurrence.asset_id, Occurrence.wanted_on)
        .join(MaintenancePlan, MaintenancePlan.id == Occurrence.plan_id)
        .where(Occurrence.status.in_((S.GENERATED, S.ABSORBED)))
    )
    for code, asset, wanted_on in session.execute(query):
        days[code, tags.get(asset or "", "")].append(wanted_on)
    for shop, weeks in hours_by_week(ahead.foreseen).items():
        for week, asked in weeks.items():
            hours[shop][week] += asked
    for (shop, week), booked in ahead.known.history.booked.items():
        hours[shop][week] += booked
    return View({key: sorted(found) for key, found in days.items()}, hours, ahead.weekly_hours)


def difference(before: View, after: View) -> Iterator[dict[str, Any]]:
    """A line for each plan and unit of which days come or go, then for each week that differs."""
    for code, unit in sorted(before.days.keys() | after.days.keys()):
        gone, come = list(before.days.get((code, unit), ())), []
        for day in after.days.get((code, unit), ()):
            if day in gone:
                gone.remove(day)
            else:
                come.append(day)
        if gone or come:
            yield {
                "plan": code,
                "unit": unit or None,
                "gone": [day.isoformat() for day in gone],
                "come": [day.isoformat() for day in come],
            }
    yield from _weeks(before, after)


def _weeks(before: View, after: View) -> Iterator[dict[str, Any]]:
    full = {(shop, week) for shop, week, _ in too_full(after.hours, after.weekly_hours)}
    slots = {(s, w) for seen in (before, after) for s, weeks in seen.hours.items() for w in weeks}
    for shop, week in sorted(slots):
        was = before.hours.get(shop, {}).get(week, 0.0)
        comes = after.hours.get(shop, {}).get(week, 0.0)
        if was != comes:
            yield {
                "shop": shop,
                "week": f"{week[0]}-W{week[1]:02d}",
                "hours_before": was,
                "hours_after": comes,
                "too_full": (shop, week) in full,
            }
