"""Everything an asset's page shows, in a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from asset_model.assets import Asset, AssetClass
from asset_model.meters import Meter
from asset_model.people import District
from asset_model.photos import SIGNATURE, Photo
from asset_model.plans import MaintenancePlan, Occurrence
from asset_model.vocabulary import OPEN_STATUSES, OccurrenceStatus
from asset_model.work_orders import Step, WorkOrder
from field_app.reads.orders import OrderLine, lines_of

WORK_MAX, PHOTOS_MAX, PLANS_MAX, MEASURES_MAX = 20, 12, 20, 6


@dataclass(frozen=True)
class PlanLine:
    """A plan that this asset is under, and when it last asked for work here, as far as known."""

    plan: MaintenancePlan
    last: Occurrence | None
    upcoming: Occurrence | None


@dataclass(frozen=True)
class MeasuredStep:
    """What a step measured on this asset, over the years: newest first."""

    label_fr: str
    label_en: str
    unit: str | None
    values: tuple[tuple[Any, float], ...]
    """(when, how much)."""


@dataclass(frozen=True)
class AssetPage:
    asset: Asset
    kind: AssetClass | None
    parent: Asset | None
    district: str | None
    meters: tuple[Meter, ...]
    open_work: tuple[OrderLine, ...]
    past_work: tuple[OrderLine, ...]
    past_total: int
    plans: tuple[PlanLine, ...]
    measured: tuple[MeasuredStep, ...]
    photos: tuple[Photo, ...]


def asset_page(session: Session, asset_id: str) -> AssetPage | None:
    asset = session.get(Asset, asset_id)
    if asset is None:
        return None
    district = session.get(District, asset.district_id) if asset.district_id else None
    is_open = WorkOrder.status.in_(OPEN_STATUSES)
    here = WorkOrder.asset_id == asset_id
    counted = select(func.count()).select_from(WorkOrder).where(here, ~is_open)
    return AssetPage(
        asset=asset,
        kind=session.scalar(select(AssetClass).where(AssetClass.code == asset.class_code)),
        parent=session.get(Asset, asset.parent_id) if asset.parent_id else None,
        district=district.name if district else None,
        meters=_meters(session, asset_id),
        open_work=lines_of(session, here, is_open, by=(WorkOrder.due_at,), limit=WORK_MAX),
        past_work=lines_of(
            session, here, ~is_open, by=(WorkOrder.completed_at.desc(),), limit=WORK_MAX
        ),
        past_total=session.scalar(counted) or 0,
        plans=_plans(session, asset),
        measured=_measured(session, asset_id),
        photos=_photos(session, asset_id),
    )


def asset_by_tag(session: Session, tag: str) -> str | None:
    """The id of the asset that a code names: exactly, and in service before any other."""
    query = select(Asset.id).where(Asset.tag.in_({tag, tag.upper()}))
    return session.scalar(query.order_by(Asset.status != "in_service", Asset.id).limit(1))


def _meters(session: Session, asset_id: str) -> tuple[Meter, ...]:
    query = select(Meter).where(Meter.asset_id == asset_id, Meter.removed_at.is_(None))
    return tuple(session.scalars(query.order_by(Meter.measure)))


def _plans(session: Session, asset: Asset) -> tuple[PlanLine, ...]:
    """Plans on this very asset, and those of its class that have asked for work on it."""
    occurrences = session.scalars(
        select(Occurrence)
        .where(Occurrence.asset_id == asset.id)
        .order_by(Occurrence.due_on.desc())
        .limit(10 * PLANS_MAX)
    ).all()
    known = {one.plan_id for one in occurrences}
    query = select(MaintenancePlan).where(
        or_(MaintenancePlan.asset_id == asset.id, MaintenancePlan.id.in_(known)),
        MaintenancePlan.active,
    )
    plans = session.scalars(query.order_by(MaintenancePlan.code).limit(PLANS_MAX))
    return tuple(
        PlanLine(
            plan,
            _first(occurrences, plan.id, (OccurrenceStatus.DONE,)),
            _first(reversed(occurrences), plan.id, (OccurrenceStatus.GENERATED,)),
        )
        for plan in plans
    )


def _first(occurrences: Any, plan_id: str, statuses: tuple[str, ...]) -> Occurrence | None:
    fits = (one for one in occurrences if one.plan_id == plan_id and one.status in statuses)
    return next(fits, None)


def _measured(session: Session, asset_id: str) -> tuple[MeasuredStep, ...]:
    """Numbers that steps of this asset's orders measured, each kind with its past."""
    rows = session.execute(
        select(Step.label_fr, Step.label_en, Step.unit, Step.answered_at, Step.answer)
        .join(WorkOrder, WorkOrder.id == Step.work_order_id)
        .where(WorkOrder.asset_id == asset_id, Step.kind == "number", Step.answer.is_not(None))
        .order_by(Step.answered_at.desc())
        .limit(20 * MEASURES_MAX)
    )
    found: dict[tuple[str, str, str | None], list[tuple[Any, float]]] = {}
    for french, english, unit, at, answer in rows:
        found.setdefault((french, english, unit), []).append((at, float(answer or 0)))
    lines = [MeasuredStep(*key, tuple(values)) for key, values in found.items()]
    return tuple(lines[:MEASURES_MAX])


def _photos(session: Session, asset_id: str) -> tuple[Photo, ...]:
    """The newest of all orders of this asset; signatures are no pictures of it."""
    query = (
        select(Photo)
        .join(WorkOrder, WorkOrder.id == Photo.work_order_id)
        .where(WorkOrder.asset_id == asset_id, Photo.moment.is_distinct_from(SIGNATURE))
        .order_by(Photo.taken_at.desc())
    )
    return tuple(session.scalars(query.limit(PHOTOS_MAX)))
