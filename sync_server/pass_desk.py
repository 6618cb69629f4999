"""What a pass along a street must be, whoever tells of it, and who takes one back."""

from asset_model.base import instant
from asset_model.errors import Refused
from asset_model.passes import STREET, check_pass
from asset_model.sync.wire import Columns
from asset_model.transitions import OFFICE
from sync_server.workspace import Draft

TABLE = "pass"


def of_insert(draft: Draft, table: str, row: str, columns: Columns) -> Columns:
    """:raises Refused: ``row_unknown``, ``pass_no_line``, ``pass_of_another``; `check_pass`"""
    street = draft.get("asset", columns["asset_id"])
    if street is None:
        raise Refused("row_unknown", row=columns["asset_id"])
    if street.columns["class_code"] != STREET or not street.columns["geometry"]:
        raise Refused("pass_no_line", tag=street.columns["tag"])
    check_pass(columns)
    if columns["reverses_id"] is not None:
        _check_like(_reversed(draft, columns), columns)
    return {**columns, "received_at": instant(draft.workspace.now)}


def check_own(draft: Draft, columns: Columns, person_id: str | None, role: str) -> None:
    """A crew takes back what one said oneself; the office whatever was said wrong.

    :raises Refused: ``row_unknown``, ``pass_not_yours``
    """
    if columns["reverses_id"] is None or role in OFFICE:
        return
    if _reversed(draft, columns)["person_id"] != person_id:
        raise Refused("pass_not_yours")


def _reversed(draft: Draft, columns: Columns) -> Columns:
    image = draft.get(TABLE, columns["reverses_id"])
    if image is None:
        raise Refused("row_unknown", row=columns["reverses_id"])
    return image.columns


def _check_like(first: Columns, columns: Columns) -> None:
    """Two who take the same pass back at once mean the same: both are kept."""
    if first["reverses_id"] is not None or first["asset_id"] != columns["asset_id"]:
        raise Refused("pass_of_another")
