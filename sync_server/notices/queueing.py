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
from asset_model.incident_vocabulary import ANSWERED_INCIDENTS
from asset_model.sync.wire import Change, Columns
from sync_server.notices import outbox, outer
from sync_server.notices.events import TYPES
from sync_server.notices.happenings import Happening, happenings
from sync_server.notices.listeners import Listener, listener_of, listeners
from sync_server.notices.tables import Channel, Kind, Notice, State, WebhookEndpoint
from sync_server.workspace import Draft, Workspace

SETTLES_IN = timedelta(minutes=1)
TABLES = frozenset({"report", "incident", "incident_update", "work_order"})
AT_ONCE = frozenset({Kind.RECEIVED, Kind.CONFIRM})
CARRIED = frozenset({Kind.MERGED, Kind.MOVED})
OWN = AT_ONCE | CARRIED
"""Kinds that are of one report: others are told to every report of an incident."""


def watch(draft: Draft, change: Change) -> None:
    """Have what this change brings about be told, once all of the write is known."""
    if change.table in TABLES:
        draft.workspace.endings.setdefault("notices", queue)


def queue(workspace: Workspace) -> None:
    found = [(each, _facts(workspace, each)) for each in happenings(workspace)]
    if not found:
        return
    post = _Post(workspace)
    endpoints = _endpoints(workspace.session)
    for happening, facts in found:
        for endpoint in endpoints:
            _call(post, endpoint, happening, facts)
    told = [(each, facts) for each, facts in found if each.last and each.kind is not Kind.OPENED]
    heard = listeners(workspace, [happening for happening, _ in told])
    for (happening, facts), theirs in zip(told, heard, strict=True):
        for listener in theirs:
            _write_to(post, listener, happening, facts)
    post.close()


def write_alone(session: Session, report: str, kind: Kind, step: str, *, now: datetime) -> None:
    """A letter to one report's sender, of something beside the course of its incident."""
    workspace = Workspace(session, now=now)
    image = workspace.get("report", report)
    incident = workspace.get("incident", image.columns["incident_id"] or "") if image else None
    if image is not None and incident is not None:
        post, happening = _Post(workspace), Happening(kind, step, incident, image)
        _write_to(post, listener_of(image), happening, _facts(workspace, happening))
        post.close()


class _Post:
    """Notices of one write, which leave for the outbox together."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._notices: list[dict[str, Any]] = []

    def add(
        self,
        channel: Channel,
        recipient: str,
        happening: Happening,
        facts: dict[str, Any],
        *,
        report_id: str | None,
        of_report: str = "",
        language: str = "",
        settles: bool = False,
    ) -> None:
        now = self.workspace.now
        notice = outbox.notice(
            channel,
            recipient,
            happening.step + of_report,
            happening.kind,
            now=now,
            due_at=now + SETTLES_IN if settles else now,
            language=language,
            facts=facts,
            incident_id=happening.incident.row,
            report_id=report_id,
        )
        self._notices.append(notice)

    def overtake(self, channel: Channel, recipient: str, report: str) -> None:
        """What has not begun to leave, and is not so any more, is told to nobody."""
        self.close()
        pending = update(Notice).where(
            Notice.recipient == recipient,
            Notice.channel == channel,
            Notice.report_id == report,
            Notice.state == State.WAITING,
            Notice.kind.not_in(OWN),
            Notice.attempts == 0,
            Notice.due_at > self.workspace.now,
        )
        gone = {"state": State.DROPPED, "code": "overtaken", "ended_at": self.workspace.now}
        self.workspace.session.execute(pending.values(**gone))

    def carried_from(self, report: str) -> str | None:
        """The incident that its sender still takes it to be in: what has not begun to leave of
        where it went since is told to nobody. None: they were told of every move.
        """
        self.close()
        pending = (
            Notice.recipient == report,
            Notice.channel == Channel.EMAIL,
            Notice.state == State.WAITING,
            Notice.kind.in_(CARRIED),
            Notice.attempts == 0,
            Notice.due_at > self.workspace.now,
        )
        session = self.workspace.session
        oldest = select(Notice.facts).where(*pending).order_by(Notice.made_at).limit(1)
        facts = session.scalars(oldest).first()
        gone = {"state": State.DROPPED, "code": "overtaken", "ended_at": self.workspace.now}
        session.execute(update(Notice).where(*pending).values(**gone))
        return facts.get("left") if facts else None

    def close(self) -> None:
        outbox.add(self.workspace.session, self._notices)
        self._notices = []


def _write_to(post: _Post, listener: Listener, happening: Happening, facts: dict[str, Any]) -> None:
    report = listener.report_id
    if happening.kind in CARRIED:
        facts = {**facts, "left": post.carried_from(report) or facts["left"]}
        if facts["left"] == facts["incident"]:
            return  # It is back before anybody was told.
    elif happening.kind not in AT_ONCE:
        post.overtake(Channel.EMAIL, report, report)
    post.add(
        Channel.EMAIL, report, happening, {**facts, "report": listener.number},
        report_id=report, language=listener.language, settles=happening.kind not in AT_ONCE,
    )  # fmt: skip


def _call(
    post: _Post, endpoint: WebhookEndpoint, happening: Happening, facts: dict[str, Any]
) -> None:
    if endpoint.open311:
        _update(post, endpoint, happening, facts)
        return
    if endpoint.events and TYPES[happening.kind] not in endpoint.events.split():
        return
    report = happening.report
    more = {"report": report.columns["number"]} if report else {}
    row = report.row if report else None
    post.add(Channel.WEBHOOK, endpoint.name, happening, facts | more, report_id=row)


def _update(
    post: _Post, outlet: WebhookEndpoint, happening: Happening, facts: dict[str, Any]
) -> None:
    """Citizens read it there: what is taken back at once is told to nobody, as with letters."""
    if not happening.last:
        return
    for report in outer.forwarded(post.workspace, happening, outlet.name):
        post.overtake(Channel.WEBHOOK, outlet.name, report.id)
        post.add(
            Channel.WEBHOOK, outlet.name, happening, facts | outer.facts_of(happening, report),
            report_id=report.id, of_report=f":{report.id}", settles=True,
        )  # fmt: skip


def _endpoints(session: Session) -> list[WebhookEndpoint]:
    query = select(WebhookEndpoint).where(WebhookEndpoint.disabled_at.is_(None))
    return list(session.scalars(query.order_by(WebhookEndpoint.name)))


_OF_INCIDENT = (
    *("status", "place", "longitude", "latitude"),
    *("acknowledge_by", "fix_by", "promise_reason"),
)


def _facts(workspace: Workspace, happening: Happening) -> dict[str, Any]:
    """What may be said of it to anybody: nobody's words, and nobody's name."""
    said = happening.incident.columns
    service = _service(workspace, said["service_id"])
    answered = said["status"] in ANSWERED_INCIDENTS
    still = dict.fromkeys(("acknowledge_by", "fix_by")) if said["suspended_at"] else {}
    return {
        "incident": said["number"],
        "service": service.get("code"),
        "service_fr": service.get("name_fr"),
        "service_en": service.get("name_en"),
        **{name: said[name] for name in _OF_INCIDENT},
        **still,
        **{name: said[name] if answered else None for name in ("answer_fr", "answer_en")},
        "at": instant(workspace.now),
        **happening.more,
    }


def _service(workspace: Workspace, id: str) -> Columns:
    """Read and not locked: whoever works on one incident need not wait for all of its service."""
    held = workspace.held("service", id)
    if held is not None:
        return held.columns
    service = workspace.known(("service", id), lambda: workspace.session.get(Service, id))
    return columns_of(service) if service else {}
