"""What must hold of a plan before it is kept: each thing that is wrong is told with its mend."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from asset_model.errors import Refused
from asset_model.plans import MaintenancePlan
from maintenance.calendars import Calendar, in_season
from maintenance.recipes import ByCondition, ByMeter, Recipe, recipe_of

TAGS_NAMED = 5
YEARS_AHEAD = 5
"""A season that no day of the calendar meets in so long is never met."""


@dataclass(frozen=True)
class Surroundings:
    """What the town has, as far as the plan speaks of it."""

    attributes: Sequence[Mapping[str, Any]] | None = None
    """The schema of its class; None: there is no such class."""
    assets: Mapping[str, str] = field(default_factory=dict)
    """The tag of each asset in service that the plan concerns, by id."""
    metered: Mapping[str, Collection[str]] = field(default_factory=dict)
    """By measure: the assets that have a meter of it."""
    nests: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The codes of the plans that each plan of the town nests, by code."""


def check_plan(plan: MaintenancePlan, around: Surroundings) -> Recipe:
    """The plan ready to be worked out, once nothing is wrong with it.

    :raises Refused: with the first of the codes ``plan_…`` that it meets
    """
    recipe = recipe_of(plan)
    if recipe.calendar is None and not recipe.triggers:
        raise Refused("plan_without_trigger")
    for name in ("lead_days", "grace_days", "nest_days"):
        if getattr(plan, name) < 0:
            raise Refused("plan_lead_negative", field=name, value=getattr(plan, name))
    if plan.legal and recipe.seasons and recipe.chained:
        raise Refused("plan_legal_moves")
    _check_calendar(recipe)
    _check_targets(recipe, around)
    _check_meters(recipe, around)
    _check_nests(plan, around)
    return recipe


def _check_calendar(recipe: Recipe) -> None:
    if recipe.calendar is None:
        return
    plan, calendar = recipe.plan, recipe.calendar
    if plan.floating:
        _check_lead(plan.lead_days, (calendar.after(plan.starts_on) - plan.starts_on).days)
        return
    first = calendar.first_from(plan.starts_on)
    if first is None:
        raise Refused("plan_never_due", rule=plan.rule, starts_on=f"{plan.starts_on}")
    second = calendar.first_from(first + timedelta(days=1))
    if second is not None:
        _check_lead(plan.lead_days, (second - first).days)
    if recipe.seasons and not _meets_season(recipe, calendar, first):
        raise Refused("plan_out_of_season", rule=plan.rule)


def _check_lead(lead: float, every: float) -> None:
    """An order asked for before the one before it is due would be missed every other time."""
    if lead >= every:
        raise Refused("plan_lead_too_long", lead=lead, every=every)


def _meets_season(recipe: Recipe, calendar: Calendar, first: date) -> bool:
    days = calendar.days(first, first + timedelta(days=366 * YEARS_AHEAD))
    return any(in_season(recipe.seasons, day) == day for day in days)


def _check_targets(recipe: Recipe, around: Surroundings) -> None:
    plan = recipe.plan
    if plan.asset_id is not None and plan.class_code is not None:
        raise Refused("plan_two_targets")
    if plan.asset_filter and plan.class_code is None:
        raise Refused("plan_filter_without_class")
    if plan.asset_id is not None and not around.assets:
        raise Refused("plan_asset_unknown")
    if plan.class_code is None:
        return
    if around.attributes is None:
        raise Refused("plan_class_unknown", class_code=plan.class_code)
    known = [attribute["name"] for attribute in around.attributes]
    for attribute in plan.asset_filter.keys() - set(known):
        details = {"attribute": attribute, "class_code": plan.class_code}
        raise Refused("plan_filter_unknown", known=", ".join(known), **details)
    if not around.assets:
        raise Refused("plan_filter_empty", class_code=plan.class_code)


def _check_meters(recipe: Recipe, around: Surroundings) -> None:
    for trigger in recipe.triggers:
        if not isinstance(trigger, ByMeter | ByCondition):
            continue
        if recipe.plan.asset_id is None and recipe.plan.class_code is None:
            raise Refused("plan_meter_without_asset")
        metered = around.metered.get(trigger.measure, ())
        missing = sorted(tag for id, tag in around.assets.items() if id not in metered)
        if missing:
            tags = ", ".join(missing[:TAGS_NAMED]) + ("…" if missing[TAGS_NAMED:] else "")
            details = {"count": len(missing), "measure": trigger.measure}
            raise Refused("plan_meter_missing", tags=tags, **details)
        if isinstance(trigger, ByMeter):
            _check_lead(trigger.lead, trigger.every)


def _check_nests(plan: MaintenancePlan, around: Surroundings) -> None:
    every = {**around.nests, plan.code: plan.nests}
    for code in plan.nests:
        if code not in every:
            raise Refused("plan_nests_unknown", code=code)
        chain = _way_back(plan.code, code, every)
        if chain:
            raise Refused("plan_nests_itself", chain=" → ".join([plan.code, *chain]))


def _way_back(home: str, code: str, every: Mapping[str, Sequence[str]]) -> list[str]:
    """How the nests lead from `code` back to `home`; empty where they do not."""
    ways, seen = [[code]], {code}
    while ways:
        way = ways.pop()
        if way[-1] == home:
            return way
        for inner in every.get(way[-1], ()):
            if inner == home or inner not in seen:
                seen.add(inner)
                ways.append([*way, inner])
    return []
