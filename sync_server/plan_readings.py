"""What meters and events say when plans are worked out, read set by set."""

from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.meters import Meter, MeterReading
from asset_model.plans import PlanEvent
from asset_model.upkeep import StoragePeriod
from asset_model.vocabulary import TRUSTED
from maintenance.history import Readings, Standing, Target
from maintenance.recipes import ByCondition, ByEvent, ByMeter, Recipe
from maintenance.storage import Stored

READ_BEFORE = timedelta(days=60)
"""How far before a plan's base its meters are read back, to tell what they showed then."""

Moments = dict[Target, datetime]
"""From when a plan counts on each target."""

Points = Sequence[tuple[datetime, float]]


def load_readings(
    session: Session,
    recipes: Sequence[Recipe],
    targets: Mapping[str, Sequence[Target]],
    moments: Mapping[str, Moments],
    *,
    zone: ZoneInfo,
) -> Readings:
    """What the triggers of these plans look at."""
    standings = _standings(session, _measures(recipes), zone)
    bases = {
        recipe.plan.id: _bases(session, recipe, targets, moments, standings, zone)
        for recipe in recipes
        if recipe.by_meter
    }
    return Readings(standings, bases, _events(session, recipes, zone), load_storage(session))


def load_storage(session: Session) -> dict[str, list[Stored]]:
    """When each unit was stored away, and when it returns."""
    found: dict[str, list[Stored]] = {}
    columns = (StoragePeriod.asset_id, StoragePeriod.begins_on, StoragePeriod.ends_on)
    for asset, begins_on, ends_on in session.execute(select(*columns)):
        found.setdefault(asset, []).append(Stored(begins_on, ends_on))
    return found


def _measures(recipes: Iterable[Recipe]) -> set[str]:
    triggers = (trigger for recipe in recipes for trigger in recipe.triggers)
    return {each.measure for each in triggers if isinstance(each, ByMeter | ByCondition)}


def _standings(
    session: Session, measures: set[str], zone: ZoneInfo
) -> dict[str, dict[str, Standing]]:
    """Where the meter that is on each asset stands."""
    found: dict[str, dict[str, Standing]] = {measure: {} for measure in measures}
    place = (Meter.measure, Meter.asset_id, Meter.total, Meter.read_at)
    query = (
        select(*place, Meter.per_day, Meter.per_day_error)
        .where(Meter.measure.in_(measures), Meter.removed_at.is_(None))
        .order_by(Meter.installed_at)
    )
    for measure, asset, total, read_at, per_day, error in session.execute(query):
        if total is not None and read_at is not None:
            read_on = read_at.astimezone(zone).date()
            found[measure][asset] = Standing(total, read_on, per_day, error)
    return found


def _bases(
    session: Session,
    recipe: Recipe,
    targets: Mapping[str, Sequence[Target]],
    moments: Mapping[str, Moments],
    standings: Mapping[str, Mapping[str, Standing]],
    zone: ZoneInfo,
) -> dict[str, dict[str, float]]:
    """By measure and asset: what the meter showed when counting began, by the readings around."""
    start = datetime.combine(recipe.plan.starts_on, time(), tzinfo=zone)
    mine = moments[recipe.plan.id]
    begins = {asset: mine.get(asset, start) for asset in targets[recipe.plan.id] if asset}
    if not begins:
        return {}
    measures = [trigger.measure for trigger in recipe.by_meter]
    points = _points(session, measures, min(begins.values()) - READ_BEFORE)
    return {
        measure: {
            asset: total_at(points[measure].get(asset, ()), begins[asset], standing.total)
            for asset, standing in standings[measure].items()
            if asset in begins
        }
        for measure in measures
    }


def _points(
    session: Session, measures: Sequence[str], since: datetime
) -> dict[str, dict[str, list[tuple[datetime, float]]]]:
    """Trusted readings in the order they were taken, by measure and asset."""
    found: dict[str, dict[str, list[tuple[datetime, float]]]] = {m: {} for m in measures}
    query = (
        select(Meter.measure, MeterReading.asset_id, MeterReading.taken_at, MeterReading.total)
        .join(Meter, Meter.id == MeterReading.meter_id)
        .where(
            Meter.measure.in_(measures),
            MeterReading.review.in_(TRUSTED),
            MeterReading.taken_at >= since,
        )
        .order_by(MeterReading.taken_at)
    )
    for measure, asset, taken_at, total in session.execute(query):
        if total is not None:
            found[measure].setdefault(asset, []).append((taken_at, total))
    return found


def total_at(points: Points, moment: datetime, otherwise: float) -> float:
    """The total at a moment: on the line between the readings before and after it.

    Before the first reading it is that one's, after the last the last one's.
    """
    if not points:
        return otherwise
    place = bisect([taken_at for taken_at, _ in points], moment)
    if place in (0, len(points)):
        return points[0 if place == 0 else -1][1]
    (sooner, before), (later, after) = points[place - 1], points[place]
    share = (moment - sooner) / (later - sooner) if later > sooner else 0.0
    return before + (after - before) * share


def _events(
    session: Session, recipes: Iterable[Recipe], zone: ZoneInfo
) -> dict[str, dict[Target, list[date]]]:
    triggers = (trigger for recipe in recipes for trigger in recipe.triggers)
    codes = {each.event for each in triggers if isinstance(each, ByEvent)}
    found: dict[str, dict[Target, list[date]]] = {code: {} for code in codes}
    query = select(PlanEvent.code, PlanEvent.asset_id, PlanEvent.happened_at)
    for code, asset, moment in session.execute(query.where(PlanEvent.code.in_(codes))):
        found[code].setdefault(asset, []).append(moment.astimezone(zone).date())
    return found
