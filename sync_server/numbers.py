"""Short numbers: of work orders, of incidents, of reports."""

from sqlalchemy import text

from sync_server.workspace import Workspace

_HOLD = text(
    "INSERT INTO number_series (series, last) VALUES (:series, 0)"
    " ON CONFLICT (series) DO UPDATE SET last = number_series.last RETURNING last"
)
_NOTE = text("UPDATE number_series SET last = :last WHERE series = :series")


def next_number(workspace: Workspace, series: str) -> str:
    """The next of a series: ``BT-2026-000001``. Gaps are possible, twins are not.

    The first that a write asks for holds the series until its commit: so the others are counted in
    memory, and how far it came is noted once.
    """
    if series not in workspace.numbers:
        held = workspace.session.execute(_HOLD, {"series": series})
        workspace.numbers[series] = held.scalar_one()
        workspace.endings.setdefault("numbers", _note)
    workspace.numbers[series] += 1
    return f"{series}-{workspace.numbers[series]:06d}"


def _note(workspace: Workspace) -> None:
    reached = [{"series": series, "last": last} for series, last in workspace.numbers.items()]
    workspace.session.execute(_NOTE, reached)
