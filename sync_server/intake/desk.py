"""What must hold of the rows of 311 before they are kept, and what the server writes in them."""

from math import isfinite

from asset_model.base import instant
from asset_model.errors import Refused
from asset_model.incident_moves import check_by_hand
from asset_model.incident_vocabulary import IncidentStatus, Verdict
from asset_model.photos import check_photo
from asset_model.sync.wire import Columns
from sync_server.feed import Image
from sync_server.intake.by_hand import of_promise
from sync_server.intake.told import moved
from sync_server.workspace import Draft

SERIES = {"incident": "INC", "report": "REQ"}
"""What begins the numbers of both."""
OF_ANOTHER = ("report_photo", "incident_update", "grouping_decision")
WORDS_MAX = 4_000
"""Of a report: what GeoReport's own schema lets through."""


def check(draft: Draft, table: str, columns: Columns) -> None:
    """:raises Refused: ``row_unknown``, ``place_incomplete``, ``bad_value`` or
    ``change_oversized``
    """
    if draft.get("service", columns["service_id"]) is None:
        raise Refused("row_unknown", row=columns["service_id"])
    longitude, latitude = columns["longitude"], columns["latitude"]
    if (longitude is None) != (latitude is None):
        raise Refused("place_incomplete")
    if longitude is not None and not on_earth(longitude, latitude):
        raise Refused("bad_value", field="longitude", value=str(longitude), why="±180°, ±90°")
    words = columns["description"] or ""
    if len(words) > WORDS_MAX:
        raise Refused("change_oversized", size=len(words), limit=WORDS_MAX)


def on_earth(longitude: float, latitude: float) -> bool:
    finite = isfinite(longitude) and isfinite(latitude)
    return finite and abs(longitude) <= 180 and abs(latitude) <= 90


def numbered(draft: Draft, columns: Columns, number: str) -> Columns:
    """The new row of an incident or a report, with what the server knows of it."""
    if "opened_at" in columns:
        return {**columns, "number": number, "moved_at": columns["opened_at"]}
    return {**columns, "number": number, "received_at": instant(draft.workspace.now)}


def of_insert(draft: Draft, table: str, row: str, columns: Columns) -> Columns:
    """A photo or an update: of a report or an incident that is here.

    :raises Refused: ``row_unknown``, ``bad_value``
    """
    parent = "report" if table == "report_photo" else "incident"
    if draft.get(parent, columns[f"{parent}_id"]) is None:
        raise Refused("row_unknown", row=columns[f"{parent}_id"])
    if table == "report_photo":
        check_photo({**columns, "moment": None, "caption": None})
        return columns
    if table == "grouping_decision":
        return _decided(draft, columns)
    return {**columns, "received_at": instant(draft.workspace.now)}


def _decided(draft: Draft, columns: Columns) -> Columns:
    if draft.get("report", columns["report_id"]) is None:
        raise Refused("row_unknown", row=columns["report_id"])
    verdict = columns["verdict"]
    if verdict not in list(Verdict):
        known = ", ".join(Verdict)
        raise Refused("bad_value", field="verdict", value=str(verdict)[:80], why=known)
    return columns


def of_edit(draft: Draft, image: Image, columns: Columns) -> Columns:
    """:raises Refused: what `check` does; when nobody's hand may move an incident so"""
    check(draft, image.table, columns)
    if image.table != "incident":
        return columns
    columns = of_promise(draft, image.row, image.columns, columns)
    if columns["status"] == image.columns["status"]:
        return columns
    check_by_hand(image.columns, columns)
    _check_target(draft, image.row, columns)
    return moved(columns, columns["status"], at=instant(draft.workspace.now))


def _check_target(draft: Draft, row: str, columns: Columns) -> None:
    if columns["status"] != IncidentStatus.MERGED:
        return
    target = draft.get("incident", columns["merged_into_id"])
    if target is None or target.row == row or target.columns["status"] == IncidentStatus.MERGED:
        raise Refused("merge_target_missing")
