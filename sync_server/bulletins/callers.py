"""Who reported, told to those of 311 who may know; every look is written down."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from asset_model.base import instant
from asset_model.catalogue import Service
from asset_model.ids import NewId
from asset_model.incidents import Incident, Report
from sync_server.bulletins.asking import Asking
from sync_server.intake.contacts import Contact, contacts_of, log, read_contact
from sync_server.intake.tables import ReportContact
from sync_server.privacy.finding import reports_of

WHY_MAX = 200
AT_THE_DESK = "311"
"""Why somebody looked, where they have not said."""
ON_THE_TELEPHONE = "311: history of a caller"
REPORTS_MAX = 12
ASKED_MAX = 200


def tell_contact(asking: Asking, said: Mapping[str, Any], new_id: NewId) -> dict[str, Any]:
    number, why = str(said.get("report", "")), str(said.get("why") or AT_THE_DESK)[:WHY_MAX]
    found = read_contact(asking.session, number, asking.person, why=why, now=asking.now)
    return {"contact": {} if found is None else asdict(found)}


def tell_history(asking: Asking, said: Mapping[str, Any], new_id: NewId) -> dict[str, Any]:
    """What came with this e-mail address or telephone number, the latest first.

    :raises Refused: ``contact_unreadable``
    """
    session = asking.session
    asked = str(said.get("asked", ""))[:ASKED_MAX]
    found = reports_of(session, asked)[:REPORTS_MAX]
    for report in found:
        log(session, report, asking.person, "read", ON_THE_TELEPHONE, asking.now)
    contacts = contacts_of(session, [report.id for report in found])
    return {
        "contact": _agreed(contacts) if contacts else {},
        "language": found[0].language if found else None,
        "reports": [_told(asking, report) for report in found],
    }


def _agreed(contacts: Sequence[ReportContact]) -> dict[str, str | None]:
    """What all of them say: one who shares a telephone gets no letters of the others."""
    said = {
        name: {getattr(each, name) for each in contacts} - {None}
        for name in Contact.__dataclass_fields__
    }
    return {name: next(iter(known)) if len(known) == 1 else None for name, known in said.items()}


def _told(asking: Asking, report: Report) -> dict[str, Any]:
    incident = asking.session.get(Incident, report.incident_id or "")
    service = asking.session.get_one(Service, report.service_id)
    return {
        "number": report.number,
        "fr": service.name_fr,
        "en": service.name_en,
        "place": report.place or (incident.place if incident else None),
        "at": instant(report.reported_at),
        "incident": incident.id if incident else None,
        "status": incident.status if incident else None,
    }
