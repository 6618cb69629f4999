"""Cutting a street or a pipe in two, so that what was known of it stays known of its pieces.

The old asset is retired and keeps its work and its history. Each piece says in its source key which
stretch of which asset it was, and what hung on the old asset hangs on the piece it lies on.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.errors import Refused
from asset_model.geometry import bounds, middle
from asset_model.ids import NewId, derived_id
from asset_model.linear import stretches
from asset_model.linear.addresses import civic_ranges
from asset_model.linear.ruler import Ruler
from asset_model.linear.stretches import Heir, Stretch
from asset_model.sync.wire import Change
from asset_model.vocabulary import AssetStatus
from asset_model.work_orders import WorkOrder
from sync_server import desk

SOURCE = "segments"
"""The source of pieces; their key is ``TR-12:0.00-84.20``: the asset and the stretch of it."""
KEY = re.compile(r"(.+):([\d.]+)-([\d.]+)")
CUT = ("road_segment", "pipe", "sidewalk", "bike_path")
NO_PIECE_M = 1.0


@dataclass(frozen=True)
class Past:
    """An asset that a piece was part of, the stretch of it that the piece is, and its orders."""

    stretch: Stretch
    orders: tuple[str, ...]


def split(session: Session, tag: str, at_m: Sequence[float], *, new_id: NewId) -> Iterator[Change]:
    """The changes that cut an asset at some measures into ``TAG-1``, ``TAG-2`` and so on.

    :raises Refused: ``segment_unknown``; ``cut_outside``: a piece would have no length
    """
    old = _standing(session, tag)
    ruler = Ruler(old.geometry or {})
    places = [0.0, *sorted(at_m), ruler.length_m]
    if any(end - start < NO_PIECE_M for start, end in pairwise(places)):
        raise Refused("cut_outside", tag=tag, length=round(ruler.length_m, 1))
    names = [f"{tag}-{number}" for number in range(1, len(places))]
    heirs = stretches.split(tag, ruler.length_m, at_m, names)
    for heir in heirs:
        yield desk.inserted(_piece(old, ruler, heir), new_id=new_id)
    yield from _moved(session, old, ruler, heirs, new_id=new_id)
    gone = {"status": AssetStatus.RETIRED.value}
    yield desk.edited("asset", old.id, {"status": old.status}, gone, new_id=new_id)


def past(session: Session, tag: str) -> Iterator[Past]:
    """What an asset was part of before it was cut, the latest first, each with its work orders."""
    query = select(Asset.source, Asset.source_key).where(Asset.tag == tag)
    source, key = session.execute(query).first() or (None, None)
    found = KEY.fullmatch(key or "") if source == SOURCE else None
    if found is None:
        return
    before, start, end = found[1], float(found[2]), float(found[3])
    orders = select(WorkOrder.title).join(Asset, Asset.id == WorkOrder.asset_id)
    titles = session.scalars(orders.where(Asset.tag == before).order_by(WorkOrder.created_at))
    yield Past(Stretch(before, start, end), tuple(titles))
    for older in past(session, before):
        whole = older.stretch
        heir = Heir(whole.segment, whole.from_m, whole.to_m, before, 0.0, whole.to_m - whole.from_m)
        (mine,) = stretches.ancestry(Stretch(before, start, end), [heir])
        yield Past(mine, older.orders)


def _standing(session: Session, tag: str) -> Asset:
    query = select(Asset).where(Asset.tag == tag, Asset.status != AssetStatus.RETIRED)
    found = session.scalars(query).first()
    if found is None or found.class_code not in CUT or not found.geometry:
        raise Refused("segment_unknown", tag=tag)
    return found


def _piece(old: Asset, ruler: Ruler, heir: Heir) -> Asset:
    line = ruler.cut(heir.old_from_m, heir.old_to_m)
    geometry = {"type": "LineString", "coordinates": [[round(x, 7), round(y, 7)] for x, y in line]}
    west, south, east, north = bounds(geometry)
    kept = ("class_code", "name", "status", "parent_id", "district_id", "installed_on", "note")
    return Asset(
        id=derived_id("asset", SOURCE, heir.new, old.id),
        tag=heir.new,
        geometry=geometry,
        west=west,
        south=south,
        east=east,
        north=north,
        length_m=round(Ruler(geometry).length_m, 2),
        source=SOURCE,
        source_key=f"{heir.old}:{heir.old_from_m:.2f}-{heir.old_to_m:.2f}",
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


def _moved(
    session: Session, old: Asset, ruler: Ruler, heirs: Sequence[Heir], *, new_id: NewId
) -> Iterator[Change]:
    """What hung on the old asset, now on the piece beside which it lies."""
    children = session.scalars(select(Asset).where(Asset.parent_id == old.id).order_by(Asset.tag))
    for child in children:
        if child.geometry is None:
            continue
        measure_m = ruler.locate(middle(child.geometry)).measure_m
        (now,) = stretches.reanchored(Stretch(old.tag, measure_m, measure_m), heirs)
        after = {"parent_id": derived_id("asset", SOURCE, now.segment, old.id)}
        before = {"parent_id": child.parent_id}
        yield desk.edited("asset", child.id, before, after, new_id=new_id)
