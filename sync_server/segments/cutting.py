"""Cutting a street or a pipe into pieces."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.errors import Refused
from asset_model.ids import NewId, derived_id
from asset_model.linear import stretches
from asset_model.linear.addresses import civic_ranges
from asset_model.linear.heirs import SOURCE, key_of
from asset_model.linear.ruler import Ruler
from asset_model.linear.stretches import Heir
from asset_model.sync.wire import Change
from asset_model.vocabulary import AssetStatus
from sync_server import desk
from sync_server.segments.edit import Edit
from sync_server.segments.moving import moved
from sync_server.segments.shaping import free_tags, shape, standing

NO_PIECE_M = 1.0


def split(session: Session, tag: str, at_m: Sequence[float], *, new_id: NewId) -> Iterator[Change]:
    """The changes that cut an asset at some measures into ``TAG-1``, ``TAG-2`` and so on.

    :raises Refused: ``segment_unknown``; ``cut_outside``: a piece would have no length
    """
    old = standing(session, tag)
    ruler = Ruler(old.geometry or {})
    places = [0.0, *sorted(at_m), ruler.length_m]
    if any(end - start < NO_PIECE_M for start, end in pairwise(places)):
        raise Refused("cut_outside", tag=tag, length=round(ruler.length_m, 1))
    names = free_tags(session, tag, len(places) - 1)
    heirs = stretches.split(tag, ruler.length_m, at_m, names)
    for heir in heirs:
        yield desk.inserted(_piece(old, ruler, heir), new_id=new_id)
    ids = {heir.new: derived_id("asset", SOURCE, heir.new, old.id) for heir in heirs}
    yield from moved(session, Edit([old], heirs, ids), new_id=new_id)
    gone = {"status": AssetStatus.RETIRED.value}
    yield desk.edited("asset", old.id, {"status": old.status}, gone, new_id=new_id)


def _piece(old: Asset, ruler: Ruler, heir: Heir) -> Asset:
    kept = ("class_code", "name", "status", "parent_id", "district_id", "installed_on", "note")
    return Asset(
        id=derived_id("asset", SOURCE, heir.new, old.id),
        tag=heir.new,
        **shape(ruler.cut(heir.old_from_m, heir.old_to_m)),
        source=SOURCE,
        source_key=key_of([heir]),
        attributes=_attributes(old, ruler.length_m, heir),
        **{name: getattr(old, name) for name in kept},
    )


def _attributes(old: Asset, length_m: float, heir: Heir) -> dict[str, Any]:
    """Those of the old asset, with the civic numbers and the nodes that are the piece's own."""
    told = dict(old.attributes)
    shares = heir.old_from_m / length_m, heir.old_to_m / length_m
    for hand, reach in civic_ranges(old.attributes).items():
        numbers: list[int | None] = [*reach.between(*shares)] or [None]
        told[f"civic_{hand}_from"], told[f"civic_{hand}_to"] = numbers[0], numbers[-1]
    for name, measure_m in (("from_node", heir.old_from_m), ("to_node", heir.old_to_m)):
        if told.get(name) and 0 < measure_m < length_m:
            told[name] = f"{heir.old}@{measure_m:.1f}"
    return {name: value for name, value in told.items() if value is not None}
