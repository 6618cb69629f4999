"""What the reports of an incident say, with a write laid over what is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from asset_model.incidents import Report
from asset_model.sync.wire import Columns
from sync_server.fleet_facts import moment
from sync_server.workspace import Draft, Workspace


@dataclass(frozen=True, slots=True)
class Said:
    """One report, as rules ask for it."""

    at: datetime
    source: str
    answers: Mapping[str, Any]
    words: str | None


def said_in(report: Columns) -> Said:
    told = report["source"], report["answers"] or {}, report["description"]
    return Said(moment(report["reported_at"]), *told)


def said_of(draft: Draft, incident: str) -> list[Said]:
    """What all its reports say, that of the first one first."""
    told = dict(stored(draft.workspace, incident))
    for image in draft.touched("report"):
        told.pop(image.row, None)
        if image.columns["incident_id"] == incident:
            told[image.row] = said_in(image.columns)
    return [told[row] for row in sorted(told, key=lambda row: (told[row].at, row))]


def stored(workspace: Workspace, incident: str) -> Mapping[str, Said]:
    """Its reports in the tables, by id: none, where it is of this write itself."""
    if workspace.is_new("incident", incident):
        return {}
    connection = workspace.session.connection()

    def ask() -> Mapping[str, Said]:
        rows = connection.execute(_OF, {"incident": incident})
        return {
            id: Said(at, source, answers or {}, words) for id, at, source, answers, words in rows
        }

    return workspace.known(("reports of", incident), ask)


_OF = select(
    Report.id, Report.reported_at, Report.source, Report.answers, Report.description
).where(Report.incident_id == bindparam("incident"))
