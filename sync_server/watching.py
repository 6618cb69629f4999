"""The dates of plans that are near or past, over what the database knows."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.plans import MaintenancePlan, Occurrence
from asset_model.vocabulary import OccurrenceStatus as S
from asset_model.work_orders import WorkOrder
from maintenance.due import TORONTO
from maintenance.filters import fits
from maintenance.watch import DAYS_AHEAD, Opened, Watched, watch
from sync_server.foresight import readable
from sync_server.plan_desk import LOOKED_AFTER
from sync_server.plan_facts import load


def look_out(session: Session, *, now: datetime, days: int = DAYS_AHEAD) -> list[Watched]:
    """What falls due within so many days, and what is past; those at risk first."""
    query = select(MaintenancePlan).where(MaintenancePlan.active).order_by(MaintenancePlan.code)
    recipes = list(readable(session.scalars(query).all()))
    known = load(session, recipes, zone=TORONTO)
    plans = [recipe.plan for recipe in recipes]
    opened = _opened(session)
    found = watch(plans, known.history, known.readings, opened, known.weekly_hours, now, days=days)
    return [*_unknown(session, plans), *found]


def _unknown(session: Session, plans: Sequence[MaintenancePlan]) -> Iterator[Watched]:
    """Units that a plan of the law leaves out only because its filter asks what nobody has told."""
    lawful = [plan for plan in plans if plan.legal and plan.class_code and plan.asset_filter]
    query = select(Asset.id, Asset.class_code, Asset.attributes).where(
        Asset.class_code.in_({plan.class_code for plan in lawful}),
        Asset.status.in_(LOOKED_AFTER),
    )
    for id, class_code, attributes in session.execute(query.order_by(Asset.tag)):
        for plan in lawful:
            told = {name: w for name, w in plan.asset_filter.items() if name in attributes}
            untold = plan.asset_filter.keys() - told.keys()
            if plan.class_code == class_code and untold and fits(told, attributes):
                yield Watched(plan, id, None, "unknown")


def _opened(session: Session) -> Sequence[Opened]:
    """Occurrences whose order is out: it is planned for the day that the order itself says."""
    order = func.coalesce(Occurrence.absorbed_by, Occurrence.id)
    query = (
        select(
            Occurrence.plan_id, Occurrence.asset_id, Occurrence.due_on, Occurrence.wanted_on,
            order, WorkOrder.due_at,
        )
        .join(WorkOrder, WorkOrder.id == order, isouter=True)
        .where(Occurrence.status.in_((S.GENERATED, S.ABSORBED)))
        .order_by(Occurrence.due_on, Occurrence.id)
    )  # fmt: skip
    return [
        Opened(plan, asset, due_on, due_at.astimezone(TORONTO).date() if due_at else wanted, id)
        for plan, asset, due_on, wanted, id, due_at in session.execute(query)
    ]
