"""Dates of the law that would be missed, seen ahead: what each unit owes, and what stands for it.

A date is at risk when it is past, when its order is planned after it, when the order should have
been there and is not, or when the shop has more to do before it than it has hours.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from asset_model.plans import MaintenancePlan
from maintenance.due import TORONTO, unread
from maintenance.forecast import Foreseen, foresee
from maintenance.history import History, Readings, Target
from maintenance.next_due import next_due
from maintenance.recipes import recipe_of
from maintenance.storage import stored_on

DAYS_AHEAD = 60
AT_RISK = ("overdue", "ordered_late", "not_ordered", "shop_full", "unread", "unknown")


class Opened(NamedTuple):
    """An occurrence whose work is not finished, and the order that does it."""

    plan_id: str
    asset_id: Target
    due_on: date
    wanted_on: date
    order_id: str


@dataclass(frozen=True)
class Watched:
    """One date of one plan on one unit. `state` is a code of `WORDS`."""

    plan: MaintenancePlan
    asset_id: Target
    due_on: date | None
    state: str
    order_id: str | None = None
    wanted_on: date | None = None
    hours_over: float = 0.0

    @property
    def at_risk(self) -> bool:
        return self.state in AT_RISK


WORDS = {
    # state: English, French
    "overdue": ("overdue", "en retard"),
    "ordered_late": ("its order is planned after the date", "son bon est prévu après la date"),
    "not_ordered": (
        "it should have an order by now, and has none",
        "elle devrait déjà avoir un bon, et n’en a pas",
    ),
    "shop_full": (
        "the shop has more to do by then than it has hours",
        "l’atelier a plus à faire d’ici là qu’il n’a d’heures",
    ),
    "unread": (
        "its meter was never read: nobody can tell when",
        "son compteur n’a jamais été relevé\u00a0: nul ne sait quand",
    ),
    "unknown": (
        "nobody can tell whether it concerns the unit: its weight or kind is not given",
        "nul ne sait si elle vise l’unité\u00a0: son poids ou sa sorte n’est pas indiqué",
    ),
    "ordered": ("an order is planned in time", "un bon est prévu à temps"),
    "to_come": ("its order will be made in time", "son bon sera fait à temps"),
    "stored": (
        "stored away: due on the day it returns",
        "remisée\u00a0: à faire le jour de son retour",
    ),
}


def watch(
    plans: Sequence[MaintenancePlan],
    history: History,
    readings: Readings,
    opened: Iterable[Opened],
    weekly_hours: Mapping[str, float],
    now: datetime,
    *,
    days: int = DAYS_AHEAD,
    zone: ZoneInfo = TORONTO,
) -> list[Watched]:
    """What falls due within so many days, and what is past: those at risk first, then by date.

    All plans count for the hours of their shop; `Watched.plan.legal` tells the law's from others.
    """
    today = now.astimezone(zone).date()
    until = today + timedelta(days)
    by_id = {plan.id: plan for plan in plans}
    found = [_of_open(by_id[each.plan_id], each, today) for each in opened if each.plan_id in by_id]
    soon = [each for each in found if each.due_on is not None and each.due_on <= until]
    soon += _without_order(plans, history, readings, now, until, zone)
    soon += _stored(plans, history, readings, today)
    soon += [Watched(plan, target, None, "unread") for plan, target, _ in
             unread(plans, history, readings)]  # fmt: skip
    return sorted(_with_full_shops(soon, weekly_hours, today), key=_order)


def _order(each: Watched) -> tuple[bool, date, str, str]:
    return (not each.at_risk, each.due_on or date.max, each.plan.code, each.asset_id or "")


def _of_open(plan: MaintenancePlan, each: Opened, today: date) -> Watched:
    state = "ordered_late" if each.wanted_on > each.due_on else "ordered"
    if each.due_on < today:
        state = "overdue"
    return Watched(plan, each.asset_id, each.due_on, state, each.order_id, each.wanted_on)


def _without_order(
    plans: Sequence[MaintenancePlan],
    history: History,
    readings: Readings,
    now: datetime,
    until: date,
    zone: ZoneInfo,
) -> Iterator[Watched]:
    """The first of each on its own date, which may be past; what follows as it is foreseen."""
    today = now.astimezone(zone).date()
    first: set[tuple[str, Target]] = set()
    for recipe in (recipe_of(plan) for plan in plans if plan.active):
        for target in history.targets.get(recipe.plan.id, ()):
            track = history.track(recipe.plan.id, target)
            if not recipe.chained or track.open_id is not None:
                continue
            found = next_due(recipe, target, track, readings, today=today)
            if found is not None and found.due_on <= until:
                first.add((recipe.plan.id, target))
                yield _to_come(recipe.plan, target, found.due_on, today)
    for each in foresee(plans, history, readings, now, until=until, zone=zone):
        if (each.plan.id, each.asset_id) in first:
            first.remove((each.plan.id, each.asset_id))
        else:
            yield Watched(each.plan, each.asset_id, each.due_on, _state(each, today))


def _state(each: Foreseen, today: date) -> str:
    return "not_ordered" if each.due_on - timedelta(each.plan.lead_days) < today else "to_come"


def _to_come(plan: MaintenancePlan, target: Target, due_on: date, today: date) -> Watched:
    """What has no order yet: its order is made by the lead of the plan before the date."""
    state = "to_come"
    if due_on < today:
        state = "overdue"
    elif due_on - timedelta(plan.lead_days) < today:
        state = "not_ordered"
    return Watched(plan, target, due_on, state)


def _stored(
    plans: Sequence[MaintenancePlan], history: History, readings: Readings, today: date
) -> Iterator[Watched]:
    """Units of which nobody knows when they return: nothing of theirs has a date."""
    for plan in plans:
        for target in history.targets.get(plan.id, ()):
            period = stored_on(readings.storage, target, today)
            is_open = history.track(plan.id, target).open_id is not None
            if period is not None and period.ends_on is None and not is_open:
                yield Watched(plan, target, None, "stored")


def _with_full_shops(
    every: Sequence[Watched], weekly_hours: Mapping[str, float], today: date
) -> Iterator[Watched]:
    """Worked in the order of their dates, which ones does a shop finish too late?

    If that order cannot keep every date, no other can (Jackson, 1955).
    """
    asked: dict[str, float] = defaultdict(float)
    for each in sorted(every, key=lambda one: (one.due_on or date.max, one.plan.code)):
        shop, hours = each.plan.shop or "", each.plan.estimated_hours or 0.0
        if each.due_on is None or shop not in weekly_hours or not hours:
            yield each
            continue
        asked[shop] += hours
        has = weekly_hours[shop] * (max(0, (each.due_on - today).days) + 1) / 7
        over = asked[shop] - has
        late = over > 0 and not each.at_risk
        yield replace(each, state="shop_full", hours_over=round(over, 1)) if late else each
