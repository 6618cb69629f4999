"""Matters of before there were any: a server that is brought up to date raises them once."""

import json
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.facts import ContestedValue
from asset_model.matters import NOT_TAKEN, Matter, MatterKind
from asset_model.sync.wire import Columns
from sync_server import journal, matters
from sync_server.feed import images
from sync_server.senders import Sender
from sync_server.tables import JournalEntry
from sync_server.workspace import Workspace


def raise_missing(session: Session) -> None:
    """A matter for each act that was turned down and each open contest that has none."""
    acts = _acts(session)
    contests = _contests(session)
    latest = [entry.received_at for entry in acts] + [value.contested_at for value in contests]
    if not latest:
        return
    workspace = Workspace(session, now=max(latest))
    for entry in acts:
        _raise_act(workspace, entry)
    for _, values in groupby(contests, key=lambda value: value.change_id):
        _raise_contest(workspace, list(values))
    workspace.write()


def _acts(session: Session) -> list[JournalEntry]:
    """The first change of each act that came from a device."""
    known = select(Matter.act_id).where(Matter.kind.in_(NOT_TAKEN))
    query = select(JournalEntry).where(
        JournalEntry.result.in_(("refused", "parked")),
        JournalEntry.device_id.is_not(None),
        JournalEntry.group_id.not_in(known),
    )
    entries = session.scalars(query.order_by(JournalEntry.received_at, JournalEntry.id)).all()
    return list({entry.group_id: entry for entry in reversed(entries)}.values())[::-1]


def _raise_act(workspace: Workspace, first: JournalEntry) -> None:
    found = journal.group_of(workspace.session, first.group_id)
    assert found is not None
    group = workspace.spoken.hear(found[0], first.schema)
    known = journal.answered(workspace.session, [change.id for change in group.changes])
    outcomes = [known[change.id] for change in group.changes]
    sender = Sender(device_id=first.device_id, clock_error_s=first.clock_error_s)
    matters.follow(workspace, [(group, outcomes)], sender)
    _date(workspace, matters.held_id(group.id), first.received_at)


def _date(workspace: Workspace, id: str, raised_at: datetime) -> None:
    matter = workspace.get("matter", id)
    assert matter is not None
    columns = {**matter.columns, "raised_at": instant(raised_at)}
    workspace.put(replace(matter, columns=columns))


def _contests(session: Session) -> list[ContestedValue]:
    known = select(Matter.act_id).where(Matter.kind == MatterKind.CONTESTED)
    query = select(ContestedValue).where(
        ContestedValue.settled_at.is_(None), ContestedValue.change_id.not_in(known)
    )
    return list(session.scalars(query.order_by(ContestedValue.change_id, ContestedValue.column)))


def _raise_contest(workspace: Workspace, values: list[ContestedValue]) -> None:
    """Who wrote the value that was kept was not noted then, nor when each was written."""
    first = values[0]
    found = images(workspace.session, [(first.table, first.row_id)], lock=True)
    if not found:
        return
    told = {"change": first.change_id, "table": first.table, "row": first.row_id}
    columns = {
        "kind": MatterKind.CONTESTED,
        "work_order_id": first.work_order_id,
        "act_id": first.change_id,
        "person_id": first.person_id,
        "raised_at": instant(first.contested_at),
        "changes": [{**told, "lines": [_line(value) for value in values]}],
    }
    id = matters.contest_id(first.change_id)
    workspace.put(matters.raised(id, columns, found[0].buckets, workspace.now))


def _line(value: ContestedValue) -> Columns:
    return {
        "column": value.column,
        "kept": json.loads(value.kept or "null"),
        "kept_by": None,
        "kept_at": None,
        "set_aside": json.loads(value.set_aside or "null"),
        "set_aside_by": value.person_id,
        "set_aside_at": None,
    }
