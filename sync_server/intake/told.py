"""An incident moves on, and the town's word of it is written down: once for each move.

The update of kind ``status`` that `tell` writes is what every reporter hears: notices are to be
sent of these rows, and of nothing else.
"""

from dataclasses import replace

from asset_model.base import instant
from asset_model.codec import wire_columns
from asset_model.ids import derived_id
from asset_model.incident_vocabulary import OPEN_INCIDENTS, IncidentStatus, UpdateKind
from asset_model.sync.wire import Columns
from sync_server.feed import Image
from sync_server.scope import OFFICE
from sync_server.workspace import Draft

TOWN_SOURCE = "town"


def moved(columns: Columns, status: str, *, at: str) -> Columns:
    """The columns of an incident that is `status` from `at` on."""
    stamps: Columns = {"status": status, "moved_at": at}
    if status not in OPEN_INCIDENTS:
        stamps["resolved_at"] = at
    if status == IncidentStatus.REOPENED:
        stamps |= {"reopened_at": at, "answer_fr": None, "answer_en": None}  # It was not so.
    return {**columns, **stamps}


def move(
    draft: Draft, incident: Image, status: str, *, at: str, person_id: str | None, because: str
) -> Image:
    """Move an incident on, and tell it; `because`: the id of the change that asks for it."""
    if incident.columns["status"] == status:
        return incident
    columns = moved(incident.columns, status, at=at)
    if person_id and columns["acknowledged_at"] is None:
        columns |= {"acknowledged_at": at, "acknowledged_by": person_id}
    gone_on = replace(incident, columns=columns)
    draft.put(gone_on)
    tell(draft, gone_on, at=at, person_id=person_id, because=because)
    return gone_on


def tell(draft: Draft, incident: Image, *, at: str, person_id: str | None, because: str) -> None:
    """Write the update that says where the incident stands now."""
    closed = incident.columns["status"] not in OPEN_INCIDENTS
    values = {
        "incident_id": incident.row,
        "kind": UpdateKind.STATUS,
        "status": incident.columns["status"],
        "words_fr": incident.columns["answer_fr"] if closed else None,
        "words_en": incident.columns["answer_en"] if closed else None,
        "source": TOWN_SOURCE,
        "person_id": person_id,
        "made_at": at,
        "received_at": instant(draft.workspace.now),
    }
    whole = {name: values.get(name) for name in wire_columns("incident_update")}
    id = told_id(incident.row, because)
    draft.put(Image("incident_update", id, whole, frozenset({OFFICE})))


def told_id(incident: str, because: str) -> str:
    """The id of the update that tells what the change `because` made of an incident."""
    return derived_id("told", incident, because)
