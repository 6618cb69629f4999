"""Raising what a person must settle, and closing what has settled itself.

A matter is written with what makes it, in the same transaction, and its id follows from that: the
same change raises it once, however often it arrives.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from asset_model.base import instant
from asset_model.codec import wire_columns
from asset_model.ids import derived_id
from asset_model.matters import Choice, MatterKind, MatterState
from asset_model.sync.merge import Merged
from asset_model.sync.reading import may_be_id
from asset_model.sync.wire import Change, Columns, Group, Outcome
from asset_model.tables import OF_AN_ORDER
from sync_server.feed import Image
from sync_server.journal import when_of, writer_of
from sync_server.scope import OFFICE
from sync_server.senders import Sender, when_made
from sync_server.spoken import Decided
from sync_server.tables import Device
from sync_server.workspace import Draft, Workspace, of_crew

CHANGES_TOLD_MAX = 20
"""Of one act; the journal has them all, and it is from there that they are applied."""


class Whose(NamedTuple):
    """Whose a value is, and when they gave it."""

    person_id: str | None = None
    at: str | None = None


def of_contest(draft: Draft, change: Change, merged: Merged, row: Image, whose: Whose) -> None:
    """A merge rule set values of this change aside: one matter for all of them."""
    lines = [_line(draft, change, merged, row, name, whose) for name in sorted(merged.contested)]
    values = {
        "kind": MatterKind.CONTESTED,
        "work_order_id": _order_of(change.table, change.row, row.columns),
        "act_id": change.id,
        "person_id": whose.person_id,
        "made_at": whose.at,
        "changes": [
            {"change": change.id, "table": change.table, "row": change.row, "lines": lines}
        ],
    }
    draft.put(raised(contest_id(change.id), values, row.buckets, draft.workspace.now))


def contest_id(change_id: str) -> str:
    return derived_id("matter of a contest", change_id)


def held_id(group_id: str) -> str:
    return derived_id("matter of an act", group_id)


def _line(
    draft: Draft, change: Change, merged: Merged, row: Image, name: str, whose: Whose
) -> Columns:
    """What was kept and what was set aside in one column, each with who wrote it, and when."""
    kept, set_aside = row.columns[name], merged.set_aside[name]
    # A value by names may take some from the device, and still not be its own.
    device_won = kept == change.after[name]
    found = writer_of(draft.workspace.session, row.row, name, set_aside if device_won else kept)
    other = Whose(found.person_id, when_of(found, now=draft.workspace.now)) if found else Whose()
    winner, loser = (whose, other) if device_won else (other, whose)
    return {
        "column": name,
        "kept": kept,
        "kept_by": winner.person_id,
        "kept_at": winner.at,
        "set_aside": set_aside,
        "set_aside_by": loser.person_id,
        "set_aside_at": loser.at,
    }


def follow(workspace: Workspace, decided: Iterable[Decided], sender: Sender) -> None:
    """Raise a matter for each act that was not taken; tell it anew where the reason changed."""
    if sender.device_id is None:
        return  # The server's own hand tells its failures to whoever moved it.
    for group, outcomes in decided:
        if any(outcome.code is not None for outcome in outcomes):
            _follow(workspace, group, outcomes, sender)


def _follow(
    workspace: Workspace, group: Group, outcomes: Sequence[Outcome], sender: Sender
) -> None:
    id = held_id(group.id)
    known = workspace.get("matter", id)
    culprit = next((o for o in outcomes if o.code != "group_refused"), outcomes[0])
    order = _order_of_group(workspace, group)
    values = {
        "kind": MatterKind.PARKED if culprit.result == "parked" else MatterKind.REFUSED,
        "work_order_id": order.row if order else None,
        "act_id": group.id,
        "person_id": group.person or None,
        "device_code": workspace.session.get_one(Device, sender.device_id).code,
        "made_at": when_made(group.made_at, sender.clock_error_s, now=workspace.now),
        "changes": _told(known, group, outcomes),
        "code": culprit.code,
        "details": culprit.details,
    }
    if known is not None:  # The rest of an act that was turned down before, or tried again.
        values = {**known.columns, **values}
        values["code"] = known.columns["code"] if culprit.code == "group_refused" else culprit.code
    buckets = order.buckets if order else _homeless(workspace, group, sender)
    image = raised(id, values, buckets, workspace.now)
    if known is None or known.columns != image.columns:
        workspace.put(image)


def _told(known: Image | None, group: Group, outcomes: Sequence[Outcome]) -> list[Columns]:
    before: list[Columns] = known.columns["changes"] if known else []
    there = {told["change"] for told in before}
    fresh = [
        {
            "change": change.id,
            "table": change.table,
            "row": change.row,
            "op": change.op,
            "before": change.before,
            "after": change.after,
            "culprit": outcome.code != "group_refused",
        }
        for change, outcome in zip(group.changes, outcomes, strict=True)
        if change.id not in there
    ]
    return (before + sorted(fresh, key=lambda told: not told["culprit"]))[:CHANGES_TOLD_MAX]


def raised(id: str, values: Columns, buckets: frozenset[str], now: datetime) -> Image:
    whole: Columns = {column: values.get(column) for column in wire_columns("matter")}
    whole["state"] = whole["state"] or MatterState.OPEN
    whole["raised_at"] = whole["raised_at"] or instant(now)
    whole["details"] = whole["details"] or {}
    whole["changes"] = whole["changes"] or []
    return Image("matter", id, whole, buckets)


def _order_of_group(workspace: Workspace, group: Group) -> Image | None:
    """The order that an act is about, if the server has it."""
    for change in group.changes:
        row = workspace.get(change.table, change.row)
        columns = {**(row.columns if row else {}), **change.after}
        id = _order_of(change.table, change.row, columns)
        order = workspace.get("work_order", id) if may_be_id(id) else None
        if order is not None:
            return order
    return None


def _order_of(table: str, row: str, columns: Columns) -> Any:
    if table == "work_order":
        return row
    return columns.get("work_order_id") if table in OF_AN_ORDER else None


def _homeless(workspace: Workspace, group: Group, sender: Sender) -> frozenset[str]:
    """What belongs to no order is for the office, and for the crew of whoever did it."""
    person = workspace.get("person", group.person) if group.person else None
    device = workspace.session.get_one(Device, sender.device_id)
    device_crew = {f"crew:{device.crew_id}"} if device.crew_id else set()
    return frozenset({OFFICE}) | ((person and of_crew(person)) or device_crew)


def close(workspace: Workspace, lifted: Iterable[Decided]) -> None:
    """What these acts waited for has come, and they have landed: nobody need settle them."""
    for group, outcomes in lifted:
        matter = workspace.get("matter", held_id(group.id))
        if matter is None or matter.columns["state"] != MatterState.OPEN:
            continue
        if all(outcome.code is None for outcome in outcomes):
            closed = {
                "state": MatterState.SETTLED,
                "choice": Choice.BY_ITSELF,
                "settled_at": instant(workspace.now),
            }
            workspace.put(replace(matter, columns=matter.columns | closed))
