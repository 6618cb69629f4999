"""Places told by segments: from an address or a point to (segment, measure, side), and back.

Pure SQL and arithmetic: the tablet asks its own database as the server asks the town's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from unicodedata import category, normalize

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.errors import Refused
from asset_model.linear.addresses import civic_ranges, numbered
from asset_model.linear.ruler import Ruler, Side
from asset_model.spatial import nearest_segment
from asset_model.vocabulary import AssetStatus

NEAR_WITHIN_M = 150.0
FRONTAGE_M = 10.0
"""From the middle of a street to its addresses, about: where a mark for one is put."""

ADDRESS = re.compile(r"\s*(\d+)\s*[A-Za-z]?\s*,?\s+(.+?)\s*")


@dataclass(frozen=True)
class Place:
    """A place by its segment; `position` is (longitude, latitude)."""

    segment: str
    name: str
    measure_m: float
    side: Side
    offset_m: float
    position: tuple[float, float]
    civic: int | None = None
    address: str = ""
    """With its number, as it is written; the street's name where no number is known."""


def place_of_address(session: Session, address: str) -> Place:
    """The middle of the lot of ``208, rue des Cèdres``, by the segments' civic ranges.

    :raises Refused: ``address_unknown``: no street of that name, or no segment has that number
    """
    read = ADDRESS.fullmatch(address)
    if read is None:
        raise Refused("address_unknown", address=address)
    number, street = int(read[1]), folded(read[2])
    for segment in road_segments(session):
        if folded(segment.name) != street:
            continue
        for hand, reach in civic_ranges(segment.attributes).items():
            share = reach.share_of(number)
            if share is not None:
                ruler = Ruler(segment.geometry)
                measure_m = share * ruler.length_m
                position = ruler.beside(measure_m, FRONTAGE_M, hand)
                return Place(
                    segment.tag, segment.name, measure_m, hand, FRONTAGE_M, position, number,
                    numbered(number, segment.name, segment.attributes),
                )  # fmt: skip
    raise Refused("address_unknown", address=address)


def place_of_point(session: Session, longitude: float, latitude: float) -> Place:
    """The nearest segment to a point, and the civic number there.

    :raises Refused: ``no_segment_near``
    """
    near = nearest_segment(session, (longitude, latitude), within_m=NEAR_WITHIN_M)
    if near is None:
        raise Refused("no_segment_near", within=int(NEAR_WITHIN_M))
    return place_along(near.asset, (longitude, latitude))


def place_along(segment: Asset, position: tuple[float, float]) -> Place:
    """Where a point is along a segment, and the civic number there."""
    ruler = Ruler(segment.geometry or {})
    found = ruler.locate(position)
    reach = None if found.side == "on" else civic_ranges(segment.attributes).get(found.side)
    civic = reach.number_at(found.measure_m / ruler.length_m) if reach else None
    address = numbered(civic, segment.name, segment.attributes) if civic else segment.name
    return Place(
        segment.tag, segment.name, found.measure_m, found.side, found.offset_m, position,
        civic, address,
    )  # fmt: skip


def has_address(segment: Asset, address: str) -> bool:
    """Whether an address is of this segment: by its number, where it has one, else by its name."""
    read = ADDRESS.fullmatch(address)
    if read is None:
        return folded(segment.name) == folded(address)
    ranges = civic_ranges(segment.attributes).values()
    has_number = any(reach.share_of(int(read[1])) is not None for reach in ranges)
    return has_number and folded(segment.name) == folded(read[2])


def place_on_segment(session: Session, tag: str, measure_m: float, side: Side = "on") -> Place:
    """Where a measure of a segment is on the ground.

    :raises Refused: ``segment_unknown``
    """
    query = _query().where(Asset.tag == tag)
    segment = session.execute(query).first()
    if segment is None:
        raise Refused("segment_unknown", tag=tag)
    ruler = Ruler(segment.geometry)
    offset_m = 0.0 if side == "on" else FRONTAGE_M
    return Place(
        tag, segment.name, measure_m, side, offset_m, ruler.beside(measure_m, offset_m, side),
        address=segment.name,
    )  # fmt: skip


def folded(text: str) -> str:
    """A street's name without case, accents and punctuation, as people type it."""
    apart = normalize("NFKD", text.casefold())
    plain = "".join(" " if not c.isalnum() else c for c in apart if category(c) != "Mn")
    return " ".join(plain.split())


def _query() -> Any:
    return select(Asset.tag, Asset.name, Asset.attributes, Asset.geometry).where(
        Asset.class_code == "road_segment",
        Asset.status != AssetStatus.RETIRED,
        Asset.geometry.is_not(None),
    )


def road_segments(session: Session) -> Iterator[Any]:
    """Tag, name, attributes and geometry of each that is on the map, by its tag."""
    yield from session.execute(_query().order_by(Asset.tag))
