"""What follows from alerts and what people answer them, notes between shifts, orders of orders."""

from sqlalchemy import select

from asset_model.alerts import Answer, check_callees
from asset_model.base import instant
from asset_model.dispatching import Shift
from asset_model.errors import Refused
from asset_model.families import check_children as check_ended
from asset_model.jobs import check_template
from asset_model.sync.wire import Columns
from asset_model.vocabulary import WorkOrderStatus as S
from asset_model.work_orders import WorkOrder
from sync_server.feed import Image
from sync_server.workspace import Draft

TABLES = ("alert", "acknowledgement", "job_template", "handover_note")
RECEIVED = ("alert", "acknowledgement")

OF_A_DESK = frozenset({S.CLOSED, S.CANCELLED})
"""Ends that a desk decides on; of work that was done, the field is believed."""


def of_insert(draft: Draft, table: str, _row: str, columns: Columns) -> Columns:
    """:raises Refused: ``bad_value``"""
    check(table, columns)
    if table in RECEIVED:
        return {**columns, "received_at": instant(draft.workspace.now)}
    return columns


def check(table: str, columns: Columns) -> None:
    """:raises Refused: ``bad_value``"""
    match table:
        case "alert":
            check_callees(columns["callees"])
        case "acknowledgement":
            _check_word(columns, "answer", list(Answer))
        case "job_template":
            check_template(columns)
        case "handover_note":
            _check_word(columns, "shift", list(Shift))


def _check_word(columns: Columns, name: str, words: list[str]) -> None:
    if columns[name] not in words:
        raise Refused("bad_value", field=name, value=str(columns[name])[:80], why=", ".join(words))


def check_parent(draft: Draft, columns: Columns) -> None:
    """:raises Refused: ``row_unknown`` when the order it is part of is not here"""
    parent = columns["parent_id"]
    if parent is not None and draft.get("work_order", parent) is None:
        raise Refused("row_unknown", row=parent)


def check_family(draft: Draft, order: str, wanted: str) -> None:
    """A desk ends no order whose jobs go on.

    :raises Refused: ``children_open``
    """
    if wanted in OF_A_DESK:
        check_ended(wanted, [image.columns["status"] for image in _children(draft, order)])


def _children(draft: Draft, order: str) -> list[Image]:
    """The jobs of an order, those of this write as well."""
    query = select(WorkOrder.id).where(WorkOrder.parent_id == order)
    known = draft.workspace.session.scalars(query).all()
    draft.workspace.load(("work_order", id) for id in known)
    mine = [i.row for i in draft.touched("work_order") if i.columns["parent_id"] == order]
    images = (draft.get("work_order", id) for id in dict.fromkeys([*known, *mine]))
    return [image for image in images if image is not None]
