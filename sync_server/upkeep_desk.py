"""What follows from a sheet, a brake measure, a storage period, a rate or an invoice."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select

from asset_model.base import instant
from asset_model.errors import Refused
from asset_model.ids import derived_id
from asset_model.sync.wire import Columns
from asset_model.upkeep import BRAKE_KINDS, RATE_KINDS, SHEET_RESULTS, SIDES, StoragePeriod
from asset_model.vocabulary import OccurrenceStatus
from maintenance.due import TORONTO, due_at
from sync_server.feed import Image
from sync_server.meter_desk import read_with
from sync_server.workspace import Draft

TABLES = ("maintenance_sheet", "brake_measure", "storage_period", "rate", "outside_cost")
RECEIVED = ("maintenance_sheet", "brake_measure")
NOON = time(12)
AXLES_MAX, MILLIMETRES_MAX = 12, 500


def of_insert(draft: Draft, table: str, row: str, columns: Columns) -> Columns:
    """:raises Refused: see `check`"""
    check(draft, table, row, columns)
    if table == "maintenance_sheet":
        _count_as_done(draft, row, columns)
        _read_odometer(draft, row, columns)
    if table in RECEIVED:
        return {**columns, "received_at": instant(draft.workspace.now)}
    return columns


def check(draft: Draft, table: str, row: str, columns: Columns) -> None:
    """:raises Refused: ``bad_value``, ``sheet_in_future``, ``sheet_lines_unreadable``,
    ``storage_backwards``, ``storage_overlaps``
    """
    match table:
        case "maintenance_sheet":
            _check_sheet(draft, columns)
        case "brake_measure":
            _check_word(columns, "kind", BRAKE_KINDS)
            _check_word(columns, "side", SIDES)
            _check_range(columns, "axle", 1, AXLES_MAX)
            for name in ("value_mm", "minimum_mm", "maximum_mm"):
                _check_range(columns, name, 0, MILLIMETRES_MAX)
        case "storage_period":
            _check_storage(draft, row, columns)
        case "rate":
            _check_word(columns, "kind", RATE_KINDS)
            for name in ("amount", "overtime_amount"):
                _check_range(columns, name, 0, 1_000_000)


def _check_sheet(draft: Draft, columns: Columns) -> None:
    today = draft.workspace.now.astimezone(TORONTO).date()
    if date.fromisoformat(columns["done_on"]) > today:
        raise Refused("sheet_in_future", done_on=columns["done_on"])
    lines = columns["lines"]
    if not isinstance(lines, list) or not all(_is_line(line) for line in lines or [None]):
        raise Refused("sheet_lines_unreadable", expected=", ".join(SHEET_RESULTS))


def _is_line(line: Any) -> bool:
    if not isinstance(line, dict) or line.get("result") not in SHEET_RESULTS:
        return False
    return all(isinstance(line.get(name), str) for name in ("label_fr", "label_en"))


def _check_word(columns: Columns, name: str, words: tuple[str, ...]) -> None:
    if columns[name] not in words:
        value = str(columns[name])[:80]
        raise Refused("bad_value", field=name, value=value, why=", ".join(words))


def _check_range(columns: Columns, name: str, low: float, high: float) -> None:
    value = columns[name]
    if value is not None and not low <= value <= high:
        raise Refused("bad_value", field=name, value=value, why=f"{low}…{high}")


def _check_storage(draft: Draft, row: str, columns: Columns) -> None:
    begins, ends = columns["begins_on"], columns["ends_on"]
    if ends is not None and ends <= begins:
        raise Refused("storage_backwards", begins_on=begins, ends_on=ends)
    for other in _storages(draft, columns["asset_id"]):
        later = max(begins, other.columns["begins_on"])
        over = all(end is None or later < end for end in (ends, other.columns["ends_on"]))
        if other.row != row and over:
            days = {name: other.columns[name] or "…" for name in ("begins_on", "ends_on")}
            raise Refused("storage_overlaps", **days)


def _storages(draft: Draft, asset: str) -> list[Image]:
    """The unit's periods of storage, those of this write as well."""
    query = select(StoragePeriod.id).where(StoragePeriod.asset_id == asset)
    known = draft.workspace.session.scalars(query).all()
    draft.workspace.load(("storage_period", id) for id in known)
    mine = [i.row for i in draft.touched("storage_period") if i.columns["asset_id"] == asset]
    images = (draft.get("storage_period", id) for id in dict.fromkeys([*known, *mine]))
    return [image for image in images if image is not None]


def _read_odometer(draft: Draft, row: str, columns: Columns) -> None:
    """When it was signed; of a sheet that tells of another day, at that day's noon."""
    asset = draft.get("asset", columns["asset_id"])
    signed_at = datetime.fromisoformat(columns["signed_at"])
    done_on = date.fromisoformat(columns["done_on"])
    if asset is None:
        return
    taken_at = signed_at
    if signed_at.astimezone(TORONTO).date() != done_on:
        taken_at = datetime.combine(done_on, NOON, tzinfo=TORONTO)
    sheet = Image("maintenance_sheet", row, columns, asset.buckets)
    read_with(draft, sheet, asset=asset, km=columns["odometer_km"], taken_at=taken_at)


def _count_as_done(draft: Draft, row: str, columns: Columns) -> None:
    """A sheet of work that had no order here: its plan was done on that day, and counts from it."""
    if columns["plan_id"] is None or columns["order_id"] is not None:
        return
    plan = draft.get("maintenance_plan", columns["plan_id"])
    asset = draft.get("asset", columns["asset_id"])
    if plan is None or asset is None:
        raise Refused("row_unknown", row=columns["plan_id"])
    done = {
        "plan_id": plan.row,
        "asset_id": columns["asset_id"],
        "due_on": columns["done_on"],
        "wanted_on": columns["done_on"],
        "status": OccurrenceStatus.DONE,
        "reasons": [{"code": "by_sheet"}],
        "absorbed_by": None,
        "made_at": instant(draft.workspace.now),
        "done_at": instant(due_at(date.fromisoformat(columns["done_on"]))),
    }
    draft.put(Image("occurrence", derived_id("occurrence of sheet", row), done, asset.buckets))
