"""Updates for the Open311 system that handed a report on to us: each step, once, in its language.

It is called as we are ourselves (`sync_server/open311/updating.py`): a POST of
`servicerequestupdates`, under the number that the report has there. The `update_id` is that under
which we tell the same step to whoever asks, so that one who does both knows it again.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

from sqlalchemy import select

from asset_model.base import instant
from asset_model.ids import derived_id
from asset_model.incident_vocabulary import IncidentStatus
from asset_model.incident_words import status_sentence
from asset_model.incidents import Report
from sync_server.notices.filling import either
from sync_server.notices.happenings import Happening
from sync_server.notices.tables import Kind, Notice, WebhookEndpoint
from sync_server.open311.documents import DETAILED
from sync_server.workspace import Workspace

PATH = "/servicerequestupdates.json"
KNOWN_THERE = frozenset({Kind.RECEIVED, Kind.OPENED})
"""Our answer to its sending has said so."""


class Forwarded(NamedTuple):
    """A report that came from there, and its number there."""

    id: str
    number: str | None
    external_id: str
    language: str


def forwarded(workspace: Workspace, happening: Happening, outlet: str) -> Iterator[Forwarded]:
    """The reports of `outlet` that this happened to."""
    if happening.kind in KNOWN_THERE:
        return
    query = select(Report.id, Report.number, Report.external_id, Report.language).where(
        Report.source_name == outlet, Report.external_id.is_not(None)
    )
    if happening.report is not None:
        query = query.where(Report.id == happening.report.row)
    else:
        query = query.where(Report.incident_id == happening.incident.row)
    for id, number, external_id, language in workspace.session.execute(query.order_by(Report.id)):
        yield Forwarded(id, number, external_id or "", language)


def facts_of(happening: Happening, report: Forwarded) -> dict[str, Any]:
    return {
        "report": report.number,
        "external_id": report.external_id,
        "language": report.language,
        "update_id": derived_id(happening.step, report.id),
    }


def call_of(notice: Notice, outlet: WebhookEndpoint) -> tuple[str, bytes]:
    """The address and the form."""
    facts = notice.facts
    status, language = facts["status"], facts["language"]
    told = {
        "api_key": outlet.secret,
        "jurisdiction_id": outlet.jurisdiction,
        "service_request_id": facts["external_id"],
        "update_id": facts["update_id"],
        "status": DETAILED[IncidentStatus(status)],
        "updated_datetime": facts["at"] or instant(notice.made_at),
        "description": either(facts, "answer", language) or status_sentence(status, language),
    }
    form = {name: value for name, value in told.items() if value is not None}
    return outlet.url.rstrip("/") + PATH, urlencode(form).encode()
