"""What Val-des-Pins did a year ago, and on some nights since: what this week is compared with.

Orders are written as of then, so that they bear numbers of that year. All of it is over.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.base import Base
from asset_model.facts import EquipmentUsed
from asset_model.geometry import middle
from asset_model.ids import NewId, derived_id, uuid7
from asset_model.incident_vocabulary import IncidentStatus, ReportSource
from asset_model.incidents import Report
from asset_model.passes import Pass
from asset_model.plans import MaintenancePlan, Occurrence
from asset_model.sync.wire import Change, Columns
from asset_model.vocabulary import OccurrenceStatus, WorkOrderKind, WorkOrderSource
from asset_model.vocabulary import WorkOrderStatus as S
from asset_model.work_orders import WorkOrder
from maintenance.due import TORONTO
from sync_server.demo.course import Course
from sync_server.demo.ground import chance
from sync_server.demo.history import history_rows
from sync_server.demo.job import Job
from sync_server.demo.orders import TEAMS
from sync_server.demo.passes import TRUCKS, main_streets, spreading
from sync_server.demo.people import ROADS_NORTH, ROADS_SOUTH, WATER, crew_id
from sync_server.demo.placing import NORTH, demo_id
from sync_server.demo.road_jobs import ROAD_JOBS
from sync_server.demo.shop_jobs import WATER_JOBS
from sync_server.desk import edited, inserted, write

YEAR = timedelta(weeks=52)
ORDERS_AGO = (38, 13, 11, 8, 7, 6, 6, 5, 4, 4, 3, 2, 1)
PLANNED_AGO = (38, 6, 5, 1)
LATE_AGO = 5
CALLS_AGO = (38, 8, 5, 1)
NIGHTS_AGO = (40, 8, 4, 1)
"""Days before this day of last year. The first of each is so early that no week is without it."""
NIGHTS_SINCE = (8, 3)
"""Days ago."""
STREETS_MAX = 10
PLAN = "EP-06"
DUG_WITH, DUG_HOURS = "207", 2.5
CALLED = ("DEBRIS", "Branche dans la rue après le vent.", "La branche est ramassée.")


def write_last_year(
    session: Session, town: Sequence[Base], *, now: datetime, seed: int, new_id: NewId
) -> None:
    """Into a town that stands."""
    then = now - YEAR
    rows = [*last_year_rows(town, now=now, seed=seed)]
    write(session, [inserted(row, new_id=new_id) for row in rows], now=then, new_id=new_id)
    session.flush()
    answered = [_answered(row, new_id) for row in rows if isinstance(row, Report)]
    write(session, answered, now=then, new_id=new_id)


def last_year_rows(town: Sequence[Base], *, now: datetime, seed: int) -> Iterator[Base]:
    """Finished work with its costs, work of a plan, calls, and nights of salting."""
    random, then = chance(seed, "last year"), now - YEAR
    assets = [row for row in town if isinstance(row, Asset)]
    jobs = [job for job in (*ROAD_JOBS[:2], *WATER_JOBS[:2]) for _ in range(2)]
    for rank, ago in enumerate(ORDERS_AGO):
        job = jobs[rank % len(jobs)]
        fit = [asset for asset in assets if asset.class_code == job.class_code]
        yield from _done(job, random.choice(fit), _morning(then, ago), random)
    (plan,) = (row for row in town if isinstance(row, MaintenancePlan) and row.code == PLAN)
    for ago in PLANNED_AGO:
        yield from _planned(plan, _morning(then, ago), late=ago == LATE_AGO, random=random)
    streets = [asset for asset in assets if asset.class_code == "road_segment"]
    for ago in CALLS_AGO:
        yield _call(random.choice(streets), _morning(then, ago))
    yield from nights(assets, then, NIGHTS_AGO)


def nights(assets: Sequence[Asset], now: datetime, ago: Sequence[int]) -> Iterator[Pass]:
    """Main streets salted once, by the truck of each half of the town."""
    for days in ago:
        began = _morning(now, days) - timedelta(hours=4)
        for district, driver, unit in TRUCKS:
            for place, street in enumerate(
                main_streets(assets, district)[: STREETS_MAX - days % 5]
            ):
                at = began + timedelta(minutes=4 * place)
                id = demo_id("pass", f"{street.tag} {at:%Y-%m-%d}")
                yield spreading(street, driver, unit, "forward", at, id=id)


def _morning(now: datetime, ago: int) -> datetime:
    """Half past seven on the town's clock, so many days before."""
    day: date = now.astimezone(TORONTO).date() - timedelta(days=ago)
    return datetime.combine(day, time(7, 30), tzinfo=TORONTO).astimezone(now.tzinfo)


def _done(job: Job, asset: Asset, began: datetime, random: Random) -> Iterator[Base]:
    """Ordered two days before, done in a shift, closed in the afternoon."""
    course = _course(began, timedelta(hours=job.hours * random.uniform(0.8, 1.3)))
    in_north = asset.district_id == demo_id("district", NORTH)
    roads = ROADS_NORTH if in_north else ROADS_SOUTH
    team = TEAMS[WATER if job in WATER_JOBS else roads]
    order = _order(course, team.crew, asset, random, title=job.title, kind=job.kind,
                   priority=job.priority, due_reason=job.due_reason, description=job.description,
                   source=WorkOrderSource.PERSON, estimated_hours=job.hours)  # fmt: skip
    yield order
    yield from history_rows(order, course, team, (), job, random)
    if job.kind == WorkOrderKind.EMERGENCY:
        yield EquipmentUsed(
            id=uuid7(began, random), work_order_id=order.id, person_id=order.completed_by,
            asset_id=demo_id("asset", DUG_WITH), hours=DUG_HOURS, used_at=order.completed_at,
        )  # fmt: skip


def _planned(
    plan: MaintenancePlan, began: datetime, *, late: bool, random: Random
) -> Iterator[Base]:
    """A time of a plan of the whole town, with its order; `late`: its grace was over by a day."""
    course = _course(began, timedelta(hours=plan.estimated_hours or 1.0))
    days = plan.grace_days + 1 if late else 0
    due_on = began.astimezone(TORONTO).date() - timedelta(days=days)
    team = TEAMS[ROADS_NORTH]
    order = _order(course, team.crew, None, random, title=plan.title_fr, priority=3,
                   kind=WorkOrderKind.PREVENTIVE, source=WorkOrderSource.PLAN,
                   place="Toute la ville", estimated_hours=plan.estimated_hours)  # fmt: skip
    yield Occurrence(
        id=order.id, plan_id=plan.id, due_on=due_on, wanted_on=due_on, reasons=[],
        status=OccurrenceStatus.DONE, made_at=course.created_at, done_at=order.completed_at,
    )  # fmt: skip
    yield order
    yield from history_rows(order, course, team, (), None, random)


def _course(began: datetime, length: timedelta) -> Course:
    done = began + length
    asked = began - timedelta(days=2)
    moves = (
        (S.DRAFT, asked), (S.DISPATCHED, asked + timedelta(hours=3)),
        (S.ACCEPTED, began - timedelta(minutes=12)), (S.IN_PROGRESS, began),
        (S.DONE, done), (S.CLOSED, done + timedelta(hours=2)),
    )  # fmt: skip
    return Course(
        tuple((step, moment.replace(microsecond=0)) for step, moment in moves),
        began + timedelta(days=1),
    )


def _order(
    course: Course, crew: str, asset: Asset | None, random: Random, **columns: object
) -> WorkOrder:
    spot = middle(asset.geometry) if asset and asset.geometry else (None, None)
    placed = {} if asset is None else {
        "asset_id": asset.id, "district_id": asset.district_id, "place": asset.name,
        "longitude": spot[0], "latitude": spot[1],
    }  # fmt: skip
    return WorkOrder(
        id=uuid7(course.created_at, random), status=course.status, crew_id=crew_id(crew),
        created_at=course.created_at, due_at=course.due_at, started_at=course.at(S.IN_PROGRESS),
        completed_at=course.at(S.DONE), **placed, **columns,
    )  # fmt: skip


def _call(street: Asset, at: datetime) -> Report:
    service, words, _ = CALLED
    longitude, latitude = middle(street.geometry or {})
    return Report(
        id=demo_id("report", f"last year {at:%j}"), service_id=demo_id("service", service),
        source=ReportSource.PHONE, language="fr", description=words, longitude=longitude,
        latitude=latitude, reported_at=at,
    )  # fmt: skip


def _answered(report: Report, new_id: NewId) -> Change:
    """What was reported was seen to at once."""
    before: Columns = {"status": IncidentStatus.RECEIVED, "answer_fr": None, "answer_en": None}
    after: Columns = {"status": IncidentStatus.RESOLVED, "answer_fr": CALLED[2],
             "answer_en": "The branch has been picked up."}  # fmt: skip
    return edited("incident", derived_id("incident of", report.id), before, after, new_id=new_id)
