"""What follows from a change that stands: numbers, stamps, flags, contested values."""

import json
from collections.abc import Callable

from sqlalchemy import select

from asset_model.base import instant
from asset_model.codec import wire_columns
from asset_model.ids import derived_id
from asset_model.photos import check_photo
from asset_model.sync.merge import Merged
from asset_model.sync.wire import Change, Columns
from asset_model.transitions import flag_for, unanswered
from asset_model.vocabulary import Flag
from asset_model.vocabulary import WorkOrderStatus as S
from asset_model.work_orders import Step
from sync_server import (
    asset_desk,
    closure_desk,
    dispatch_desk,
    field_desk,
    fleet_desk,
    meter_desk,
    pass_desk,
    plan_desk,
    unit_desk,
    upkeep_desk,
)
from sync_server.feed import Image
from sync_server.intake import desk as intake_desk
from sync_server.matters import Whose, of_contest
from sync_server.numbers import next_number
from sync_server.workspace import Draft

_DESKS: dict[str, Callable[[Draft, str, str, Columns], Columns]] = {
    **dict.fromkeys(("meter", "meter_reading"), meter_desk.of_insert),
    **dict.fromkeys(field_desk.TABLES, field_desk.of_insert),
    **dict.fromkeys(fleet_desk.TABLES, fleet_desk.of_insert),
    **dict.fromkeys(upkeep_desk.TABLES, upkeep_desk.of_insert),
    closure_desk.TABLE: closure_desk.of_insert,
    pass_desk.TABLE: pass_desk.of_insert,
    asset_desk.TABLE: asset_desk.of_insert,
    **dict.fromkeys(intake_desk.OF_ANOTHER, intake_desk.of_insert),
    **dict.fromkeys(dispatch_desk.TABLES, dispatch_desk.of_insert),
}


_EDITS: dict[str, Callable[[Image, Columns], None]] = {
    closure_desk.TABLE: closure_desk.of_edit,
    asset_desk.TABLE: asset_desk.of_edit,
}


def of_insert(draft: Draft, change: Change, columns: Columns) -> Columns:
    workspace = draft.workspace
    if change.table == "work_order":
        dispatch_desk.check_parent(draft, columns)
        number = next_number(workspace, f"BT-{workspace.now.year}")
        return {**columns, "number": number}
    if change.table in intake_desk.SERIES:
        intake_desk.check(draft, change.table, columns)
        series = f"{intake_desk.SERIES[change.table]}-{workspace.now.year}"
        return intake_desk.numbered(draft, columns, next_number(workspace, series))
    if change.table == "photo":
        check_photo(columns)
    if change.table == "settlement":
        matter = draft.get("matter", columns["matter_id"])
        order = matter.columns["work_order_id"] if matter else None
        return {**columns, "work_order_id": order, "received_at": instant(workspace.now)}
    if change.table == "maintenance_plan":
        plan_desk.check(draft, change.row, columns)
    if change.table == "asset":
        unit_desk.check(columns)
    if change.table in _DESKS:
        return _DESKS[change.table](draft, change.table, change.row, columns)
    if change.table == "status_change":
        return {**columns, "received_at": instant(workspace.now)}
    return columns


def of_edit(draft: Draft, image: Image, columns: Columns, merged: Merged) -> Columns:
    if image.table == "maintenance_plan":
        plan_desk.check(draft, image.row, columns)
    if image.table in upkeep_desk.TABLES:
        upkeep_desk.check(draft, image.table, image.row, columns)
    if image.table == "asset":
        unit_desk.check(columns, image.columns)
    if image.table in _EDITS:
        _EDITS[image.table](image, columns)
    if image.table in intake_desk.SERIES:
        return intake_desk.of_edit(draft, image, columns)
    if image.table in dispatch_desk.TABLES:
        dispatch_desk.check(image.table, columns)
    if image.table in ("meter", "meter_reading"):
        return meter_desk.of_edit(draft, image, columns)
    if image.table != "work_order" or "status" not in (merged.columns | merged.set_aside):
        return columns
    plan_desk.of_order(draft, image.row, columns)
    flag = flag_for(columns["status"], merged.set_aside.get("status", ""))
    if merged.columns.get("status") == S.DONE and _steps_missing(draft, image.row):
        flag = Flag.STEPS_MISSING
    return {**columns, "flag": flag or columns["flag"]}


def _steps_missing(draft: Draft, order: str) -> bool:
    session = draft.workspace.session
    ids = session.scalars(select(Step.id).where(Step.work_order_id == order)).all()
    draft.workspace.load([("step", id) for id in ids])
    images = [draft.get("step", id) for id in ids]
    return bool(unanswered(_Answer(image.columns) for image in images if image is not None))


class _Answer:
    def __init__(self, columns: Columns) -> None:
        self.required, self.answer = columns["required"], columns["answer"]
        self.withdrawn = columns["withdrawn"]


def contest(draft: Draft, change: Change, merged: Merged, columns: Columns, whose: Whose) -> None:
    """Keep each value that lost and needs a person, where the order's people see it."""
    if not merged.contested:
        return
    row = draft.get(change.table, change.row)
    assert row is not None
    of_contest(draft, change, merged, row, whose)
    for name in sorted(merged.contested):
        belongs = change.row if change.table == "work_order" else columns.get("work_order_id")
        values = {
            "table": change.table,
            "row_id": change.row,
            "work_order_id": belongs,
            "column": name,
            "kept": json.dumps(columns[name], ensure_ascii=False),
            "set_aside": json.dumps(merged.set_aside[name], ensure_ascii=False),
            "change_id": change.id,
            "person_id": whose.person_id,
            "contested_at": instant(draft.workspace.now),
        }
        whole = {column: values.get(column) for column in wire_columns("contested_value")}
        draft.put(
            Image("contested_value", derived_id("contested", change.id, name), whole, row.buckets)
        )
