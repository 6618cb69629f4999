"""Closures of segments that are edited: measured anew, and one on each piece of a cut street."""

from collections.abc import Iterator
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.closures import STANDING, Closure
from asset_model.codec import columns_of
from asset_model.ids import NewId, derived_id
from asset_model.linear.stretches import Side, Stretch, reanchored
from asset_model.sync.wire import Change
from sync_server import desk
from sync_server.segments.edit import Edit


def closures(session: Session, edit: Edit, old: Asset, new_id: NewId) -> Iterator[Change]:
    """Never less is closed than was; what was lifted stays where it was, as finished work does."""
    query = select(Closure).where(Closure.asset_id == old.id).order_by(Closure.id)
    if not edit.all_orders:
        query = query.where(Closure.status.in_(STANDING))
    for closure in session.scalars(query):
        side = cast(Side, closure.side or "both")
        whole = Stretch(old.tag, closure.from_m, closure.to_m, side)
        pieces = sorted(reanchored(whole, edit.heirs), key=lambda each: each.from_m - each.to_m)
        for place, piece in enumerate(pieces):
            yield from _on(closure, piece, edit, new_id, first=place == 0)


def _on(
    closure: Closure, piece: Stretch, edit: Edit, new_id: NewId, *, first: bool
) -> Iterator[Change]:
    """The longest piece keeps the closure; each other one has its like."""
    after = {
        "asset_id": edit.ids[piece.segment],
        "from_m": round(piece.from_m, 2),
        "to_m": round(piece.to_m, 2),
        "side": None if piece.side == "both" else piece.side,
    }
    if not first:
        id = derived_id("closure of a piece", closure.id, piece.segment)
        like = Closure(id=id, **{**columns_of(closure), **after})
        yield desk.inserted(like, new_id=new_id)
        return
    before = {name: getattr(closure, name) for name in after}
    if before != after:
        yield desk.edited("closure", closure.id, before, after, new_id=new_id)
