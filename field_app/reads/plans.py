"""What this replica knows of plans without asking anybody."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.plans import MaintenancePlan


def active_plans(session: Session) -> dict[str, bool]:
    """Whether each plan asks for work, by its id."""
    return dict(session.execute(select(MaintenancePlan.id, MaintenancePlan.active)).all())
