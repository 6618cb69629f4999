"""The journal: every change ever received and its outcome. It is the ledger of repeats, too."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, bindparam, select
from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.sync.wire import Change, Columns, Group, Outcome
from sync_server import bulk
from sync_server.enrolment import with_former
from sync_server.senders import Sender, when_made
from sync_server.spoken import Decided
from sync_server.tables import JournalEntry

_BY_ID = select(JournalEntry).where(JournalEntry.id.in_(bindparam("ids", expanding=True)))


def answered(session: Session, ids: Sequence[str]) -> dict[str, Outcome]:
    """The recorded outcomes of changes that came before."""
    found: dict[str, Outcome] = {}
    for start in range(0, len(ids), 500):
        entries = session.scalars(_BY_ID, {"ids": ids[start : start + 500]})
        found |= {entry.id: _outcome(entry) for entry in entries}
    return found


def parked_rows(session: Session, rows: Iterable[str], device_id: str | None) -> set[str]:
    """Which of these rows have a change of the device parked on them."""
    wanted = list(rows)
    parked: set[str] = set()
    for start in range(0, len(wanted), 500):
        part = {"rows": wanted[start : start + 500], "device": device_id}
        parked.update(session.scalars(_PARKED, part))
    return parked


_PARKED = select(JournalEntry.row).where(
    JournalEntry.row.in_(bindparam("rows", expanding=True)),
    JournalEntry.result == "parked",
    JournalEntry.device_id == bindparam("device"),
)


def become_of(session: Session, device_id: str, waiting: Sequence[str]) -> list[Outcome]:
    """What has become of a device's parked changes since; those still parked are left out.

    Also of those that it sent under its name before it was enrolled anew.
    """
    if not waiting:
        return []
    query = select(JournalEntry).where(
        JournalEntry.id.in_(waiting),
        JournalEntry.device_id.in_(with_former(device_id)),
        JournalEntry.result != "parked",
    )
    return [_outcome(entry) for entry in session.scalars(query)]


def _outcome(entry: JournalEntry) -> Outcome:
    return Outcome(
        change=entry.id,
        result=entry.result,  # type: ignore[arg-type]  # written from a Result
        position=entry.position,
        columns=entry.columns,
        set_aside=entry.set_aside,
        code=entry.code,
        details=entry.details,
    )


def waiting_for(session: Session, rows: Iterable[str]) -> list[tuple[Group, JournalEntry]]:
    """The parked groups that wait for any of these rows, oldest first, with how each came."""
    return _parked_groups(session, JournalEntry.waits_for.in_(list(rows)))


def not_understood(session: Session) -> list[tuple[Group, JournalEntry]]:
    """The parked groups that spoke of tables or columns unknown here, oldest first."""
    return _parked_groups(session, JournalEntry.code.in_(("table_unknown", "column_unknown")))


def _parked_groups(
    session: Session, which: ColumnElement[bool]
) -> list[tuple[Group, JournalEntry]]:
    parked = select(JournalEntry.group_id).where(which, JournalEntry.result == "parked")
    query = (
        select(JournalEntry)
        .where(JournalEntry.group_id.in_(parked))
        .order_by(JournalEntry.received_at, JournalEntry.group_id, JournalEntry.place)
    )
    entries = session.scalars(query).all()
    by_group = [list(part) for _, part in groupby(entries, key=lambda entry: entry.group_id)]
    return [(_group(part), part[0]) for part in by_group]


def _group(entries: list[JournalEntry]) -> Group:
    return Group(
        id=entries[0].group_id,
        person=entries[0].person_id or "",
        made_at=entries[0].made_at,
        changes=tuple(
            Change(
                id=entry.id,
                table=entry.table,
                row=entry.row,
                op=entry.op,  # type: ignore[arg-type]  # written from an Operation
                before=entry.before,
                after=entry.after,
            )
            for entry in entries
        ),
    )


WRITERS_LOOKED_AT_MAX = 100


def writer_of(session: Session, row: str, column: str, value: Any) -> JournalEntry | None:
    """The last change that made this value of a row; None where it is not in the journal."""
    landed = JournalEntry.result.in_(("applied", "merged"))
    query = (
        select(JournalEntry)
        .where(JournalEntry.row == row, landed)
        .order_by(JournalEntry.position.desc())
        .limit(WRITERS_LOOKED_AT_MAX)
    )
    for entry in session.scalars(query):
        if column in entry.after and {**entry.after, **entry.columns}[column] == value:
            return entry
    return None


def when_of(entry: JournalEntry, *, now: datetime) -> str | None:
    """When a change was made, by the server's clock."""
    return when_made(entry.made_at, entry.clock_error_s, now=now)


def group_of(session: Session, group_id: str) -> tuple[Group, JournalEntry] | None:
    """A group as it came, whole, with how it came."""
    query = select(JournalEntry).where(JournalEntry.group_id == group_id)
    entries = list(session.scalars(query.order_by(JournalEntry.received_at, JournalEntry.place)))
    return (_group(entries), entries[0]) if entries else None


def amend(session: Session, decided: Iterable[Decided]) -> None:
    """Write what became of changes that were turned down; why they were stays beside it."""
    for group, outcomes in decided:
        for change, outcome in zip(group.changes, outcomes, strict=True):
            entry = session.get_one(JournalEntry, change.id)
            turned = entry.result in ("parked", "refused") and outcome.result != "parked"
            before = {f"was_{entry.result}": entry.code} if turned else {}
            entry.result, entry.position = outcome.result, outcome.position
            entry.columns, entry.set_aside = outcome.columns, outcome.set_aside
            entry.code, entry.details = outcome.code, {**outcome.details, **before}
            entry.waits_for = _waits_for(outcome)


def _waits_for(outcome: Outcome) -> str | None:
    row = outcome.details.get("row")
    return row if outcome.result == "parked" and isinstance(row, str) else None


def record(session: Session, decided: Iterable[Decided], sender: Sender, *, now: datetime) -> None:
    received_at = instant(now)
    entries = [
        _entry(group, change, outcome, sender, received_at) | {"place": place}
        for group, outcomes in decided
        for place, (change, outcome) in enumerate(zip(group.changes, outcomes, strict=True))
    ]
    bulk.insert(session, "journal", entries)


def _text(columns: Columns) -> str:
    return json.dumps(columns) if columns else "{}"  # Most are empty.


def _entry(
    group: Group, change: Change, outcome: Outcome, sender: Sender, now: str
) -> dict[str, Any]:
    return {
        "id": change.id,
        "group_id": group.id,
        "table_name": change.table,
        "row_id": change.row,
        "op": change.op,
        "before": _text(change.before),
        "after": _text(change.after),
        "person_id": group.person or None,
        "device_id": sender.device_id,
        "install": sender.install,
        "incarnation": sender.incarnation,
        "made_at": group.made_at,
        "clock_error_s": sender.clock_error_s,
        "received_at": now,
        "schema_version": sender.schema,
        "result": outcome.result,
        "position": outcome.position,
        "columns": _text(outcome.columns),
        "set_aside": _text(outcome.set_aside),
        "code": outcome.code,
        "details": _text(outcome.details),
        "waits_for": _waits_for(outcome),
    }
