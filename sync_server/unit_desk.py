"""What must hold of an asset before it is kept: a unit's number, and values that can be."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from asset_model.assets import AssetClass
from asset_model.attributes import problems
from asset_model.errors import Refused
from asset_model.sync.wire import Columns
from asset_model.units import VEHICLE, doubts
from sync_server.workspace import Draft


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


def check_attributes(
    draft: Draft, class_code: str, moved: Collection[str], values: Columns
) -> None:
    """Those that moved fit the schema of the class.

    :raises Refused: ``bad_value``
    """
    query = select(AssetClass.attributes).where(AssetClass.code == class_code)
    schema = draft.workspace.session.scalars(query).first() or []
    mine = [attribute for attribute in schema if attribute["name"] in moved]
    given = {name: values[name] for name in moved if values.get(name) is not None}
    for problem in problems(mine, given):
        field, _, why = problem.partition(": ")
        raise Refused("bad_value", field=field, value=str(given.get(field))[:80], why=why)
