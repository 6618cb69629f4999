"""What plans ask for now: pure, and the same whoever asks and however often."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from asset_model.plans import MaintenancePlan
from asset_model.vocabulary import OccurrenceStatus as S
from maintenance.calendars import in_season
from maintenance.history import NEVER, History, Readings, Target, Track
from maintenance.moving import Moving, settle
from maintenance.nesting import nest
from maintenance.next_due import Candidate, calendar_reason, dated_id, next_due, stored_until
from maintenance.occurrences import Due, order_of
from maintenance.reasons import Reason
from maintenance.recipes import Recipe, recipe_of
from maintenance.sieve import sieve
from maintenance.storage import returns, stored_on

TORONTO = ZoneInfo("America/Toronto")
DUE_BY = time(16, 0)
"""Local time, at the end of the day shift: an hour that no night of the time change touches."""


def due_at(day: date, zone: ZoneInfo = TORONTO) -> datetime:
    """The moment by which work of a day should be done."""
    return datetime.combine(day, DUE_BY, tzinfo=zone).astimezone(UTC)


def due(
    plans: Iterable[MaintenancePlan],
    history: History,
    readings: Readings,
    now: datetime,
    *,
    until: datetime | None = None,
    zone: ZoneInfo = TORONTO,
    days_off: Container[date] = (),
    weekly_hours: Mapping[str, float] | None = None,
) -> list[Due]:
    """Occurrences to be written down now: those to be ordered, those absorbed, those missed.

    In the order they are due. `until`: as if it were later, with what is known today.
    `weekly_hours` is what each shop can take. Asked twice, it gives the same ids.

    :raises Refused: a plan that could not have been saved, by the codes of `recipe_of`
    """
    today = now.astimezone(zone).date()
    last = max(today, (until or now).astimezone(zone).date())
    recipes = {plan.id: recipe_of(plan) for plan in plans if plan.active}
    asked: dict[tuple[str, Target], Due] = {}
    missed: list[Due] = []
    for recipe in recipes.values():
        for each in _of_plan(recipe, history, readings, today, last):
            if each.state == S.MISSED:
                missed.append(each)
            else:
                asked[recipe.plan.id, each.asset_id] = each
    nest(asked, recipes.values(), history, readings, today=today)
    moving = Moving(today, days_off, weekly_hours or {}, dict(history.booked))
    found = [*settle(asked.values(), moving), *missed]
    return sorted(found, key=lambda each: (each.due_on, each.plan.code, each.asset_id or ""))


def unread(
    plans: Iterable[MaintenancePlan], history: History, readings: Readings
) -> Iterator[tuple[MaintenancePlan, Target, Reason]]:
    """Where a plan by meter cannot tell when it is due, for want of any reading."""
    for recipe in (recipe_of(plan) for plan in plans if plan.active):
        for trigger in recipe.by_meter:
            read = readings.standings.get(trigger.measure, {})
            for target in history.targets.get(recipe.plan.id, ()):
                if target is not None and target not in read:
                    reason = Reason("meter_never_read", {"measure": trigger.measure})
                    yield recipe.plan, target, reason


def _of_plan(
    recipe: Recipe, history: History, readings: Readings, today: date, last: date
) -> Iterator[Due]:
    targets = history.targets.get(recipe.plan.id, ())
    tracks = history.tracks.get(recipe.plan.id, {})
    horizon = last + timedelta(recipe.plan.lead_days)
    if recipe.chained:
        yield from _chained(recipe, targets, tracks, readings, today, horizon)
        return
    every = _days(recipe, history, today, horizon)
    for target in targets:
        track = tracks.get(target, NEVER)
        days = every
        if target in readings.storage:
            days = [day for day in every if stored_on(readings.storage, target, day) is None]
            owed = _owed(recipe, target, track, readings, every)
            if owed is not None and owed.due_on <= horizon:
                yield from _when_back(recipe, target, track, owed, days)
                continue
        if track.waiting_id is not None and track.open_id is None:
            candidate = next_due(recipe, target, track, readings, today=today)
            if candidate is not None and (candidate.held_on or today) <= horizon:
                yield order_of(recipe, target, candidate)
        elif days and (track.last_due_on is None or days[-1] > track.last_due_on):
            yield from _dated(recipe, target, track, days, today)


def _chained(
    recipe: Recipe,
    targets: Sequence[Target],
    tracks: Mapping[Target, Track],
    readings: Readings,
    today: date,
    horizon: date,
) -> Iterator[Due]:
    """One each at most: the next counts from what becomes of this one."""
    may_be_due = sieve(recipe, readings, horizon)
    for target in targets:
        track = tracks.get(target, NEVER)
        if track.open_id is not None or not may_be_due(target, track):
            continue
        candidate = next_due(recipe, target, track, readings, today=today)
        if candidate is not None and candidate.wanted_on <= horizon:
            yield order_of(recipe, target, candidate)


def _days(recipe: Recipe, history: History, today: date, horizon: date) -> list[date]:
    """The calendar's days that nobody has looked at yet, and those of the grace, in season."""
    assert recipe.calendar is not None, "a plan with no trigger has a calendar"
    begin = today - timedelta(recipe.plan.grace_days)
    seen = history.seen_until.get(recipe.plan.id)
    if seen is not None:
        begin = min(begin, seen + timedelta(days=1))
    days = recipe.calendar.days(max(begin, recipe.plan.starts_on), horizon)
    return [day for day in days if in_season(recipe.seasons, day) == day]


def _dated(
    recipe: Recipe, target: Target, track: Track, days: Sequence[date], today: date
) -> Iterator[Due]:
    """Of days past, the last may still be ordered; of days to come, the first."""
    mine = [day for day in days if track.last_due_on is None or day > track.last_due_on]
    past = [day for day in mine if day < today]
    if track.open_id is not None:
        opened = (track.open_due_on or today).isoformat()
        yield from (
            _miss(recipe, target, day, Reason("still_open", {"day": opened})) for day in past
        )
        return
    late = past.pop() if past and _still_wanted(recipe, past[-1], today) else None
    if track.last_id is not None:  # A plan that is new has missed nothing.
        yield from (_miss(recipe, target, day, Reason("too_late")) for day in past)
    first = late or next((day for day in mine if day >= today), None)
    if first is not None:
        reasons = (calendar_reason(recipe), *([Reason("late")] if late else []))
        yield order_of(recipe, target, Candidate(dated_id(recipe, target, first), first, reasons))


def _owed(
    recipe: Recipe, target: Target, track: Track, readings: Readings, every: Sequence[date]
) -> Candidate | None:
    """What the law asked for while the unit was stored: it is due on the day it returns."""
    assert recipe.calendar is not None
    if not recipe.plan.legal or track.open_id is not None:
        return None
    since = track.last_due_on or (every[0] - timedelta(days=1) if every else None)
    for period in returns(readings.storage, target):
        assert period.ends_on is not None
        if since is None or period.ends_on <= since:
            continue
        first = max(period.begins_on, since + timedelta(days=1), recipe.plan.starts_on)
        days = recipe.calendar.days(first, period.ends_on - timedelta(days=1))
        if days:
            reasons = (calendar_reason(recipe),)
            asked = Candidate(dated_id(recipe, target, days[-1]), days[-1], reasons)
            return stored_until(asked, period.ends_on, readings.storage, target)
    return None


def _when_back(
    recipe: Recipe, target: Target, track: Track, owed: Candidate, days: Sequence[date]
) -> Iterator[Due]:
    """The one that is owed does for those before it that nobody ordered: they were missed."""
    if track.last_id is not None and track.last_due_on is not None:
        before = [day for day in days if track.last_due_on < day < owed.due_on]
        yield from (_miss(recipe, target, day, Reason("too_late")) for day in before)
    yield order_of(recipe, target, owed)


def _still_wanted(recipe: Recipe, day: date, today: date) -> bool:
    """What the law asks for is done late rather than not at all."""
    return recipe.plan.legal or day >= today - timedelta(recipe.plan.grace_days)


def _miss(recipe: Recipe, target: Target, day: date, why: Reason) -> Due:
    candidate = Candidate(dated_id(recipe, target, day), day, (why, calendar_reason(recipe)))
    return replace(order_of(recipe, target, candidate), state=S.MISSED)
