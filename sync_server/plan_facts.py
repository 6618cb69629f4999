"""What the database knows when plans are worked out, read set by set: no row becomes an object."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.plans import MaintenancePlan, Occurrence, Shop
from asset_model.vocabulary import OccurrenceStatus as S
from maintenance.filters import fits
from maintenance.history import History, Readings, Target, Track, Week
from maintenance.moving import week_of
from maintenance.reasons import HELD, Reason
from maintenance.recipes import Recipe
from sync_server.plan_desk import LOOKED_AFTER
from sync_server.plan_readings import Moments, load_readings
from sync_server.tables import PlanRun

OPEN = (S.GENERATED, S.ABSORBED, S.FORECAST)


@dataclass(frozen=True)
class Known:
    history: History
    readings: Readings
    weekly_hours: Mapping[str, float]


def load(session: Session, recipes: Sequence[Recipe], *, zone: ZoneInfo) -> Known:
    """Everything that these plans need to be worked out."""
    plans = {recipe.plan.id: recipe.plan for recipe in recipes}
    targets = _targets(session, plans.values())
    tracks, moments = _tracks(session, list(plans), zone)
    seen = session.execute(select(PlanRun.plan_id, PlanRun.until))
    history = History(
        targets=targets,
        tracks=tracks,
        seen_until=dict(seen.all()),
        booked=_booked(session, plans),
    )
    readings = load_readings(session, recipes, targets, moments, zone=zone)
    shops = session.execute(select(Shop.code, Shop.weekly_hours))
    return Known(history, readings, {code: hours for code, hours in shops if hours is not None})


def _targets(session: Session, plans: Iterable[MaintenancePlan]) -> dict[str, Sequence[Target]]:
    """The assets in service that each plan concerns; one class is read once."""
    by_class: dict[str, Sequence[tuple[str, dict[str, object]]]] = {}
    found: dict[str, Sequence[Target]] = {}
    for plan in plans:
        if plan.asset_id is not None:
            one = select(Asset.id).where(Asset.id == plan.asset_id, _looked_after())
            found[plan.id] = session.scalars(one).all()
        elif plan.class_code is None:
            found[plan.id] = [None]
        elif not plan.asset_filter:
            every = select(Asset.id).where(Asset.class_code == plan.class_code, _looked_after())
            found[plan.id] = session.scalars(every.order_by(Asset.id)).all()
        else:
            if plan.class_code not in by_class:
                by_class[plan.class_code] = _with_attributes(session, plan.class_code)
            assets = by_class[plan.class_code]
            found[plan.id] = [id for id, values in assets if fits(plan.asset_filter, values)]
    return found


def _looked_after() -> ColumnElement[bool]:
    return Asset.status.in_(LOOKED_AFTER)


def _with_attributes(session: Session, class_code: str) -> Sequence[tuple[str, dict[str, object]]]:
    query = select(Asset.id, Asset.attributes).where(Asset.class_code == class_code)
    rows = session.execute(query.where(_looked_after()).order_by(Asset.id))
    return [(id, attributes) for id, attributes in rows]


def _tracks(
    session: Session, plan_ids: Sequence[str], zone: ZoneInfo
) -> tuple[dict[str, dict[Target, Track]], dict[str, Moments]]:
    """How far each plan has come on each asset: its latest occurrence, and the one still open."""
    tracks: dict[str, dict[Target, Track]] = {plan: {} for plan in plan_ids}
    moments: dict[str, Moments] = {plan: {} for plan in plan_ids}
    columns = (Occurrence.plan_id, Occurrence.asset_id, Occurrence.id, Occurrence.due_on)
    place = func.row_number().over(
        partition_by=(Occurrence.plan_id, Occurrence.asset_id),
        order_by=(Occurrence.due_on.desc(), Occurrence.id.desc()),
    )
    ranked = (
        select(*columns, Occurrence.done_at, place.label("place"))
        .where(Occurrence.plan_id.in_(plan_ids))
        .subquery()
    )
    latest = select(*list(ranked.c)[:5]).where(ranked.c.place == 1)
    for plan, asset, id, due_on, done_at in session.execute(latest):
        base = due_on if done_at is None else done_at.astimezone(zone).date()
        tracks[plan][asset] = Track(id, due_on, base)
        moments[plan][asset] = done_at or _end_of(due_on, zone)
    held = _held(session, plan_ids)
    is_open = select(*columns, Occurrence.status).where(
        Occurrence.plan_id.in_(plan_ids), Occurrence.status.in_(OPEN)
    )
    for plan, asset, id, due_on, status in session.execute(is_open.order_by(Occurrence.due_on)):
        track = tracks[plan][asset]
        if status == S.FORECAST:
            on, reasons = held.get(id, (None, ()))
            track = track._replace(
                waiting_id=id,
                waiting_due_on=due_on,
                waiting_wanted_on=on,
                waiting_reasons=reasons,
            )
        else:
            track = track._replace(open_id=id, open_due_on=due_on)
        tracks[plan][asset] = track
    return tracks, moments


def _held(session: Session, plan_ids: Sequence[str]) -> dict[str, tuple[date, tuple[Reason, ...]]]:
    """The day that somebody has set, and the reasons, of occurrences that wait for it."""
    found = {}
    query = select(Occurrence.id, Occurrence.wanted_on, Occurrence.reasons).where(
        Occurrence.plan_id.in_(plan_ids), Occurrence.status == S.FORECAST
    )
    for id, wanted_on, stored in session.execute(query):
        reasons = tuple(Reason.of(given) for given in stored)
        if reasons and reasons[-1].code == HELD:
            found[id] = (wanted_on, reasons)
    return found


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(23, 59), tzinfo=zone)


def _booked(
    session: Session, plans: Mapping[str, MaintenancePlan]
) -> dict[tuple[str, Week], float]:
    """The hours of open orders of plans, by shop and week."""
    booked: dict[tuple[str, Week], float] = defaultdict(float)
    query = select(Occurrence.plan_id, Occurrence.wanted_on, func.count())
    grouped = query.group_by(Occurrence.plan_id, Occurrence.wanted_on)
    for plan_id, day, count in session.execute(grouped.where(Occurrence.status == S.GENERATED)):
        plan = plans.get(plan_id)
        if plan is not None and plan.shop and plan.estimated_hours:
            booked[plan.shop, week_of(day)] += plan.estimated_hours * count
    return dict(booked)
