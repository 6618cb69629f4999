"""The town's work orders: what stands in the office's list on the day the demo is made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from asset_model.assets import Asset
from asset_model.base import Base
from asset_model.geometry import middle
from asset_model.ids import uuid7
from asset_model.plans import MaintenancePlan
from asset_model.vocabulary import OPEN_STATUSES, WorkOrderKind, WorkOrderSource
from asset_model.vocabulary import WorkOrderStatus as S
from asset_model.work_orders import WorkOrder
from maintenance.due import TORONTO, due_at
from maintenance.next_due import Candidate, calendar_reason, dated_id
from maintenance.occurrences import Due, order_of
from maintenance.recipes import Recipe, recipe_of
from sync_server.demo.course import Course, course_of, planned_course
from sync_server.demo.families import family_orders
from sync_server.demo.ground import chance
from sync_server.demo.history import Team, history_rows
from sync_server.demo.job import Job, Trade
from sync_server.demo.people import GARAGE, ROADS_NORTH, ROADS_SOUTH, WATER, crew_id, district_id
from sync_server.demo.placing import SOUTH
from sync_server.demo.road_jobs import ROAD_JOBS
from sync_server.demo.shop_jobs import GARAGE_JOBS, WATER_JOBS
from sync_server.demo.upkeep import occurrence_of, targets_of

ORDERS = 60
PREVENTIVE_MAX, PREVENTIVE_PER_PLAN = 10, 2
LATE_EVERY = 4
"""One open order in so many is late."""

# Where orders stand, over and over.
STATUSES = (
    *(S.DISPATCHED, S.IN_PROGRESS, S.DONE, S.PLANNED, S.ACCEPTED),
    *(S.DISPATCHED, S.CLOSED, S.DRAFT, S.ON_HOLD, S.DONE),
    *(S.DISPATCHED, S.IN_PROGRESS, S.PLANNED, S.CLOSED, S.CANCELLED),
)
SNOW_MONTHS = (11, 12, 1, 2, 3, 4)
NOT_YET_SENT = (S.DRAFT, S.PLANNED)

TEAMS = {
    ROADS_NORTH: Team(ROADS_NORTH, "marie_eve", ("luc", "nadia")),
    ROADS_SOUTH: Team(ROADS_SOUTH, "marie_eve", ("jean_francois",)),
    WATER: Team(WATER, "stephane", ("emily",)),
    GARAGE: Team(GARAGE, "marie_eve", ("rejean",)),
}


@dataclass(frozen=True)
class _Wanted:
    """An order before it is one: the row, its course, and who works on it."""

    order: WorkOrder
    course: Course
    team: Team
    steps: Sequence[dict[str, object]]
    job: Job | None = None
    due: Due | None = None
    """What the plan asked for, where it is a plan's."""


def order_rows(
    assets: Sequence[Asset], plans: Sequence[MaintenancePlan], *, now: datetime, seed: int
) -> Iterator[Base]:
    """Orders by age, so that their numbers are too; each followed by its steps and facts."""
    random = chance(seed, "orders")
    wanted = list(_preventive(assets, plans, now, random))
    wanted += _asked_for(assets, ORDERS - len(wanted), now, random)
    wanted += _of_families(assets, now)
    for one in sorted(wanted, key=lambda one: (one.order.created_at, one.order.id)):
        if one.due is not None:
            yield occurrence_of(one.due, one.order)
        yield one.order
        yield from history_rows(one.order, one.course, one.team, one.steps, one.job, random)


def _of_families(assets: Sequence[Asset], now: datetime) -> Iterator[_Wanted]:
    for each in family_orders(assets, now=now):
        yield _standing(each.order, each.course, TEAMS[each.crew], each.steps)


def _preventive(
    assets: Sequence[Asset], plans: Sequence[MaintenancePlan], now: datetime, random: Random
) -> Iterator[_Wanted]:
    """What the plans of the calendar ask for: of each the latest few, those of past days done."""
    by_id = {asset.id: asset for asset in assets}
    recipes = [recipe for plan in plans if not (recipe := recipe_of(plan)).chained]
    kept = [due for recipe in recipes for due in _latest(recipe, assets, now)]
    for rank, due in enumerate(kept[:PREVENTIVE_MAX]):
        last = all(other.asset_id != due.asset_id or other.plan is not due.plan
                   for other in kept[rank + 1 :])  # fmt: skip
        on = by_id[due.asset_id] if due.asset_id else None
        yield _of_plan(due, on, rank, now, random, last=last)


def _latest(recipe: Recipe, assets: Sequence[Asset], now: datetime) -> list[Due]:
    today, plan = now.astimezone(TORONTO).date(), recipe.plan
    assert recipe.calendar is not None
    days = recipe.calendar.days(
        today - timedelta(plan.grace_days), today + timedelta(plan.lead_days)
    )
    found = []
    for day in days:
        for target in targets_of(plan, assets):
            candidate = Candidate(dated_id(recipe, target, day), day, (calendar_reason(recipe),))
            found.append(order_of(recipe, target, candidate))
    return found[-PREVENTIVE_PER_PLAN:]


def _of_plan(
    due: Due, asset: Asset | None, rank: int, now: datetime, random: Random, *, last: bool
) -> _Wanted:
    """Of one plan and asset, the last alone may be open, as the server would have it."""
    plan, by = due.plan, due_at(due.due_on)
    ends = (S.DONE, S.CLOSED, S.PLANNED) if last else (S.DONE, S.CLOSED, S.CLOSED)
    past = by < now - timedelta(hours=12) or not last
    status = ends[rank % 3] if past else (S.DISPATCHED, S.PLANNED)[rank % 2]
    made_at = by - timedelta(days=plan.lead_days, hours=10)
    course = planned_course(
        status,
        made_at=min(made_at, now - timedelta(hours=6)),
        due_at=by,
        now=now,
        hours=plan.estimated_hours or 1.0,
        random=random,
    )
    crew = next(team for team in TEAMS.values() if crew_id(team.crew) == plan.crew_id)
    team = _roads_team(asset) if asset and crew.crew == ROADS_NORTH else crew
    order = WorkOrder(
        id=due.id,
        title=plan.title_fr,
        kind=WorkOrderKind.PREVENTIVE,
        priority=3,
        source=WorkOrderSource.PLAN,
        due_reason=due.reason("fr"),
        estimated_hours=plan.estimated_hours or 1.0,
        **_where(asset, random),
    )
    return replace(_standing(order, course, team, plan.steps), due=due)


def _asked_for(
    assets: Sequence[Asset], count: int, now: datetime, random: Random
) -> Iterator[_Wanted]:
    left = [STATUSES[rank % len(STATUSES)] for rank in range(count)]
    every = (*ROAD_JOBS, *WATER_JOBS, *ROAD_JOBS, *GARAGE_JOBS)
    jobs = [job for job in every if job.kind != WorkOrderKind.WINTER or now.month in SNOW_MONTHS]
    taken: set[str] = set()
    still_open = 0
    for rank in range(count):
        job = jobs[rank % len(jobs)]
        status = next((s for s in left if job.priority > 1 or s not in NOT_YET_SENT), left[0])
        left.remove(status)
        still_open += status in OPEN_STATUSES
        late = status in OPEN_STATUSES and still_open % LATE_EVERY == 0
        asset = random.choice(_fit(job, assets, taken))
        taken.add(asset.id)
        yield _of_job(job, asset, status, late=late, now=now, random=random)


def _fit(job: Job, assets: Sequence[Asset], taken: set[str]) -> list[Asset]:
    """The assets that a job may be on; one asset has one order at most."""
    fit = [asset for asset in assets if asset.class_code == job.class_code]
    if job.having is not None:
        name, value = job.having
        fit = [asset for asset in fit if asset.attributes[name] == value]
    return [asset for asset in fit if asset.id not in taken] or fit


def _of_job(
    job: Job, asset: Asset, status: S, *, late: bool, now: datetime, random: Random
) -> _Wanted:
    course = course_of(
        status, now=now, due_hours=job.due_hours, hours=job.hours, late=late, random=random
    )
    order = WorkOrder(
        id=uuid7(course.created_at, random),
        title=job.title,
        description=job.description,
        kind=job.kind,
        priority=job.priority,
        source=WorkOrderSource.INCIDENT if job.by_citizen else WorkOrderSource.PERSON,
        due_reason=job.due_reason,
        estimated_hours=job.hours,
        safety_note=job.safety_note,
        **_where(asset, random),
    )
    return _standing(order, course, _team_for(job, asset), job.steps, job)


def _team_for(job: Job, asset: Asset) -> Team:
    if job.trade == Trade.WATER:
        return TEAMS[WATER]
    if job.trade == Trade.GARAGE:
        return TEAMS[GARAGE]
    return _roads_team(asset)


def _roads_team(asset: Asset) -> Team:
    return TEAMS[ROADS_SOUTH if asset.district_id == district_id(SOUTH) else ROADS_NORTH]


def _standing(
    order: WorkOrder,
    course: Course,
    team: Team,
    steps: Sequence[dict[str, object]],
    job: Job | None = None,
) -> _Wanted:
    """The order with what its course says of it; a draft has no crew yet."""
    order.status = course.status
    order.created_at, order.due_at = course.created_at, course.due_at
    order.crew_id = None if course.status == S.DRAFT else crew_id(team.crew)
    order.started_at, order.completed_at = course.at(S.IN_PROGRESS), course.at(S.DONE)
    return _Wanted(order, course, team, steps, job)


def _where(asset: Asset | None, random: Random) -> dict[str, object]:
    """The columns that place an order; along a segment, the stretch of it and the side."""
    if asset is None:
        return {"place": "Toute la ville"}
    spot = middle(asset.geometry) if asset.geometry else (None, None)
    columns: dict[str, object] = {
        "asset_id": asset.id,
        "district_id": asset.district_id,
        "place": asset.address or asset.name,
        "longitude": spot[0],
        "latitude": spot[1],
    }
    if asset.class_code != "road_segment" or asset.length_m is None:
        return columns
    share, given = random.uniform(0.1, 0.8), asset.attributes
    side = random.choice(("left", "right"))
    lots = (given[f"civic_{side}_to"] - given[f"civic_{side}_from"]) // 2
    civic = given[f"civic_{side}_from"] + 2 * round(share * lots)
    from_m = round(asset.length_m * share)
    street = asset.name[0].lower() + asset.name[1:]
    more = {"place": f"{civic}, {street}", "from_m": from_m, "to_m": from_m + 5, "side": side}
    return columns | more
