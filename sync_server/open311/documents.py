"""The documents of GeoReport v2, made from the town's record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from asset_model.catalogue import Service
from asset_model.incident_vocabulary import OPEN_INCIDENTS
from asset_model.incident_vocabulary import IncidentStatus as I
from asset_model.incident_words import answer_told, status_sentence
from asset_model.incidents import Incident, IncidentUpdate, Report
from sync_server.open311.moments import spelled

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
CHANGESET = "2026-11-26T18:00-05:00"
"""When what is offered here last changed."""

_DATATYPES = {
    "text": "string",
    "integer": "number",
    "number": "number",
    "boolean": "singlevaluelist",
    "date": "datetime",
    "choice": "singlevaluelist",
}
_YES_NO = (("true", "oui", "yes"), ("false", "non", "no"))

DETAILED = {
    I.RECEIVED: "OPEN",
    I.REOPENED: "OPEN",
    I.UNDER_REVIEW: "INVESTIGATING",
    I.PLANNED: "ACTION_SCHEDULED",
    I.IN_PROGRESS: "IN_PROGRESS",
    I.RESOLVED: "FIXED",
    I.NOT_RETAINED: "NO_FURTHER_ACTION",
    I.MERGED: "DUPLICATE",
}
"""Where an incident stands, in the words of the updates extension."""


def discovery(root: str, contact: str) -> dict[str, Any]:
    # Some clients read the second of at least two: one for each format, at the same address.
    endpoints = [
        {
            "specification": SPECIFICATION,
            "url": root,
            "changeset": CHANGESET,
            "type": "production",
            "formats": [kind],
        }
        for kind in ("text/xml", "application/json")
    ]
    key = f"{contact}: a key is needed to send requests (api_key)"
    return {
        "changeset": CHANGESET,
        "contact": contact,
        "key_service": key,
        "endpoints": endpoints,
    }


def service(row: Service, language: str | None) -> dict[str, Any]:
    spoken = language or "fr"
    return {
        "service_code": row.code,
        "service_name": getattr(row, f"name_{spoken}"),
        "description": getattr(row, f"description_{spoken}") or getattr(row, f"name_{spoken}"),
        "metadata": bool(row.questions),
        "type": "realtime",
        "keywords": row.keywords or "",
        "group": getattr(row, f"group_{spoken}"),
    }


def definition(row: Service, language: str | None) -> dict[str, Any]:
    """Its questions; in both languages, unless one was asked for."""
    attributes = [
        _attribute(question, order, language) for order, question in enumerate(row.questions, 1)
    ]
    return {"service_code": row.code, "attributes": attributes}


def _attribute(question: Mapping[str, Any], order: int, language: str | None) -> dict[str, Any]:
    unit = question.get("unit")
    told = {
        "variable": True,
        "code": question["name"],
        "datatype": _DATATYPES[question["type"]],
        "required": bool(question.get("required")),
        "datatype_description": unit,
        "order": order,
        "description": _said(question, "label", language) or question["name"],
    }
    values = _values(question, language)
    return {**told, "values": values} if values else told


def _values(question: Mapping[str, Any], language: str | None) -> list[dict[str, str]]:
    if question["type"] == "boolean":
        named = ({"code": code, "label_fr": f, "label_en": e} for code, f, e in _YES_NO)
        return [{"key": each["code"], "name": _said(each, "label", language)} for each in named]
    return [
        {"key": str(choice["code"]), "name": _said(choice, "label", language) or choice["code"]}
        for choice in question.get("choices") or ()
    ]


def _said(words: Mapping[str, Any], name: str, language: str | None) -> str:
    both = [words.get(f"{name}_{each}") for each in ([language] if language else ["fr", "en"])]
    return " / ".join(dict.fromkeys(word for word in both if word))


def request(
    report: Report,
    incident: Incident,
    asked: Service,
    *,
    language: str,
    media_url: str | None,
    own: bool,
    extended: bool,
) -> dict[str, Any]:
    """One request; the citizen's words and pictures for the key that brought them (`own`)."""
    told: dict[str, Any] = {
        "service_request_id": report.number,
        "status": "open" if incident.status in OPEN_INCIDENTS else "closed",
        "status_notes": notes(incident, language),
        "service_name": getattr(asked, f"name_{language}"),
        "service_code": asked.code,
        "description": report.description if own else None,
        "agency_responsible": None,
        "service_notice": None,
        "requested_datetime": spelled(report.reported_at),
        "updated_datetime": _at(updated_at(report, incident)),
        "expected_datetime": _at(incident.promised_by),
        "address": report.place or incident.place,
        "address_id": report.address_id,
        "zipcode": report.zipcode,
        "lat": report.latitude if report.latitude is not None else incident.latitude,
        "long": report.longitude if report.longitude is not None else incident.longitude,
        "media_url": media_url if own else None,
    }
    dates = ("requested_datetime", "updated_datetime", "expected_datetime")
    told = {name: value for name, value in told.items() if value is not None or name not in dates}
    if extended:
        told["extended_attributes"] = {
            "detailed_status": DETAILED[I(incident.status)],
            "incident_id": incident.number,
            "reports": incident.reports_count,
        }
    return told


def notes(incident: Incident, language: str) -> str:
    answer = answer_told(incident.status, incident.answer_fr, incident.answer_en, language)
    return answer or status_sentence(incident.status, language)


def updated_at(report: Report, incident: Incident) -> datetime:
    moments = (report.reported_at, incident.moved_at)
    return max(moment for moment in moments if moment is not None)


def _at(moment: datetime | None) -> str | None:
    return spelled(moment) if moment else None


def update(told: IncidentUpdate, report: Report, id: str, language: str) -> dict[str, Any]:
    words: str | None = getattr(told, f"words_{language}")
    status = I(told.status or I.RECEIVED)
    return {
        "update_id": id,
        "service_request_id": report.number,
        "status": DETAILED[status],
        "updated_datetime": spelled(told.made_at),
        "description": words or status_sentence(status, language),
        "media_url": None,
    }
