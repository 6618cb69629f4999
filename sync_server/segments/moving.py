"""What hangs on segments and the work on them, moved to where their stretches have gone.

An asset that is cut or joined is followed by its meters and plans too (docs/decisions/0023).
"""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.geometry import middle
from asset_model.ids import NewId
from asset_model.linear.ruler import Ruler
from asset_model.linear.stretches import Stretch, reanchored
from asset_model.sync.wire import Change
from asset_model.vocabulary import OPEN_STATUSES
from asset_model.work_orders import WorkOrder
from sync_server import desk
from sync_server.segments.closing import closures
from sync_server.segments.edit import Edit, placed
from sync_server.segments.gauges import meters
from sync_server.segments.passing import passes
from sync_server.segments.planned import plans, turns


def moved(session: Session, edit: Edit, *, new_id: NewId) -> Iterator[Change]:
    for old in edit.olds:
        yield from _children(session, edit, old, new_id)
        yield from _orders(session, edit, old, new_id)
        yield from closures(session, edit, old, new_id)
        yield from passes(session, edit, old, new_id)
    if not any(edit.stays(old) for old in edit.olds):
        yield from meters(session, edit, new_id)
        yield from plans(session, edit, new_id)
        yield from turns(session, edit, new_id)


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
        after = placed(order, old.tag, length_m, edit)
        before = {name: getattr(order, name) for name in after}
        if after != before:
            yield desk.edited("work_order", order.id, before, after, new_id=new_id)
