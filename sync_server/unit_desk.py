"""What must hold of a unit before it is kept: its number is told wrong when it is written."""

from typing import Any

from asset_model.errors import Refused
from asset_model.sync.wire import Columns
from asset_model.units import VEHICLE, doubts


def check(columns: Columns, before: Columns | None = None) -> None:
    """A number that stood before stays as it is: it is in the list of `voirie vin`.

    :raises Refused: the codes ``vin_…``, of an on-road unit of North America
    """
    if columns["class_code"] != VEHICLE or _number(columns) == _number(before):
        return
    for doubt in doubts(columns["attributes"] or {}):
        if doubt.grave:
            raise Refused(doubt.code, **doubt.details)


def _number(columns: Columns | None) -> Any:
    return ((columns or {}).get("attributes") or {}).get("vin")
