"""Telling quickly which of a hundred thousand assets a plan cannot be due on yet."""

from collections.abc import Callable
from datetime import date

from maintenance.history import Readings, Target, Track
from maintenance.next_due import next_mark
from maintenance.recipes import ByMeter, Recipe

Sieve = Callable[[Target, Track], bool]


def sieve(recipe: Recipe, readings: Readings, horizon: date) -> Sieve:
    """Whether a chained plan may be due by `horizon`. It never says no to what is."""
    by_calendar = _by_calendar(recipe, horizon)
    by_meter = [_by_meter(recipe, trigger, readings, horizon) for trigger in recipe.by_meter]
    others = any(not isinstance(trigger, ByMeter) for trigger in recipe.triggers)

    def may_be_due(target: Target, track: Track) -> bool:
        if others or track.waiting_id is not None or by_calendar(target, track):
            return True
        return any(each(target, track) for each in by_meter)

    return may_be_due if others or by_meter else by_calendar


def _by_calendar(recipe: Recipe, horizon: date) -> Sieve:
    """Many assets were last done on the same day: each day is worked out once."""
    calendar, known = recipe.calendar, dict[date, bool]()
    if calendar is None:
        return lambda _, track: track.waiting_id is not None
    first = not recipe.plan.floating or recipe.plan.starts_on <= horizon

    def may_be_due(target: Target, track: Track) -> bool:
        base = track.base_on
        if base is None or not recipe.plan.floating or track.waiting_id is not None:
            return first or track.waiting_id is not None
        if base not in known:
            known[base] = calendar.after(base) <= horizon
        return known[base]

    return may_be_due


def _by_meter(recipe: Recipe, trigger: ByMeter, readings: Readings, horizon: date) -> Sieve:
    standings = readings.standings.get(trigger.measure, {})
    bases = readings.bases.get(recipe.plan.id, {}).get(trigger.measure, {})
    end, lead = horizon.toordinal() + 1, trigger.lead
    every, floating = trigger.every, recipe.plan.floating

    def may_be_due(target: Target, track: Track) -> bool:
        standing = standings.get(target or "")
        if standing is None:
            return False
        base = bases.get(target or "", 0.0)
        mark = base + every if floating else next_mark(recipe, trigger, base)
        missing = mark - lead - standing.total
        if missing <= 0:
            return True
        days = end - standing.read_on.toordinal()
        return bool(standing.per_day) and missing + lead <= days * (standing.per_day or 0.0)

    return may_be_due
