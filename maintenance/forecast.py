"""What plans will ask for in the months to come, and the hours it takes; and how sure that is.

Each occurrence is taken to be done on its day. What is nested is counted by itself: its hours are
worked all the same, in whosever order.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from math import floor
from typing import NamedTuple
from zoneinfo import ZoneInfo

from asset_model.plans import MaintenancePlan
from maintenance.calendars import in_season
from maintenance.due import TORONTO
from maintenance.history import NEVER, History, Readings, Standing, Target, Track, Week
from maintenance.moving import week_of
from maintenance.next_due import next_due
from maintenance.reasons import Reason
from maintenance.recipes import ByMeter, Recipe, recipe_of
from maintenance.storage import back_on, stored_on

SURE = 1.645
"""Standard errors on either side that hold nine guesses of ten."""


class Foreseen(NamedTuple):
    """One occurrence to come. `earliest` and `latest` hold it nine times in ten."""

    plan: MaintenancePlan
    asset_id: Target
    due_on: date
    why: str
    """A code of `reasons.py`."""
    earliest: date
    latest: date | None
    """None: it may as well never come."""


def foresee(
    plans: Iterable[MaintenancePlan],
    history: History,
    readings: Readings,
    now: datetime,
    *,
    until: date,
    zone: ZoneInfo = TORONTO,
) -> Iterator[Foreseen]:
    """Every occurrence until a day, plan by plan; what is open already is not told again."""
    today = now.astimezone(zone).date()
    for recipe in (recipe_of(plan) for plan in plans if plan.active):
        if recipe.chained:
            yield from _chained(recipe, history, readings, today, until)
        else:
            yield from _dated(recipe, history, readings, today, until)


def _dated(
    recipe: Recipe, history: History, readings: Readings, today: date, until: date
) -> Iterator[Foreseen]:
    assert recipe.calendar is not None, "a plan with no trigger has a calendar"
    every = recipe.calendar.days(max(today, recipe.plan.starts_on), until)
    days = [day for day in every if in_season(recipe.seasons, day) == day]
    tracks = history.tracks.get(recipe.plan.id, {})
    for target in history.targets.get(recipe.plan.id, ()):
        track = tracks.get(target, NEVER)
        last = track.last_due_on
        if track.waiting_id is not None and track.open_id is None:
            waiting = _first(recipe, target, track, readings, today)
            if waiting is not None and waiting.due_on <= until:
                yield waiting
        for day in days:
            is_new = last is None or day > last
            if is_new and stored_on(readings.storage, target, day) is None:
                yield Foreseen(recipe.plan, target, day, "calendar", day, day)


def _chained(
    recipe: Recipe, history: History, readings: Readings, today: date, until: date
) -> Iterator[Foreseen]:
    tracks = history.tracks.get(recipe.plan.id, {})
    follows = _Following(recipe, readings, until)
    for target in history.targets.get(recipe.plan.id, ()):
        track = tracks.get(target, NEVER)
        if track.open_id is not None:
            due_on = max(today, track.open_due_on or today)
        else:
            first = _first(recipe, target, track, readings, today)
            if first is None or first.due_on > until:
                continue
            yield first
            due_on = first.due_on
        yield from follows.after(target, due_on)


def _first(
    recipe: Recipe, target: Target, track: Track, readings: Readings, today: date
) -> Foreseen | None:
    found = next_due(recipe, target, track, readings, today=today)
    if found is None:
        return None
    day, reason = max(found.wanted_on, today), found.reasons[0]
    if found.held_on is not None:
        return Foreseen(recipe.plan, target, day, found.reasons[-1].code, day, day)
    if reason.code != "meter_expected":
        return Foreseen(recipe.plan, target, day, reason.code, day, day)
    earliest, latest = _spread(reason, readings, target)
    return Foreseen(recipe.plan, target, day, reason.code, max(earliest, today), latest)


def _spread(reason: Reason, readings: Readings, target: Target) -> tuple[date, date | None]:
    standing = readings.standings[reason.details["measure"]][target or ""]
    missing = reason.details["target"] - standing.total
    return reached_between(standing, missing)


def reached_between(standing: Standing, missing: float) -> tuple[date, date | None]:
    """Between which days a meter runs so much more, nine times in ten.

    Of a rate whose error nobody knows, it may be twice as much, or nothing.
    """
    assert standing.per_day, "what is expected has a rate"
    error = standing.per_day if standing.per_day_error is None else standing.per_day_error * SURE
    fast, slow = standing.per_day + error, standing.per_day - error
    earliest = standing.read_on + timedelta(days=floor(missing / fast))
    days = missing / slow if slow > 0 else float("inf")
    return earliest, standing.read_on + timedelta(days=floor(days)) if days < 36_500 else None


class _Following:
    """What comes after an occurrence that is done on its day; each day is worked out once."""

    def __init__(self, recipe: Recipe, readings: Readings, until: date) -> None:
        self._recipe, self._until = recipe, until
        self._readings = readings
        self._after: dict[date, date] = {}

    def after(self, target: Target, due_on: date) -> Iterator[Foreseen]:
        runs = [self._days_between(trigger, target) for trigger in self._recipe.by_meter]
        by_meter = min((days for days in runs if days), default=None)
        while True:
            found = self._next(due_on, by_meter)
            if found is None or found[0] > self._until:
                return
            back, why = back_on(self._readings.storage, target, found[0]), found[1]
            if back is None or back > self._until:
                return
            due_on = back
            yield Foreseen(self._recipe.plan, target, due_on, why, due_on, due_on)

    def _days_between(self, trigger: ByMeter, target: Target) -> int | None:
        standing = self._readings.standings.get(trigger.measure, {}).get(target or "")
        if standing is None or not standing.per_day or standing.per_day <= 0:
            return None
        return max(1, floor(trigger.every / standing.per_day))

    def _next(self, base: date, by_meter: int | None) -> tuple[date, str] | None:
        moments = []
        if self._recipe.calendar is not None:
            moments.append((self._by_calendar(base), "since"))
        if by_meter is not None and by_meter < (self._until - base).days + 1:
            moments.append((base + timedelta(days=by_meter), "meter_expected"))
        if not moments:
            return None
        day, why = min(moments)
        return in_season(self._recipe.seasons, day), why

    def _by_calendar(self, base: date) -> date:
        if base not in self._after:
            assert self._recipe.calendar is not None
            if self._recipe.plan.floating:
                self._after[base] = self._recipe.calendar.after(base)
            else:
                later = self._recipe.calendar.first_from(base + timedelta(days=1))
                self._after[base] = later or date.max
        return self._after[base]


def hours_by_week(foreseen: Iterable[Foreseen]) -> dict[str, dict[Week, float]]:
    """The hours that each shop is asked for, week by week."""
    found: dict[str, dict[Week, float]] = defaultdict(lambda: defaultdict(float))
    for each in foreseen:
        if each.plan.shop and each.plan.estimated_hours:
            found[each.plan.shop][week_of(each.due_on)] += each.plan.estimated_hours
    return {shop: dict(sorted(weeks.items())) for shop, weeks in sorted(found.items())}


def too_full(
    hours: Mapping[str, Mapping[Week, float]], weekly_hours: Mapping[str, float]
) -> list[tuple[str, Week, float]]:
    """The weeks that ask more of a shop than it has, and by how many hours."""
    return [
        (shop, week, asked - weekly_hours[shop])
        for shop, weeks in hours.items()
        if shop in weekly_hours
        for week, asked in weeks.items()
        if asked > weekly_hours[shop]
    ]


def next_of(foreseen: Iterable[Foreseen], asset_id: str) -> Sequence[Foreseen]:
    """What is next on one unit: the first occurrence of each of its plans, the soonest first."""
    first: dict[str, Foreseen] = {}
    for each in foreseen:
        if each.asset_id == asset_id and each.plan.id not in first:
            first[each.plan.id] = each
    return sorted(first.values(), key=lambda each: (each.due_on, each.plan.code))
