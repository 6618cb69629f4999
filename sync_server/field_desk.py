"""What follows from what crews tell: parts of a store, hours of a unit, an order handed over."""

from sqlalchemy import select

from asset_model.closing_words import ClosingWords, check_chosen
from asset_model.errors import Refused
from asset_model.roles import HANDED_OVER
from asset_model.stores import check_movement
from asset_model.sync.wire import Change, Columns
from sync_server.feed import Image
from sync_server.workspace import Draft

TABLES = ("equipment_used", "store_movement")
HOURS_MAX, KM_MAX = 24, 1_500
"""Of one unit in one entry: a day's worth, as for readings of meters."""


def of_insert(draft: Draft, table: str, row: str, columns: Columns) -> Columns:
    """:raises Refused: ``bad_value``; ``row_unknown`` until the unit is here"""
    if table == "store_movement":
        check_movement(columns)
        return columns
    if draft.get("asset", columns["asset_id"]) is None:
        raise Refused("row_unknown", row=columns["asset_id"])
    _check_amounts(columns)
    return columns


def _check_amounts(columns: Columns) -> None:
    for name, most in (("hours", HOURS_MAX), ("km", KM_MAX)):
        value = columns[name]
        if value is not None and not 0 < value <= most:
            raise Refused("bad_value", field=name, value=value, why=f"0 < {name} ≤ {most}")
    if columns["hours"] is None and columns["km"] is None:
        raise Refused("bad_value", field="hours", value="", why="hours, km")


def check_hand_over(image: Image, change: Change, person: str | None, crew: str | None) -> None:
    """A crew gives away what is its own: what it has, or what is given to its member.

    It is judged by what the tablet saw: if a desk gave it to others meanwhile, the merge decides.

    :raises Refused: ``not_yours_to_hand_over``
    """
    if change.table != "work_order" or not set(HANDED_OVER) & change.after.keys():
        return
    seen = {name: change.before.get(name, image.columns[name]) for name in HANDED_OVER}
    own = seen["assignee_id"] == person or (crew is not None and seen["crew_id"] == crew)
    if not own and image.columns["created_by"] != person:
        raise Refused("not_yours_to_hand_over")


def check_answer(draft: Draft, change: Change) -> None:
    """Of an incident, a crew chooses among the town's sentences what citizens are told.

    :raises Refused: ``bad_value``
    """
    if change.table == "incident":
        session = draft.workspace.session
        check_chosen(change.after, session.scalars(select(ClosingWords)))
