"""Work that began before its turn: the field is believed, and the foreman is told.

Nobody underground waits for a message. So nothing is refused here: a matter says who began what
while which jobs before it were not done, until somebody has seen it. It closes by itself where the
one before proves to have been done first, on a tablet that was heard later, or where the start is
taken back.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sqlalchemy import select

from asset_model.base import instant
from asset_model.families import FINISHED
from asset_model.ids import derived_id
from asset_model.matters import Choice, Matter, MatterKind, MatterState
from asset_model.sync.wire import Change, Columns
from asset_model.transitions import BEFORE_WORK, WORKED
from asset_model.vocabulary import WorkOrderStatus as S
from asset_model.work_orders import WorkOrder
from sync_server.decide import Maker
from sync_server.feed import Image
from sync_server.matters import raised
from sync_server.workspace import Draft


def follow(draft: Draft, change: Change, maker: Maker) -> None:
    """What a change of an order's status says of turns."""
    if change.table != "work_order" or change.op != "edit" or "status" not in change.after:
        return
    order = draft.get("work_order", change.row)
    if order is None:
        return
    status = order.columns["status"]
    if status in FINISHED:
        _look_again(draft, order)
    elif status in BEFORE_WORK:
        _close_each(draft, _open_ones(draft, id=order.row))
    elif change.after["status"] == S.IN_PROGRESS and _is_start(change):
        _look(draft, order, change, maker)


def _is_start(change: Change) -> bool:
    """Going on after a rest, or reopening, is no start."""
    return change.before.get("status") not in WORKED | FINISHED


def _look(draft: Draft, order: Image, change: Change, maker: Maker) -> None:
    waited = [one for one in _before(draft, order) if one.columns["status"] not in FINISHED]
    if not waited:
        return
    values: Columns = {
        "kind": MatterKind.TURN,
        "work_order_id": order.row,
        "act_id": change.id,
        "person_id": maker.person_id,
        "made_at": maker.made_at or instant(draft.workspace.now),
        "details": {"before": [_told(one) for one in waited]},
    }
    id = derived_id("matter of a turn", change.id)
    draft.put(raised(id, values, order.buckets, draft.workspace.now))


def _before(draft: Draft, order: Image) -> list[Image]:
    """The orders that must be done first, as far as they are here."""
    found = (draft.get("work_order", id) for id in order.columns["after_ids"] or ())
    return [one for one in found if one is not None]


def _told(one: Image) -> Columns:
    return {"id": one.row, "number": one.columns["number"], "title": one.columns["title"]}


def _look_again(draft: Draft, order: Image) -> None:
    """One of a family is finished: those who began after it are in turn after all."""
    parent = order.columns["parent_id"]
    if parent is None:
        return
    in_turn = [
        matter for matter in _open_ones(draft, parent_id=parent) if _was_in_turn(draft, matter)
    ]
    _close_each(draft, in_turn)


def _was_in_turn(draft: Draft, matter: Image) -> bool:
    order = draft.get("work_order", matter.columns["work_order_id"])
    began = matter.columns["made_at"]
    return order is not None and all(_was_done(one, began) for one in _before(draft, order))


def _was_done(one: Image, began: str) -> bool:
    status, done_at = one.columns["status"], one.columns["completed_at"]
    return status == S.CANCELLED or bool(status in FINISHED and done_at and done_at <= began)


def _open_ones(draft: Draft, **of: str) -> Iterator[Image]:
    """The matters of turns that wait, on the orders with this column; those of this write too."""
    ((name, value),) = of.items()
    query = (
        select(Matter.id)
        .join(WorkOrder, WorkOrder.id == Matter.work_order_id)
        .where(Matter.kind == MatterKind.TURN, Matter.state == MatterState.OPEN)
        .where(getattr(WorkOrder, name) == value)
    )
    known = draft.workspace.session.scalars(query).all()
    mine = [image.row for image in draft.touched("matter") if _is_of(draft, image, name, value)]
    for id in dict.fromkeys([*known, *mine]):
        matter = draft.get("matter", id)
        if matter is not None and matter.columns["state"] == MatterState.OPEN:
            yield matter


def _is_of(draft: Draft, matter: Image, name: str, value: str) -> bool:
    if matter.columns["kind"] != MatterKind.TURN:
        return False
    order = draft.get("work_order", matter.columns["work_order_id"])
    return order is not None and {"id": order.row, **order.columns}[name] == value


def _close_each(draft: Draft, matters: Iterable[Image]) -> None:
    closed = {
        "state": MatterState.SETTLED,
        "choice": Choice.BY_ITSELF,
        "settled_at": instant(draft.workspace.now),
    }
    for matter in list(matters):
        draft.put(replace(matter, columns=matter.columns | closed))
