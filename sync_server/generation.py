"""Turning what plans ask for into orders: by the server's own hand, and never twice.

Whatever was worked out bears an id that follows from what it is. A second run, another worker, a
restart or a restored copy finds those ids there, and makes nothing of them again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.database import Database
from asset_model.errors import Refused
from asset_model.geometry import middle
from asset_model.ids import NewId, derived_id
from asset_model.plans import MaintenancePlan, Occurrence
from asset_model.sync.wire import Change
from asset_model.vocabulary import OccurrenceStatus as S
from asset_model.vocabulary import WorkOrderSource, WorkOrderStatus
from asset_model.work_orders import Step, WorkOrder
from maintenance.due import TORONTO, due, due_at, unread
from maintenance.history import Target
from maintenance.moving import quebec_days_off
from maintenance.occurrences import Due
from maintenance.reasons import Reason
from maintenance.recipes import recipe_of
from sync_server import desk
from sync_server.plan_facts import Known, load
from sync_server.tables import PlanRun

IDS_PER_QUERY = 500
LANGUAGE = "fr"
"""The town's: an order's title and reason are one text that everyone reads."""


@dataclass(frozen=True)
class Worked:
    """What plans came to: nothing is left out without being named."""

    found: list[Due] = field(default_factory=list)
    broken: list[tuple[MaintenancePlan, Refused]] = field(default_factory=list)
    """Plans that ask for nothing because they cannot be read."""
    empty: list[MaintenancePlan] = field(default_factory=list)
    """Plans that concern no asset any more."""
    unread: list[tuple[MaintenancePlan, Target, Reason]] = field(default_factory=list)
    plans: list[MaintenancePlan] = field(default_factory=list)
    written: int = 0
    """How many occurrences were new."""


def work_out(
    session: Session,
    *,
    now: datetime,
    until: datetime | None = None,
    zone: ZoneInfo = TORONTO,
) -> Worked:
    """What plans ask for by `until`, from what the database knows; writes nothing."""
    worked = Worked()
    query = select(MaintenancePlan).where(MaintenancePlan.active).order_by(MaintenancePlan.code)
    for plan in session.scalars(query):
        try:
            recipe_of(plan)
        except Refused as why:
            worked.broken.append((plan, why))
        else:
            worked.plans.append(plan)
    known = load(session, [recipe_of(plan) for plan in worked.plans], zone=zone)
    worked.empty.extend(plan for plan in worked.plans if not known.history.targets[plan.id])
    worked.unread.extend(unread(worked.plans, known.history, known.readings))
    worked.found.extend(_due(worked.plans, known, now, until, zone))
    return worked


def _due(
    plans: Sequence[MaintenancePlan],
    known: Known,
    now: datetime,
    until: datetime | None,
    zone: ZoneInfo,
) -> list[Due]:
    return due(
        plans,
        known.history,
        known.readings,
        now,
        until=until,
        zone=zone,
        days_off=quebec_days_off(),
        weekly_hours=known.weekly_hours,
    )


def generate(
    database: Database,
    *,
    now: datetime,
    new_id: NewId,
    until: datetime | None = None,
    zone: ZoneInfo = TORONTO,
) -> Worked:
    """Write down what plans ask for, and make its orders, all in one transaction.

    It is worked out before the transaction: tablets are not kept waiting meanwhile.
    """
    with database.reading() as session:
        worked = work_out(session, now=now, until=until, zone=zone)
    with database.writing() as session:
        written = write_down(session, worked.found, now=now, new_id=new_id)
        yesterday = now.astimezone(zone).date() - timedelta(days=1)
        for plan in worked.plans:
            session.merge(PlanRun(plan_id=plan.id, until=yesterday))
    return Worked(**{**vars(worked), "written": written})


def write_down(
    session: Session,
    found: Sequence[Due],
    *,
    now: datetime,
    new_id: NewId,
    person_id: str | None = None,
) -> int:
    """Write what is not there yet of these occurrences, with their orders; how many were new."""
    standing = _standing(session, [each.id for each in found])
    new = [each for each in found if standing.get(each.id) in (None, S.FORECAST)]
    changes = _changes(session, new, standing, now, new_id)
    desk.write(session, changes, now=now, new_id=new_id, person_id=person_id)
    return len(new)


def _standing(session: Session, ids: Sequence[str]) -> dict[str, str]:
    """The status of those occurrences that are written down already."""
    found: dict[str, str] = {}
    for start in range(0, len(ids), IDS_PER_QUERY):
        query = select(Occurrence.id, Occurrence.status).where(
            Occurrence.id.in_(ids[start : start + IDS_PER_QUERY])
        )
        found |= dict(session.execute(query).all())
    return found


def _changes(
    session: Session,
    new: Sequence[Due],
    standing: Mapping[str, str],
    now: datetime,
    new_id: NewId,
) -> Iterator[Change]:
    places = _places(session, {each.asset_id for each in new if each.asset_id})
    inside: dict[str, list[Due]] = {}
    for each in new:
        if each.absorbed_by is not None:
            inside.setdefault(each.absorbed_by, []).append(each)
    own = {each.id for each in new if each.state == S.GENERATED}
    for each in new:
        yield _occurrence(each, standing, now, new_id)
        if each.state == S.GENERATED:
            order = order_of(each, inside.get(each.id, ()), places.get(each.asset_id), now)
            yield desk.inserted(order, new_id=new_id)
            for step in steps_of(each.id, [each, *inside.get(each.id, ())]):
                yield desk.inserted(step, new_id=new_id)
        elif each.absorbed_by is not None and each.absorbed_by not in own:
            for step in steps_of(each.absorbed_by, [each], after=each.id):
                yield desk.inserted(step, new_id=new_id)


def _occurrence(each: Due, standing: Mapping[str, str], now: datetime, new_id: NewId) -> Change:
    row = Occurrence(
        id=each.id,
        plan_id=each.plan.id,
        asset_id=each.asset_id,
        due_on=each.due_on,
        wanted_on=each.wanted_on,
        status=each.state,
        reasons=[reason.stored() for reason in each.reasons],
        absorbed_by=each.absorbed_by,
        made_at=now,
    )
    born = desk.inserted(row, new_id=new_id)
    if each.id not in standing:
        return born
    moved = {name: born.after[name] for name in ("wanted_on", "status", "reasons")}
    after = {**moved, "absorbed_by": each.absorbed_by}
    return desk.edited("occurrence", each.id, {"status": standing[each.id]}, after, new_id=new_id)


Place = Mapping[str, Any]


def _places(session: Session, ids: Iterable[str]) -> dict[str | None, Place]:
    """The columns that place an order on an asset, by asset."""
    wanted, found = sorted(ids), dict[str | None, Place]()
    for start in range(0, len(wanted), IDS_PER_QUERY):
        query = select(
            Asset.id, Asset.district_id, Asset.address, Asset.name, Asset.geometry
        ).where(Asset.id.in_(wanted[start : start + IDS_PER_QUERY]))
        for id, district, address, name, geometry in session.execute(query):
            longitude, latitude = middle(geometry) if geometry else (None, None)
            found[id] = {
                "district_id": district,
                "place": address or name,
                "longitude": longitude,
                "latitude": latitude,
            }
    return found


def order_of(each: Due, inside: Sequence[Due], place: Place | None, now: datetime) -> WorkOrder:
    """The order of an occurrence, with the work of those it absorbed."""
    plan = each.plan
    hours = [other.plan.estimated_hours or 0.0 for other in (each, *inside)]
    return WorkOrder(
        id=each.id,
        title=plan.title_fr,
        description="\n".join(f"{o.plan.code} {o.plan.title_fr}" for o in inside) or None,
        kind=plan.kind,
        priority=plan.priority,
        status=WorkOrderStatus.PLANNED,
        source=WorkOrderSource.PLAN,
        asset_id=each.asset_id,
        crew_id=plan.crew_id,
        due_at=due_at(each.wanted_on),
        due_reason=each.reason(LANGUAGE),
        estimated_hours=sum(hours) or None,
        created_at=now,
        **(place or {}),
    )


JOINED_FROM_RANK = 1_000


def steps_of(order: str, every: Sequence[Due], *, after: str | None = None) -> Iterator[Step]:
    """The plans' checklists one after the other; a line that they share comes once.

    `after`: an occurrence whose lines join an order that is out already.
    """
    lines: list[dict[str, Any]] = []
    for each in every:
        lines += [line for line in each.plan.steps if line not in lines]
    first = JOINED_FROM_RANK if after else 1
    for rank, line in enumerate(lines, start=first):
        id = derived_id("step", order, after or "", str(rank))
        yield Step(id=id, work_order_id=order, rank=rank, **line)
