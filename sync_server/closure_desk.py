"""What a street closure must be, whoever makes it."""

from enum import StrEnum

from asset_model.closures import CLOSURE_SIDES, ClosureCause, ClosureKind, ClosureStatus
from asset_model.errors import Refused
from asset_model.sync.wire import Columns
from sync_server.feed import Image
from sync_server.workspace import Draft

TABLE = "closure"
STREET = "road_segment"
WORDS: dict[str, type[StrEnum]] = {
    "kind": ClosureKind,
    "status": ClosureStatus,
    "cause": ClosureCause,
}


def of_insert(draft: Draft, table: str, row: str, columns: Columns) -> Columns:
    """:raises Refused: ``row_unknown``, ``closure_no_line``, and those of `check`"""
    asset = draft.get("asset", columns["asset_id"])
    if asset is None:
        raise Refused("row_unknown", row=columns["asset_id"])
    line = asset.columns["geometry"]
    if asset.columns["class_code"] != STREET or not line:
        raise Refused("closure_no_line", tag=asset.columns["tag"])
    check(columns)
    return columns


def of_edit(image: Image, columns: Columns) -> None:
    """:raises Refused: ``closure_lifted``, and those of `check`"""
    was, now = image.columns["status"], columns["status"]
    if was == ClosureStatus.LIFTED and now != ClosureStatus.LIFTED:
        raise Refused("closure_lifted")
    check(columns)


def check(columns: Columns) -> None:
    """:raises Refused: ``bad_value``, ``closure_no_stretch``, ``closure_backwards``"""
    for name, words in WORDS.items():
        _check_word(columns, name, tuple(words))
    if columns["side"] is not None:
        _check_word(columns, "side", CLOSURE_SIDES)
    start, end = columns["from_m"], columns["to_m"]
    if not 0 <= start < end:
        raise Refused("closure_no_stretch", from_m=start, to_m=end)
    begins, ends = columns["begins_at"], columns["ends_at"]
    if ends is not None and ends <= begins:
        raise Refused("closure_backwards", begins_at=begins, ends_at=ends)


def _check_word(columns: Columns, name: str, words: tuple[str, ...]) -> None:
    if columns[name] not in words:
        value = str(columns[name])[:80]
        raise Refused("bad_value", field=name, value=value, why=", ".join(words))
