"""What could not be told reaches the office: one matter a day for all that failed alike."""

from datetime import datetime

from sqlalchemy.orm import Session

from asset_model.ids import derived_id
from asset_model.matters import MatterKind, MatterState
from sync_server.matters import raised
from sync_server.notices.tables import Channel, Notice
from sync_server.scope import OFFICE
from sync_server.workspace import Workspace


def tell_office(session: Session, notice: Notice, code: str, *, now: datetime) -> None:
    """Open the matter of this day and kind of failure, or count one more in it."""
    whom = notice.recipient if notice.channel == Channel.WEBHOOK else ""
    id = derived_id("matter of notices", notice.channel, code, whom, now.date().isoformat())
    workspace = Workspace(session, now=now)
    known = workspace.get("matter", id)
    before = known.columns["details"] if known else {}
    details = {
        "count": int(before.get("count", 0)) + 1,
        "first": before.get("first") or whom or notice.facts.get("report") or "–",
    }
    values = {
        **(known.columns if known else {}),
        "kind": MatterKind.NOTICE,
        "state": MatterState.OPEN,
        "act_id": notice.id,
        "code": code,
        "details": details,
    }
    workspace.put(raised(id, values, frozenset({OFFICE}), now))
    workspace.write()
