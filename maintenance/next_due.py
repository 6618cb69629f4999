"""When a plan is next due on one asset: whichever comes first of its calendar and its triggers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor

from asset_model.ids import derived_id
from maintenance.calendars import in_season
from maintenance.history import Readings, Standing, Target, Track
from maintenance.reasons import Reason
from maintenance.recipes import ByCondition, ByEvent, ByMeter, Recipe
from maintenance.storage import Storage, back_on, stored_on

FAR = timedelta(days=366 * 30)
"""A meter that hardly moves reaches its mark later than anyone plans for."""


@dataclass(frozen=True)
class Candidate:
    """A time that a plan will ask for work on an asset."""

    id: str
    due_on: date
    reasons: tuple[Reason, ...]
    held_on: date | None = None
    """The day that somebody has set for it; no rule moves it."""

    @property
    def wanted_on(self) -> date:
        return self.held_on or self.due_on


def next_due(
    recipe: Recipe, target: Target, track: Track, readings: Readings, *, today: date
) -> Candidate | None:
    """The next occurrence; None while nothing tells when.

    Its id does not depend on the day: it is the one after the last, whichever trigger is first.
    That of a plain calendar is its day's, whatever was before.
    """
    if not recipe.chained and track.waiting_id is None:
        return _by_calendar_alone(recipe, target, track, readings, today)
    found = _next_due(recipe, target, track, readings, today)
    return None if found is None else _once_back(found, target, readings)


def _once_back(found: Candidate, target: Target, readings: Readings) -> Candidate | None:
    """The same, on the day the unit returns where it is stored by then; never, if nobody knows."""
    day = back_on(readings.storage, target, found.wanted_on)
    if day is None or day == found.wanted_on:
        return None if day is None else found
    return stored_until(found, day, readings.storage, target)


def stored_until(found: Candidate, day: date, storage: Storage, target: Target) -> Candidate:
    period = stored_on(storage, target, found.wanted_on)
    assert period is not None, "only what falls within a storage is put off by it"
    details = {"since": period.begins_on.isoformat(), "day": found.due_on.isoformat()}
    return Candidate(found.id, day, (*found.reasons, Reason("stored", details)))


def _next_due(
    recipe: Recipe, target: Target, track: Track, readings: Readings, today: date
) -> Candidate | None:
    if track.waiting_id is not None and track.waiting_due_on is not None:
        reasons = track.waiting_reasons or (Reason("released"),)
        return Candidate(track.waiting_id, track.waiting_due_on, reasons, track.waiting_wanted_on)
    moments = [*_by_calendar(recipe, track, today)]
    for trigger in recipe.triggers:
        if isinstance(trigger, ByMeter):
            moments += _by_meter(recipe, trigger, target, readings, today)
        elif isinstance(trigger, ByCondition):
            moments += _by_condition(trigger, target, track, readings)
        else:
            moments += _by_event(recipe, trigger, target, track, readings)
    if not moments:
        return None
    first = min(day for day, _ in moments)
    reasons = tuple(reason for day, reason in moments if day == first)
    day = in_season(recipe.seasons, first)
    if day != first:
        reasons = (*reasons, Reason("season", {"day": first.isoformat()}))
    return Candidate(chained_id(recipe, target, track), day, reasons)


def chained_id(recipe: Recipe, target: Target, track: Track) -> str:
    after = track.last_id or "start"
    return derived_id("occurrence", recipe.plan.id, target or "", "after", after)


def dated_id(recipe: Recipe, target: Target, day: date) -> str:
    return derived_id("occurrence", recipe.plan.id, target or "", day.isoformat())


def calendar_reason(recipe: Recipe) -> Reason:
    return Reason("calendar", _rule_of(recipe))


def _rule_of(recipe: Recipe) -> dict[str, str]:
    return {"rule": recipe.plan.rule}


def _by_calendar_alone(
    recipe: Recipe, target: Target, track: Track, readings: Readings, today: date
) -> Candidate | None:
    """Days on which the unit is stored are passed over."""
    assert recipe.calendar is not None, "a plan with no trigger has a calendar"
    begin = today - timedelta(recipe.plan.grace_days)
    if track.last_due_on is not None:
        begin = max(begin, track.last_due_on + timedelta(days=1))
    day = recipe.calendar.first_from(begin)
    while day is not None:
        open_on = back_on(readings.storage, target, in_season(recipe.seasons, day))
        if open_on is None or open_on == day:
            break
        day = recipe.calendar.first_from(open_on)
    if day is None or open_on is None:
        return None
    return Candidate(dated_id(recipe, target, day), day, (calendar_reason(recipe),))


Moment = tuple[date, Reason]


def _by_calendar(recipe: Recipe, track: Track, today: date) -> Iterator[Moment]:
    if recipe.calendar is None:
        return
    if not recipe.plan.floating:
        begin = today - timedelta(recipe.plan.grace_days)
        if track.base_on is not None and track.last_due_on is not None:
            begin = max(track.base_on, track.last_due_on) + timedelta(days=1)
        day = recipe.calendar.first_from(begin)
        if day is not None:
            yield day, calendar_reason(recipe)
    elif track.base_on is None:
        yield recipe.plan.starts_on, Reason("first_time")
    else:
        since = {**_rule_of(recipe), "since": track.base_on.isoformat()}
        yield recipe.calendar.after(track.base_on), Reason("since", since)


def _by_meter(
    recipe: Recipe, trigger: ByMeter, target: Target, readings: Readings, today: date
) -> Iterator[Moment]:
    standing = readings.standings.get(trigger.measure, {}).get(target or "")
    if standing is None:
        return
    bases = readings.bases.get(recipe.plan.id, {}).get(trigger.measure, {})
    mark = next_mark(recipe, trigger, bases.get(target or "", 0.0))
    details = {"measure": trigger.measure, "total": standing.total, "target": mark}
    if standing.total >= mark:
        yield standing.read_on, Reason("meter", details)
        return
    reached = expected_on(standing, mark)
    if standing.total >= mark - trigger.lead:
        soon = today + timedelta(recipe.plan.lead_days)
        yield min(max(reached or soon, today), soon), Reason("meter", details)
    elif reached is not None:
        yield reached, Reason("meter_expected", details)


def next_mark(recipe: Recipe, trigger: ByMeter, base: float) -> float:
    """The total at which it is due. A fixed plan goes by whole multiples.

    Done within the lead before a multiple, it was done for that multiple.
    """
    if recipe.plan.floating:
        return base + trigger.every
    return (floor((base + trigger.lead) / trigger.every) + 1) * trigger.every


def expected_on(standing: Standing, mark: float) -> date | None:
    """The day on which a meter reaches a total, as it has run so far; None: who knows."""
    if not standing.per_day or standing.per_day <= 0:
        return None
    days = (mark - standing.total) / standing.per_day
    return standing.read_on + timedelta(days=floor(days)) if days < FAR.days else None


def _by_condition(
    trigger: ByCondition, target: Target, track: Track, readings: Readings
) -> Iterator[Moment]:
    """A value read before the work was done says nothing of how things are since."""
    standing = readings.standings.get(trigger.measure, {}).get(target or "")
    if standing is None or (track.base_on is not None and standing.read_on <= track.base_on):
        return
    if trigger.met(standing.total):
        limit = trigger.below if trigger.below is not None else trigger.above
        details = {"measure": trigger.measure, "value": standing.total, "limit": limit}
        yield standing.read_on, Reason("condition", details)


def _by_event(
    recipe: Recipe, trigger: ByEvent, target: Target, track: Track, readings: Readings
) -> Iterator[Moment]:
    by_target = readings.events.get(trigger.event, {})
    begin = track.base_on or recipe.plan.starts_on
    happened = sorted([*by_target.get(None, ()), *(by_target.get(target, ()) if target else ())])
    days = [day for day in happened if day > begin or (track.base_on is None and day == begin)]
    if len(days) >= trigger.every:
        details = {"event": trigger.event, "count": trigger.every}
        yield days[trigger.every - 1], Reason("event", details)
