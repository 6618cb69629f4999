"""Taking an edit back: the old assets stand again, and what came since goes with them."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.errors import Refused
from asset_model.ids import NewId
from asset_model.linear import stretches
from asset_model.linear.heirs import read_key
from asset_model.linear.ruler import Ruler
from asset_model.linear.stretches import Heir
from asset_model.sync.wire import Change
from asset_model.vocabulary import AssetStatus
from sync_server import desk
from sync_server.segments.edit import Edit
from sync_server.segments.moving import moved
from sync_server.segments.shaping import shape

Kept = dict[str, Any]
"""What an undo needs, as JSON: the assets that an edit made, and those it changed."""


def kept(session: Session, changes: Sequence[Change]) -> Kept:
    """To be called before the changes are written."""
    made = [
        change.after | {"id": change.row}
        for change in changes
        if change.op == "insert" and change.table == "asset"
    ]
    edited = [
        {"id": change.row, "before": change.before, "after": change.after}
        for change in changes
        if change.table == "asset" and change.op == "edit" and "parent_id" not in change.after
    ]
    heirs = [asdict(heir) for one in made for heir in read_key(one["tag"], one["source_key"])]
    return {"made": made, "edited": edited, "heirs": heirs}


def undo(session: Session, file: Kept, *, new_id: NewId) -> Iterator[Change]:
    """The changes that take an edit back.

    :raises Refused: ``segment_moved_on``: somebody has changed one of its assets since;
        ``undo_unreadable``
    """
    try:
        made, edited = list(file["made"]), list(file["edited"])
        heirs = [Heir(**told).backwards() for told in file["heirs"]]
    except (KeyError, TypeError, ValueError):
        raise Refused("undo_unreadable") from None
    news = [_unchanged(session, one["id"], _pick(one, "geometry", "status")) for one in made]
    stood = [_unchanged(session, one["id"], one["after"]) for one in edited]
    # The old ones stand first: their plans come back to assets in service.
    for one in edited:
        yield desk.edited("asset", one["id"], one["after"], one["before"], new_id=new_id)
    if made:
        olds = session.scalars(select(Asset).where(Asset.id.in_([one["id"] for one in edited])))
        ids = {asset.tag: asset.id for asset in olds}
        yield from moved(session, Edit(news, heirs, ids, all_orders=True), new_id=new_id)
    for asset, one in zip(stood, edited, strict=True):
        if "geometry" in one["after"]:
            back = Edit([asset], _redrawn_back(asset.tag, one), {asset.tag: asset.id}, True)
            yield from moved(session, back, new_id=new_id)
    for asset in news:
        gone = {"status": AssetStatus.RETIRED.value}
        yield desk.edited("asset", asset.id, {"status": asset.status}, gone, new_id=new_id)


def _redrawn_back(tag: str, one: dict[str, Any]) -> list[Heir]:
    """From the line as it is to the line as it was."""
    old, new = one["before"]["geometry"], one["after"]["geometry"]
    ruler = Ruler(old)
    if shape(ruler.cut(0.0, ruler.length_m)[::-1])["geometry"] == new:
        return stretches.turned(tag, ruler.length_m)
    return [heir.backwards() for heir in stretches.realigned(tag, ruler, Ruler(new))]


def _pick(one: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: one[name] for name in names}


def _unchanged(session: Session, asset_id: str, told: dict[str, Any]) -> Asset:
    asset = session.get(Asset, asset_id)
    if asset is None or any(getattr(asset, name) != value for name, value in told.items()):
        raise Refused("segment_moved_on", tag=asset.tag if asset else asset_id)
    return asset
