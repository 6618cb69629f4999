"""The columns of an asset whose line is made of others: shape, civic numbers, nodes."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.errors import Refused
from asset_model.geometry import Position, bounds
from asset_model.linear.ruler import Ruler
from asset_model.vocabulary import AssetStatus

LINES = ("road_segment", "pipe", "sidewalk", "bike_path")
TURNED = {
    "civic_left_from": "civic_right_to",
    "civic_left_to": "civic_right_from",
    "civic_right_from": "civic_left_to",
    "civic_right_to": "civic_left_from",
    "from_node": "to_node",
    "to_node": "from_node",
}
"""What an attribute is when its line is drawn from the other end."""
SIDES = {"left": "right", "right": "left"}


def standing(session: Session, tag: str) -> Asset:
    """The street or pipe of a tag, as it stands.

    :raises Refused: ``segment_unknown``
    """
    query = select(Asset).where(Asset.tag == tag, Asset.status != AssetStatus.RETIRED)
    found = session.scalars(query).first()
    if found is None or found.class_code not in LINES or not found.geometry:
        raise Refused("segment_unknown", tag=tag)
    return found


def free_tags(session: Session, stem: str, count: int) -> list[str]:
    """``TR-1-1``, ``TR-1-2`` and so on; numbers that an edit has used before are left out."""
    query = select(Asset.tag).where(Asset.tag.startswith(f"{stem}-", autoescape=True))
    taken = set(session.scalars(query))
    tags = (f"{stem}-{number}" for number in range(1, len(taken) + count + 1))
    return [tag for tag in tags if tag not in taken][:count]


def shape(line: Sequence[Position]) -> dict[str, Any]:
    geometry = {"type": "LineString", "coordinates": [[round(x, 7), round(y, 7)] for x, y in line]}
    edges = dict(zip(("west", "south", "east", "north"), bounds(geometry), strict=True))
    return {"geometry": geometry, "length_m": round(Ruler(geometry).length_m, 2), **edges}


def length_of(asset: Any) -> float:
    """As it is told; else measured. Of an asset, or a row with `length_m` and `geometry`."""
    if asset.length_m or not asset.geometry:
        return float(asset.length_m or 0.0)
    return Ruler(asset.geometry).length_m


def points(asset: Asset) -> list[tuple[float, float]]:
    """The line from its start to its end, as one run."""
    ruler = Ruler(asset.geometry or {})
    return ruler.cut(0.0, ruler.length_m)


def turned_attributes(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the same street or pipe, drawn from its other end."""
    told = {name: value for name, value in attributes.items() if name not in TURNED}
    for name, other in TURNED.items():
        if attributes.get(other) is not None:
            told[name] = attributes[other]
    return told
