"""Putting a plan to rest, and taking it up again: it asks for nothing meanwhile."""

from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.ids import Author
from asset_model.plans import MaintenancePlan
from asset_model.roles import check_edit
from field_app.actions.acting import role_of
from field_app.store.edits import recorded


def set_active(session: Session, plan_id: str, active: bool, *, by: Author) -> None:
    """:raises Refused: ``role_not_allowed``, ``row_unknown``"""
    check_edit(role_of(session, by), "maintenance_plan", frozenset({"active"}))
    plan = session.get(MaintenancePlan, plan_id)
    if plan is None:
        raise Refused("row_unknown", row=plan_id)
    with recorded(session, by=by):
        plan.active = active
