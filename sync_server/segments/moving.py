"""What hangs on segments and the work on them, moved to where their stretches have gone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.geometry import middle
from asset_model.ids import NewId
from asset_model.linear.ruler import Ruler
from asset_model.linear.stretches import Heir, Side, Stretch, reanchored
from asset_model.sync.wire import Change
from asset_model.vocabulary import OPEN_STATUSES
from asset_model.work_orders import WorkOrder
from sync_server import desk


@dataclass(frozen=True)
class Edit:
    """Which assets become which: by tag where each stretch goes, and the id of each new one."""

    olds: Sequence[Asset]
    heirs: Sequence[Heir]
    ids: Mapping[str, str]
    all_orders: bool = False
    """Finished work too: the old asset goes on being itself, or the edit is taken back."""


def moved(session: Session, edit: Edit, *, new_id: NewId) -> Iterator[Change]:
    for old in edit.olds:
        yield from _children(session, edit, old, new_id)
        yield from _orders(session, edit, old, new_id)


def _children(session: Session, edit: Edit, old: Asset, new_id: NewId) -> Iterator[Change]:
    """What hung on the old asset, now on the one beside which it lies."""
    ruler = Ruler(old.geometry or {})
    children = session.scalars(select(Asset).where(Asset.parent_id == old.id).order_by(Asset.tag))
    for child in children:
        if child.geometry is None:
            continue
        measure_m = ruler.locate(middle(child.geometry)).measure_m
        for now in reanchored(Stretch(old.tag, measure_m, measure_m), edit.heirs)[:1]:
            parent_id = edit.ids[now.segment]
            if parent_id != child.parent_id:
                before, after = {"parent_id": child.parent_id}, {"parent_id": parent_id}
                yield desk.edited("asset", child.id, before, after, new_id=new_id)


def _orders(session: Session, edit: Edit, old: Asset, new_id: NewId) -> Iterator[Change]:
    query = select(WorkOrder).where(WorkOrder.asset_id == old.id).order_by(WorkOrder.id)
    if not edit.all_orders:
        query = query.where(WorkOrder.status.in_(OPEN_STATUSES))
    length_m = Ruler(old.geometry or {}).length_m
    for order in session.scalars(query):
        after = _placed(order, old.tag, length_m, edit)
        before = {name: getattr(order, name) for name in after}
        if after != before:
            yield desk.edited("work_order", order.id, before, after, new_id=new_id)


def _placed(order: WorkOrder, tag: str, length_m: float, edit: Edit) -> dict[str, object]:
    """Where an order is now; one that crosses a cut goes where the longest part of it is."""
    stays = edit.ids.get(tag) == order.asset_id
    if order.from_m is None and stays:
        return {}
    start = order.from_m or 0.0
    end = (length_m if order.from_m is None else start) if order.to_m is None else order.to_m
    side = cast(Side, order.side if order.side in ("left", "right") else "both")
    found = reanchored(Stretch(tag, start, max(start, end), side), edit.heirs)
    if not found:
        return {}
    best = max(found, key=lambda stretch: stretch.to_m - stretch.from_m)
    return {
        "asset_id": edit.ids[best.segment],
        "from_m": round(best.from_m, 2),
        "to_m": round(best.to_m, 2) if order.to_m is not None or order.from_m is None else None,
        "side": order.side if best.side == "both" else best.side,
    }
