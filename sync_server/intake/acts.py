"""What somebody does of an incident in one touch, as the change that it is."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.errors import Refused
from asset_model.incidents import Incident, Report
from asset_model.people import Crew, Person
from asset_model.sync.wire import Change, Group
from asset_model.vocabulary import WorkOrderStatus as S
from asset_model.work_orders import WorkOrder
from sync_server.intake.orders import order_of
from sync_server.push import apply_groups
from sync_server.senders import Sender
from sync_server.workspace import Draft, Workspace


def make_order(
    session: Session,
    number: str,
    by: Person,
    *,
    crew: str | None,
    now: datetime,
    new_id: Callable[[], str],
) -> WorkOrder:
    """The order of an incident, told by its number or that of a report; `crew`: a code.

    Words, pictures and place follow by themselves (`orders.py`, `following.py`).

    :raises Refused: ``report_unknown``, ``crew_unknown``, ``incident_has_order``,
        ``incident_merged``
    """
    incident = _incident(session, number)
    workspace = Workspace(session, now=now)
    image = workspace.get("incident", incident.id)
    assert image is not None
    after = {**order_of(Draft(workspace), image), "created_by": by.id}
    if crew is not None:
        after |= {"crew_id": _crew(session, crew), "status": S.DISPATCHED}
    row = new_id()
    given = {name: value for name, value in after.items() if value is not None}
    change = Change(id=new_id(), table="work_order", row=row, op="insert", after=given)
    group = Group(id=new_id(), person=by.id, made_at=instant(now), changes=(change,))
    (outcome,) = apply_groups(session, [group], Sender(), now=now)
    if outcome.code is not None:
        raise Refused(outcome.code, **outcome.details)
    return session.get_one(WorkOrder, row)


def _incident(session: Session, number: str) -> Incident:
    query = (
        select(Incident)
        .outerjoin(Report, Report.incident_id == Incident.id)
        .where(or_(Incident.number == number, Report.number == number))
    )
    found = session.scalars(query).first()
    if found is None:
        raise Refused("report_unknown", report=number)
    return found


def _crew(session: Session, code: str) -> str:
    found = session.scalars(select(Crew.id).where(Crew.code == code)).first()
    if found is None:
        raise Refused("crew_unknown", crew=code)
    return found
