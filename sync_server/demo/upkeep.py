"""How the fleet was kept until today: its meters with what was read on them, and work of plans."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from asset_model.assets import Asset
from asset_model.base import Base
from asset_model.combinations import TRAILER
from asset_model.ids import uuid7
from asset_model.meters import DAILY_MAX, Meter, MeterReading
from asset_model.plans import MaintenancePlan, Occurrence
from asset_model.vocabulary import Measure, MeterKind, OccurrenceStatus, ReadingSource
from asset_model.vocabulary import WorkOrderStatus as S
from asset_model.work_orders import WorkOrder
from maintenance.due import TORONTO
from maintenance.filters import fits
from maintenance.history import NEVER
from maintenance.next_due import chained_id
from maintenance.occurrences import Due
from maintenance.reasons import Reason
from maintenance.recipes import Recipe, recipe_of
from sync_server.demo.fleet import UNITS, Unit
from sync_server.demo.ground import chance
from sync_server.demo.people import BY_KEY
from sync_server.demo.placing import demo_id

BY_THE_HOUR = ("grader", "loader", "backhoe", "sidewalk_tractor", "sweeper")
WEEKS_READ = 8
ENDS = {S.DONE: OccurrenceStatus.DONE, S.CLOSED: OccurrenceStatus.DONE}


def targets_of(plan: MaintenancePlan, assets: Sequence[Asset]) -> list[str | None]:
    """The assets that a plan concerns; a round of the whole town has none."""
    if plan.class_code is None:
        return [plan.asset_id]
    return [
        asset.id
        for asset in assets
        if asset.class_code == plan.class_code and fits(plan.asset_filter, asset.attributes)
    ]


def meter_rows(*, now: datetime, seed: int) -> Iterator[Base]:
    """Each unit's meter, read every week by the mechanic."""
    random = chance(seed, "meters")
    for unit in (each for each in UNITS if each.kind != TRAILER):
        measure = Measure.ENGINE_HOURS if unit.kind in BY_THE_HOUR else Measure.ODOMETER
        meter = Meter(
            id=demo_id("meter", str(unit.number)),
            asset_id=demo_id("asset", str(unit.number)),
            measure=measure,
            unit="h" if measure == Measure.ENGINE_HOURS else "km",
            kind=MeterKind.COUNTER,
            daily_max=DAILY_MAX[measure],
            offset=0.0,
            installed_at=now - timedelta(days=365 * (now.year - unit.year + 1)),
        )
        yield meter
        value = _run_so_far(unit, measure, now)
        for week in range(WEEKS_READ, -1, -1):
            taken_at = now - timedelta(days=7 * week, hours=random.randint(1, 9))
            yield MeterReading(
                id=uuid7(taken_at, random),
                meter_id=meter.id,
                asset_id=meter.asset_id,
                value=round(value, 1),
                taken_at=taken_at,
                person_id=BY_KEY["rejean"].id,
                source=ReadingSource.PERSON,
                estimated=False,
            )
            value += (
                random.uniform(15, 35) if unit.kind in BY_THE_HOUR else random.uniform(150, 420)
            )


def _run_so_far(unit: Unit, measure: Measure, now: datetime) -> float:
    years = now.year - unit.year + 0.5
    return years * (900.0 if measure == Measure.ENGINE_HOURS else 14_000.0) + unit.number


def past_occurrences(
    assets: Sequence[Asset], plans: Sequence[MaintenancePlan], *, now: datetime, seed: int
) -> Iterator[Occurrence]:
    """When each unit had the work last that counts from the last time: spread over the interval."""
    random = chance(seed, "upkeep")
    for recipe in (recipe for plan in plans if (recipe := recipe_of(plan)).chained):
        for target in targets_of(recipe.plan, assets):
            done_at = now - timedelta(days=random.randint(20, _interval_days(recipe) - 5), hours=3)
            day = done_at.astimezone(TORONTO).date()
            yield Occurrence(
                id=chained_id(recipe, target, NEVER),
                plan_id=recipe.plan.id,
                asset_id=target,
                due_on=day,
                wanted_on=day,
                status=OccurrenceStatus.DONE,
                reasons=[Reason("first_time").stored()],
                made_at=done_at - timedelta(recipe.plan.lead_days),
                done_at=done_at,
            )


def _interval_days(recipe: Recipe) -> int:
    assert recipe.calendar is not None
    return (recipe.calendar.after(recipe.plan.starts_on) - recipe.plan.starts_on).days


def occurrence_of(due: Due, order: WorkOrder) -> Occurrence:
    """The occurrence whose work is this order's."""
    return Occurrence(
        id=due.id,
        plan_id=due.plan.id,
        asset_id=due.asset_id,
        due_on=due.due_on,
        wanted_on=due.wanted_on,
        status=ENDS.get(S(order.status), OccurrenceStatus.GENERATED),
        reasons=[reason.stored() for reason in due.reasons],
        made_at=order.created_at,
        done_at=order.completed_at,
    )
