"""What happened that somebody should hear of, read off a write before it lands."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from asset_model.incident_vocabulary import ANSWERED_INCIDENTS, UpdateKind
from asset_model.incident_vocabulary import IncidentStatus as I
from asset_model.sync.wire import Columns
from asset_model.vocabulary import WorkOrderStatus
from sync_server.feed import Image
from sync_server.notices.tables import Kind
from sync_server.workspace import Workspace

BY_STATUS: dict[str, Kind] = {
    I.UNDER_REVIEW: Kind.UNDER_REVIEW,
    I.PLANNED: Kind.PLANNED,
    I.IN_PROGRESS: Kind.IN_PROGRESS,
    I.RESOLVED: Kind.RESOLVED,
    I.REOPENED: Kind.REOPENED,
    I.NOT_RETAINED: Kind.NOT_RETAINED,
    I.RECEIVED: Kind.OPENED,
}
_ANSWERS = ("answer_fr", "answer_en")


@dataclass(frozen=True)
class Happening:
    """`step` is its name for good; with `report`, it is of that report alone.

    Not `last`: something newer of the same incident is told in the same write.
    """

    kind: Kind
    step: str
    incident: Image
    report: Image | None = None
    last: bool = True
    more: Columns = field(default_factory=dict)


def happenings(workspace: Workspace) -> Iterator[Happening]:
    yield from _received(workspace)
    yield from _moves(workspace)
    yield from _answers(workspace)
    yield from _holds(workspace)
    yield from _carried_over(workspace)


def _received(workspace: Workspace) -> Iterator[Happening]:
    born = workspace.born("report")
    for report in workspace.touched("report"):
        incident = workspace.get("incident", report.columns["incident_id"] or "")
        if report.row in born and incident is not None:
            yield Happening(Kind.RECEIVED, f"received:{report.row}", incident, report)


def _moves(workspace: Workspace) -> Iterator[Happening]:
    """The town's word on where an incident stands (`sync_server/intake/told.py`)."""
    born = workspace.born("incident_update")
    for update in workspace.touched("incident_update"):
        said = update.columns
        kind = BY_STATUS.get(said["status"] or "")
        if update.row not in born or said["kind"] != UpdateKind.STATUS or kind is None:
            continue
        incident = workspace.get("incident", said["incident_id"])
        if incident is not None:
            last = incident.columns["status"] == said["status"]
            yield Happening(kind, update.row, incident, last=last, more={"at": said["made_at"]})


def _answers(workspace: Workspace) -> Iterator[Happening]:
    """Words that were chosen once the work was done."""
    for incident in workspace.touched("incident"):
        before, now = workspace.before(incident), incident.columns
        closed = before.get("status") == now["status"] and now["status"] in ANSWERED_INCIDENTS
        if closed and any(now[name] and now[name] != before[name] for name in _ANSWERS):
            step = f"answered:{incident.row}:{workspace.now.isoformat()}"
            yield Happening(Kind.ANSWERED, step, incident)


def _holds(workspace: Workspace) -> Iterator[Happening]:
    for order in workspace.touched("work_order"):
        said, before = order.columns, workspace.before(order)
        stopped = said["status"] == WorkOrderStatus.ON_HOLD != before.get("status")
        if not stopped or not before or said["incident_id"] is None:
            continue
        incident = workspace.get("incident", said["incident_id"])
        if incident is not None and incident.columns["order_id"] == order.row:
            step = f"on hold:{order.row}:{workspace.now.isoformat()}"
            yield Happening(Kind.ON_HOLD, step, incident, more={"hold": said["reason"]})


def _carried_over(workspace: Workspace) -> Iterator[Happening]:
    """Reports that are of another incident than before."""
    for report in workspace.touched("report"):
        before, now = workspace.before(report).get("incident_id"), report.columns["incident_id"]
        incident = workspace.get("incident", now or "")
        if before in (None, now) or incident is None:
            continue
        old = workspace.get("incident", before)
        merged = old is not None and old.columns["status"] == I.MERGED
        step = f"carried:{report.row}:{now}:{workspace.now.isoformat()}"
        kind = Kind.MERGED if merged else Kind.MOVED
        left = old.columns["number"] if old is not None else None
        yield Happening(kind, step, incident, report, more={"left": left})
