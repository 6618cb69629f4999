"""What a write causes to be told: queued in its transaction, so that neither is without the other.

Letters of an incident wait a little: what a crew takes back at once is told to nobody.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.catalogue import Service
from asset_model.codec import columns_of
from asset_model.sync.wire import Change, Columns
from sync_server.notices import outbox, outer
from sync_server.notices.events import TYPES
from sync_server.notices.happenings import Happening, happenings
from sync_server.notices.listeners import Listener, listener_of, listeners
from sync_server.notices.tables import Channel, Kind, Notice, State, WebhookEndpoint
from sync_server.workspace import Draft, Workspace

SETTLES_IN = timedelta(minutes=1)
TABLES = frozenset({"report", "incident", "incident_update", "work_order"})
OWN = frozenset({Kind.RECEIVED, Kind.MERGED, Kind.MOVED, Kind.CONFIRM})
"""Kinds that are of one report: others are told to every report of an incident."""


def watch(draft: Draft, change: Change) -> None:
    """Have what this change brings about be told, once all of the write is known."""
    if change.table in TABLES:
        draft.workspace.endings.setdefault("notices", queue)


def queue(workspace: Workspace) -> None:
    found = list(happenings(workspace))
    if not found:
        return
    endpoints = _endpoints(workspace.session)
    for happening in found:
        facts = _facts(workspace, happening)
        for endpoint in endpoints:
            _call(workspace, endpoint, happening, facts)
        if happening.last and happening.kind is not Kind.OPENED:
            for listener in listeners(workspace, happening):
                _write_to(workspace, listener, happening, facts)


def write_alone(session: Session, report: str, kind: Kind, step: str, *, now: datetime) -> None:
    """A letter to one report's sender, of something beside the course of its incident."""
    workspace = Workspace(session, now=now)
    image = workspace.get("report", report)
    incident = workspace.get("incident", image.columns["incident_id"] or "") if image else None
    if image is not None and incident is not None:
        happening = Happening(kind, step, incident, image)
        _write_to(workspace, listener_of(image), happening, _facts(workspace, happening))


def _write_to(
    workspace: Workspace, listener: Listener, happening: Happening, facts: dict[str, Any]
) -> None:
    own, now = happening.kind in OWN, workspace.now
    if not own:
        _overtake(workspace, Channel.EMAIL, listener.report_id, listener.report_id)
    outbox.add(
        workspace.session,
        channel=Channel.EMAIL,
        recipient=listener.report_id,
        step=happening.step,
        kind=happening.kind,
        now=now,
        due_at=now if own else now + SETTLES_IN,
        language=listener.language,
        facts={**facts, "report": listener.number},
        incident_id=happening.incident.row,
        report_id=listener.report_id,
    )


def _overtake(workspace: Workspace, channel: Channel, recipient: str, report: str) -> None:
    """What has not begun to leave, and is not so any more, is told to nobody."""
    pending = update(Notice).where(
        Notice.recipient == recipient,
        Notice.channel == channel,
        Notice.report_id == report,
        Notice.state == State.WAITING,
        Notice.kind.not_in(OWN),
        Notice.attempts == 0,
        Notice.due_at > workspace.now,
    )
    gone = {"state": State.DROPPED, "code": "overtaken", "ended_at": workspace.now}
    workspace.session.execute(pending.values(**gone))


def _call(
    workspace: Workspace, endpoint: WebhookEndpoint, happening: Happening, facts: dict[str, Any]
) -> None:
    if endpoint.open311:
        _update(workspace, endpoint, happening, facts)
        return
    if endpoint.events and TYPES[happening.kind] not in endpoint.events.split():
        return
    report = happening.report
    outbox.add(
        workspace.session,
        channel=Channel.WEBHOOK,
        recipient=endpoint.name,
        step=happening.step,
        kind=happening.kind,
        now=workspace.now,
        facts=facts | ({"report": report.columns["number"]} if report else {}),
        incident_id=happening.incident.row,
        report_id=report.row if report else None,
    )


def _update(
    workspace: Workspace, outlet: WebhookEndpoint, happening: Happening, facts: dict[str, Any]
) -> None:
    """Citizens read it there: what is taken back at once is told to nobody, as with letters."""
    if not happening.last:
        return
    for report in outer.forwarded(workspace, happening, outlet.name):
        _overtake(workspace, Channel.WEBHOOK, outlet.name, report.id)
        outbox.add(
            workspace.session,
            channel=Channel.WEBHOOK,
            recipient=outlet.name,
            step=f"{happening.step}:{report.id}",
            kind=happening.kind,
            now=workspace.now,
            due_at=workspace.now + SETTLES_IN,
            facts=facts | outer.facts_of(happening, report),
            incident_id=happening.incident.row,
            report_id=report.id,
        )


def _endpoints(session: Session) -> list[WebhookEndpoint]:
    query = select(WebhookEndpoint).where(WebhookEndpoint.disabled_at.is_(None))
    return list(session.scalars(query.order_by(WebhookEndpoint.name)))


_OF_INCIDENT = (
    *("status", "answer_fr", "answer_en", "place", "longitude", "latitude"),
    *("acknowledge_by", "fix_by", "promise_reason"),
)


def _facts(workspace: Workspace, happening: Happening) -> dict[str, Any]:
    """What may be said of it to anybody: nobody's words, and nobody's name."""
    said = happening.incident.columns
    service = _service(workspace, said["service_id"])
    return {
        "incident": said["number"],
        "service": service.get("code"),
        "service_fr": service.get("name_fr"),
        "service_en": service.get("name_en"),
        **{name: said[name] for name in _OF_INCIDENT},
        "at": instant(workspace.now),
        **happening.more,
    }


def _service(workspace: Workspace, id: str) -> Columns:
    """Read and not locked: whoever works on one incident need not wait for all of its service."""
    for image in workspace.touched("service"):
        if image.row == id:
            return image.columns
    service = workspace.known(("service", id), lambda: workspace.session.get(Service, id))
    return columns_of(service) if service else {}
