"""An incident's work order: the problem, its place and its promise are carried into it."""

from asset_model.base import instant
from asset_model.errors import Refused
from asset_model.incident_vocabulary import IncidentStatus
from asset_model.sync.wire import Columns
from asset_model.vocabulary import OPEN_STATUSES, WorkOrderKind, WorkOrderSource
from asset_model.vocabulary import WorkOrderStatus as S
from sync_server.feed import Image
from sync_server.workspace import Draft

LANGUAGE = "fr"
"""The town's: an order's title is one text that everyone reads."""
_SAME = ("description", "district_id", "place", "longitude", "latitude")


def carried(draft: Draft, columns: Columns) -> Columns:
    """A new order with what its maker left empty, as its incident says it.

    :raises Refused: ``row_unknown``, ``incident_merged``, ``incident_has_order``
    """
    if columns["incident_id"] is None:
        return columns
    incident = draft.get("incident", columns["incident_id"])
    if incident is None:
        raise Refused("row_unknown", row=columns["incident_id"])
    _check_free(draft, incident)
    said = incident.columns
    known = {name: said[name] for name in _SAME}
    known |= {"asset_id": said["asset_id"] or said["segment_id"], **_along(said)}
    known |= {"due_at": said["fix_by"], "due_reason": said["promise_reason"]}
    filled = {name: value for name, value in known.items() if columns[name] is None}
    return {**columns, **filled, "source": WorkOrderSource.INCIDENT}


def order_of(draft: Draft, incident: Image) -> Columns:
    """The order that an incident asks for, with the crew that it was given to, if any."""
    service = draft.get("service", incident.columns["service_id"])
    assert service is not None
    crew = incident.columns["crew_id"]
    return {
        "title": service.columns[f"name_{LANGUAGE}"],
        "kind": WorkOrderKind.CORRECTIVE,
        "priority": incident.columns["priority"],
        "status": S.DISPATCHED if crew else S.PLANNED,
        "crew_id": crew,
        "incident_id": incident.row,
        "created_at": instant(draft.workspace.now),
    }


def _along(said: Columns) -> Columns:
    """Where along the street it is, where the street itself is what is to be mended."""
    if said["asset_id"] not in (None, said["segment_id"]) or said["segment_m"] is None:
        return {}
    return {"from_m": said["segment_m"], "to_m": said["segment_m"], "side": said["side"]}


def _check_free(draft: Draft, incident: Image) -> None:
    """One open order at most: the incident's row is locked by now, so two cannot both pass."""
    if incident.columns["status"] == IncidentStatus.MERGED:
        raise Refused("incident_merged")
    order = draft.get("work_order", incident.columns["order_id"] or "")
    if order is not None and order.columns["status"] in OPEN_STATUSES:
        raise Refused("incident_has_order", number=order.columns["number"])
