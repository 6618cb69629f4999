"""Joining streets or pipes end to end into one."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.errors import Refused
from asset_model.geometry import Position, parts
from asset_model.ids import NewId, derived_id
from asset_model.linear import stretches
from asset_model.linear.heirs import SOURCE, key_of
from asset_model.linear.ruler import Ruler, metres_per_degree
from asset_model.spatial import assets_within
from asset_model.sync.wire import Change
from asset_model.vocabulary import AssetStatus
from sync_server import desk
from sync_server.segments.edit import Edit
from sync_server.segments.moving import moved
from sync_server.segments.shaping import (
    TURNED,
    free_tags,
    points,
    shape,
    standing,
    turned_attributes,
)

TOUCHING_M = 0.5
OWN = frozenset({*TURNED, "year_built"})
"""Attributes that joined assets need not have in common."""
KEPT = ("class_code", "name", "status", "parent_id", "district_id", "installed_on", "note")

Part = tuple[Asset, bool]
"""An asset in the chain, and whether its line is turned."""


def merge(
    session: Session,
    tags: Sequence[str],
    *,
    new_id: NewId,
    into: str | None = None,
    like: str | None = None,
) -> Iterator[Change]:
    """The changes that join assets, in the order of their tags, into one that runs as the first.

    `like`: whose attributes the new one has, where they differ.

    :raises Refused: ``segment_unknown``, ``merge_too_few``, ``merge_apart``, ``merge_at_corner``,
        ``merge_differs``, ``tag_taken``
    """
    if len(set(tags)) < 2 or len(set(tags)) != len(tags):
        raise Refused("merge_too_few")
    chain = _chain([standing(session, tag) for tag in tags])
    model = _model([asset for asset, _ in chain], like)
    _check_corners(session, chain)
    tag = _tag(session, into, tags[0])
    lengths = [Ruler(asset.geometry or {}).length_m for asset, _ in chain]
    told = [(a.tag, m, turned) for (a, turned), m in zip(chain, lengths, strict=True)]
    heirs = stretches.merged(told, tag)
    joined = Asset(
        id=derived_id("asset", SOURCE, tag, *(asset.id for asset, _ in chain)),
        tag=tag,
        **shape(_line(chain)),
        source=SOURCE,
        source_key=key_of(heirs),
        attributes=_attributes(chain, model),
        **{name: getattr(model, name) for name in KEPT},
    )
    yield desk.inserted(joined, new_id=new_id)
    olds = [asset for asset, _ in chain]
    yield from moved(session, Edit(olds, heirs, {tag: joined.id}), new_id=new_id)
    for old in olds:
        gone = {"status": AssetStatus.RETIRED.value}
        yield desk.edited("asset", old.id, {"status": old.status}, gone, new_id=new_id)


def apart_m(one: Position, other: Position) -> float:
    per_east, per_north = metres_per_degree(one[1])
    return hypot((one[0] - other[0]) * per_east, (one[1] - other[1]) * per_north)


def _chain(assets: Sequence[Asset]) -> list[Part]:
    """The assets end to end; the first is turned only where its start is what touches the next."""
    first, second = points(assets[0]), points(assets[1])
    ends = (second[0], second[-1])
    turned = min(apart_m(first[-1], end) for end in ends) > TOUCHING_M
    if turned and min(apart_m(first[0], end) for end in ends) > TOUCHING_M:
        raise _apart(assets[0], assets[1])
    chain = [(assets[0], turned)]
    reached = first[0] if turned else first[-1]
    for before, asset in pairwise(assets):
        line = points(asset)
        turned = apart_m(reached, line[0]) > TOUCHING_M
        if turned and apart_m(reached, line[-1]) > TOUCHING_M:
            raise _apart(before, asset)
        chain.append((asset, turned))
        reached = line[0] if turned else line[-1]
    return chain


def _apart(one: Asset, other: Asset) -> Refused:
    ends = [(a, b) for a in _ends(one) for b in _ends(other)]
    metres = min(apart_m(a, b) for a, b in ends)
    return Refused("merge_apart", one=one.tag, other=other.tag, metres=round(metres, 1))


def _ends(asset: Asset) -> tuple[Position, Position]:
    line = points(asset)
    return line[0], line[-1]


def _line(chain: Sequence[Part]) -> list[Position]:
    line: list[Position] = []
    for asset, turned in chain:
        run = points(asset)[::-1] if turned else points(asset)
        line += run[1:] if line else run
    return line


def _model(assets: Sequence[Asset], like: str | None) -> Asset:
    """The asset whose words the joined one has: all say the same, or somebody chose.

    :raises Refused: ``merge_differs``
    """
    if like is not None:
        chosen = next((asset for asset in assets if asset.tag == like), None)
        if chosen is None:
            raise Refused("segment_unknown", tag=like)
        return chosen
    first = assets[0]
    for other in assets[1:]:
        if names := sorted(_differing(first, other)):
            raise Refused("merge_differs", one=first.tag, other=other.tag, names=", ".join(names))
    return first


def _differing(one: Asset, other: Asset) -> Iterator[str]:
    for name in ("class_code", "name", "status"):
        if getattr(one, name) != getattr(other, name):
            yield name
    for name in {*one.attributes, *other.attributes} - OWN:
        if one.attributes.get(name) != other.attributes.get(name):
            yield name


def _check_corners(session: Session, chain: Sequence[Part]) -> None:
    """A joint where a third line ends is a corner of the network, and stays one.

    :raises Refused: ``merge_at_corner``
    """
    inside = {asset.id for asset, _ in chain}
    for asset, turned in chain[:-1]:
        joint = points(asset)[0 if turned else -1]
        for other in _near(session, asset.class_code, joint):
            runs = list(parts(other.geometry or {}))
            ends = (runs[0][0], runs[-1][-1])
            if other.id not in inside and any(apart_m(joint, e) <= TOUCHING_M for e in ends):
                raise Refused("merge_at_corner", tag=asset.tag, other=other.tag)


def _near(session: Session, class_code: str, joint: Position) -> Sequence[Asset]:
    near = assets_within(session, joint, TOUCHING_M, classes=[class_code])
    return [each.asset for each in near]


def _tag(session: Session, into: str | None, first: str) -> str:
    """:raises Refused: ``tag_taken``"""
    if into is None:
        return free_tags(session, first, 1)[0]
    if session.scalar(select(Asset.id).where(Asset.tag == into)) is not None:
        raise Refused("tag_taken", tag=into)
    return into


def _attributes(chain: Sequence[Part], model: Asset) -> dict[str, Any]:
    """The model's, with the first and the last civic number of each hand, and the outer nodes."""
    told = {name: value for name, value in model.attributes.items() if name not in TURNED}
    runs = [
        turned_attributes(asset.attributes) if turned else asset.attributes
        for asset, turned in chain
    ]
    for end, ordered in (("from", runs), ("to", runs[::-1])):
        for hand in ("left", "right"):
            name = f"civic_{hand}_{end}"
            known = [run[name] for run in ordered if run.get(name) is not None]
            if known:
                told[name] = known[0]
        node = ordered[0].get(f"{end}_node")
        if node:
            told[f"{end}_node"] = node
    return told
