"""Turning a street or a pipe, and drawing it anew: it stays itself, and its measures move."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.errors import Refused
from asset_model.geometry import Position
from asset_model.ids import NewId
from asset_model.linear import stretches
from asset_model.linear.heirs import SOURCE, key_of, read_key
from asset_model.linear.ruler import Ruler
from asset_model.linear.stretches import Heir
from asset_model.sync.wire import Change
from sync_server import desk
from sync_server.segments.edit import Edit
from sync_server.segments.moving import moved
from sync_server.segments.shaping import points, shape, standing, turned_attributes

FAR_M = 500.0
"""A new line with a bend this far from the old one is another street, or another projection."""
BENDS_MAX = 10_000


def reverse(
    session: Session, tag: str, *, new_id: NewId, traffic_too: bool = False
) -> Iterator[Change]:
    """The changes that draw an asset from its other end: sides, numbers and nodes turn with it.

    `traffic_too`: a one-way street lets traffic through the other way from now on.

    :raises Refused: ``segment_unknown``, ``reverse_one_way``
    """
    asset = standing(session, tag)
    if asset.attributes.get("one_way") and not traffic_too:
        raise Refused("reverse_one_way", tag=tag)
    after = {
        **shape(points(asset)[::-1]),
        "attributes": turned_attributes(asset.attributes),
    }
    heirs = stretches.turned(tag, Ruler(asset.geometry or {}).length_m)
    yield from _redrawn(session, asset, after, heirs, new_id)


def realign(
    session: Session, tag: str, line: Sequence[Position], *, new_id: NewId
) -> Iterator[Change]:
    """The changes that draw an asset along a new line, from (longitude, latitude) points.

    :raises Refused: ``segment_unknown``, ``realign_unreadable``, ``realign_far``
    """
    asset = standing(session, tag)
    drawn = _drawn(line)
    new, old = Ruler(drawn["geometry"]), Ruler(asset.geometry or {})
    far_m = max(
        *(old.locate(bend).offset_m for bend in drawn["geometry"]["coordinates"]),
        *(new.locate(bend).offset_m for bend in points(asset)),
    )
    if far_m > FAR_M:
        raise Refused("realign_far", tag=tag, metres=round(far_m))
    yield from _redrawn(session, asset, drawn, stretches.realigned(tag, old, new), new_id)


def _drawn(line: Sequence[Position]) -> dict[str, Any]:
    """:raises Refused: ``realign_unreadable``"""
    if not 2 <= len(line) <= BENDS_MAX:
        raise Refused("realign_unreadable", why=f"2–{BENDS_MAX} points")
    if any(not (-180 <= x <= 180 and -90 <= y <= 90) for x, y in line):
        raise Refused("realign_unreadable", why="WGS 84: longitude, latitude")
    told = shape(line)
    if told["length_m"] < 1:
        raise Refused("realign_unreadable", why="< 1 m")
    return told


def _redrawn(
    session: Session,
    asset: Asset,
    after: Mapping[str, Any],
    heirs: Sequence[Heir],
    new_id: NewId,
) -> Iterator[Change]:
    told = dict(after)
    if asset.source == SOURCE:
        made_of = read_key(asset.tag, asset.source_key)
        told["source_key"] = key_of(stretches.composed(made_of, heirs))
    before = {name: getattr(asset, name) for name in told}
    yield desk.edited("asset", asset.id, before, told, new_id=new_id)
    edit = Edit([asset], heirs, {asset.tag: asset.id}, all_orders=True)
    yield from moved(session, edit, new_id=new_id)
