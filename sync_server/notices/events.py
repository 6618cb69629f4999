"""The events that webhooks carry, as JSON: `events.schema.json` says of each field what it is."""

import json
from importlib.resources import files
from typing import Any

from sync_server.notices.tables import Kind, Notice

TYPES: dict[str, str] = {
    Kind.OPENED: "incident.opened",
    Kind.UNDER_REVIEW: "incident.moved",
    Kind.PLANNED: "incident.moved",
    Kind.IN_PROGRESS: "incident.moved",
    Kind.RESOLVED: "incident.moved",
    Kind.REOPENED: "incident.moved",
    Kind.NOT_RETAINED: "incident.moved",
    Kind.ON_HOLD: "incident.held",
    Kind.ANSWERED: "incident.answered",
    Kind.RECEIVED: "report.received",
    Kind.MERGED: "report.joined",
    Kind.MOVED: "report.joined",
    Kind.TEST: "webhook.test",
}
"""By kind of notice."""


def schema() -> dict[str, Any]:
    text = (files("sync_server.notices") / "events.schema.json").read_text("utf-8")
    known: dict[str, Any] = json.loads(text)
    return known


def event_of(notice: Notice) -> dict[str, Any]:
    """What is sent: nobody's name and nobody's words, those of the town excepted."""
    facts = notice.facts
    if notice.kind == Kind.TEST:
        return {"type": TYPES[notice.kind], "timestamp": facts["at"], "data": {}}
    told = {
        "incident": facts["incident"],
        "status": facts["status"],
        "service": {name: facts[key] for name, key in _SERVICE.items()},
        "place": {name: facts[key] for name, key in _PLACE.items()},
        "promise": {name: facts[name] for name in ("acknowledge_by", "fix_by")},
        "answer": {"fr": facts["answer_fr"], "en": facts["answer_en"]},
    }
    if facts.get("report"):
        told["report"] = facts["report"]
    return {"type": TYPES[notice.kind], "timestamp": facts["at"], "data": told}


_SERVICE = {"code": "service", "fr": "service_fr", "en": "service_en"}
_PLACE = {"name": "place", "longitude": "longitude", "latitude": "latitude"}
