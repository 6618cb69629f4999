"""The order of an incident: made with one touch, one open at a time."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.ids import Author
from asset_model.incident_vocabulary import IncidentStatus
from asset_model.incidents import Incident
from asset_model.roles import may_edit, may_insert
from asset_model.vocabulary import OPEN_STATUSES, WorkOrderKind, WorkOrderSource
from asset_model.work_orders import WorkOrder
from field_app.actions import templates
from field_app.actions.acting import role_of
from field_app.actions.checklists import CHECKLISTS
from field_app.actions.new_orders import NewOrder
from field_app.actions.work_orders import create


def make_order(
    session: Session, incident_id: str, *, title: str, by: Author, device_code: str
) -> WorkOrder:
    """The order of an incident, to its crew if it has one; the server carries the pictures.

    :raises Refused: ``role_not_allowed``, ``incident_has_order``, ``incident_merged``
    """
    incident = session.get_one(Incident, incident_id)
    if incident.status == IncidentStatus.MERGED:
        raise Refused("incident_merged")
    standing = open_order(session, incident_id)
    if standing is not None:
        raise Refused("incident_has_order", number=standing.number or standing.alias)
    role = role_of(session, by)
    new = NewOrder(
        title=title,
        incident_id=incident_id,
        asset_id=incident.asset_id or incident.segment_id,
        spot=_spot(incident),
        priority=incident.priority,
        description=incident.description,
        place=incident.place,
        crew_id=incident.crew_id,
        due_at=incident.fix_by,
        due_reason=incident.promise_reason,
        source=WorkOrderSource.INCIDENT,
        steps=CHECKLISTS[WorkOrderKind.CORRECTIVE] if may_insert(role, "step") else (),
    )
    dispatch = incident.crew_id is not None and may_edit(role, "work_order", "crew_id")
    return create(session, new, by=by, device_code=device_code, dispatch=dispatch)


def make_of_template(
    session: Session,
    incident_id: str,
    template_id: str,
    *,
    title: str,
    by: Author,
    device_code: str,
) -> list[str]:
    """The order of an incident as a template makes it, or its family: all of their ids.

    :raises Refused: as `make_order` and `templates.apply`
    """
    made = make_order(session, incident_id, title=title, by=by, device_code=device_code)
    applied = templates.apply(session, made.id, template_id, by=by, device_code=device_code)
    return [made.id, *applied.children]


def open_order(session: Session, incident_id: str) -> WorkOrder | None:
    query = select(WorkOrder).where(
        WorkOrder.incident_id == incident_id, WorkOrder.status.in_(OPEN_STATUSES)
    )
    return session.scalars(query.limit(1)).first()


def _spot(incident: Incident) -> tuple[float, float] | None:
    if incident.longitude is None or incident.latitude is None:
        return None
    return incident.longitude, incident.latitude
