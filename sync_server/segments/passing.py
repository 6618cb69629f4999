"""Passes along segments that are edited: measured anew where the street goes on being itself."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.codec import columns_of
from asset_model.ids import NewId, derived_id
from asset_model.linear.stretches import Stretch, reanchored
from asset_model.passes import Pass
from asset_model.passes_along import direction_on, stretch_of
from asset_model.sync.wire import Change
from sync_server import desk
from sync_server.segments.edit import Edit


def passes(session: Session, edit: Edit, old: Asset, new_id: NewId) -> Iterator[Change]:
    """Of a street that is cut or joined they stay on it, as finished work does, and are found by
    what it became (`asset_model/passes_along.py`); those on its pieces come back with an undo.
    """
    if not edit.all_orders:
        return
    # What was taken back comes before its taking back: a piece's copy names a copy.
    query = select(Pass).where(Pass.asset_id == old.id)
    for one in session.scalars(query.order_by(Pass.reverses_id.is_not(None), Pass.id)):
        pieces = reanchored(stretch_of(one, old.tag), edit.heirs)
        for place, piece in enumerate(sorted(pieces, key=lambda each: each.from_m - each.to_m)):
            yield from _on(one, piece, edit, new_id, first=place == 0)


def _on(one: Pass, piece: Stretch, edit: Edit, new_id: NewId, *, first: bool) -> Iterator[Change]:
    """The longest piece keeps the pass; each other one has its like."""
    after = {
        "asset_id": edit.ids[piece.segment],
        "from_m": round(piece.from_m, 2),
        "to_m": round(piece.to_m, 2),
        "direction": direction_on(piece, one),
    }
    before = {name: getattr(one, name) for name in after}
    if first and before != after:
        yield desk.edited("pass", one.id, before, after, new_id=new_id)
    elif not first:
        of_it = one.reverses_id and _piece_of(one.reverses_id, piece)
        told = {**columns_of(one), **after, "reverses_id": of_it}
        yield desk.inserted(Pass(id=_piece_of(one.id, piece), **told), new_id=new_id)


def _piece_of(id: str, piece: Stretch) -> str:
    return derived_id("pass of a piece", id, piece.segment)
