"""All figures of a period, worked out at once for the whole fleet or for one unit."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.prices import prices_set
from maintenance.figures.compliance import compliance_figures
from maintenance.figures.costs import cost_figures, cost_records
from maintenance.figures.figure import Figure
from maintenance.figures.rules import RULES
from maintenance.figures.running import cost_by_running, running_figures
from maintenance.figures.spans import Period
from maintenance.figures.uptime import uptime_figures
from sync_server.figures import facts
from sync_server.figures.fleet import Fleet, fleet_of, service_of
from sync_server.plan_desk import LOOKED_AFTER

DAYS_MAX = 3_660


@dataclass(frozen=True)
class Sheet:
    """The figures of a period, as they stood at a moment."""

    period: Period
    made_at: datetime
    fleet: Fleet
    figures: tuple[Figure, ...]

    def opened(self, code: str) -> Figure:
        """The figure of all the units that were asked for, with its records."""
        return next(f for f in self.figures if f.code == code and f.asset_id is None)


def work_out(session: Session, period: Period, *, now: datetime, unit: str | None = None) -> Sheet:
    """:raises Refused: ``unit_not_in_fleet``, ``period_unusable``"""
    if not period.first <= period.last or (period.last - period.first).days > DAYS_MAX:
        first, last = period.first.isoformat(), period.last.isoformat()
        raise Refused("period_unusable", first=first, last=last, days=DAYS_MAX)
    fleet = fleet_of(session, unit)
    spent = list(facts.spent(session, fleet, period))
    worked_on = {fleet.unit_of[each.asset_id] for each in spent}
    here = {id for id, status in fleet.statuses.items() if status in LOOKED_AFTER or unit}
    fleet = replace(
        fleet, tags={id: tag for id, tag in fleet.tags.items() if id in here | worked_on}
    )
    costs = list(
        cost_figures(cost_records(spent, prices_set(session), period, fleet.unit_of), fleet.units)
    )
    figures = [*costs, *_others(session, fleet, period, costs, now)]
    order = list(RULES)
    figures.sort(key=lambda figure: order.index(figure.code))
    return Sheet(period, now, fleet, tuple(figures))


def _others(
    session: Session, fleet: Fleet, period: Period, costs: list[Figure], now: datetime
) -> Iterator[Figure]:
    units, zone = fleet.units, period.zone
    ran = list(running_figures(facts.readings(session, fleet, period), units, period))
    yield from ran
    yield from cost_by_running(costs, ran)
    jobs = facts.jobs(session, fleet, period)
    yield from uptime_figures(jobs, service_of(session, fleet, zone), units, period, now=now)
    today = now.astimezone(zone).date()
    asked = facts.asked(session, fleet, period, zone)
    yield from compliance_figures(asked, units, period, today=today, unit_of=fleet.unit_of)
