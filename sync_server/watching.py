"""The dates of plans that are near or past, over what the database knows."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asset_model.plans import MaintenancePlan, Occurrence
from asset_model.vocabulary import OccurrenceStatus as S
from asset_model.work_orders import WorkOrder
from maintenance.due import TORONTO
from maintenance.watch import DAYS_AHEAD, Opened, Watched, watch
from sync_server.foresight import readable
from sync_server.plan_facts import load


def look_out(session: Session, *, now: datetime, days: int = DAYS_AHEAD) -> list[Watched]:
    """What falls due within so many days, and what is past; those at risk first."""
    query = select(MaintenancePlan).where(MaintenancePlan.active).order_by(MaintenancePlan.code)
    recipes = list(readable(session.scalars(query).all()))
    known = load(session, recipes, zone=TORONTO)
    plans = [recipe.plan for recipe in recipes]
    opened = _opened(session)
    return watch(plans, known.history, known.readings, opened, known.weekly_hours, now, days=days)


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
