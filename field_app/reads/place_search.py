"""Where a caller means, by the town's own streets: an address, a corner, a stretch of a street."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.geometry import middle, parts
from asset_model.linear.addresses import civic_ranges, numbered
from asset_model.linear.places import FRONTAGE_M
from asset_model.linear.ruler import Ruler
from field_app.reads.assets import Found, find_assets
from field_app.reads.corners import ROAD, TOUCH_DEGREES, Position

SHOWN_MAX = 6
SEGMENTS_MAX = 60
"""Of a long street; its corners beyond that are found with more of its name."""

_CROSSING = re.compile(r"\s*(?:/|&|\bet\b|\band\b|\bcoin\b|\bcorner\b|\bat\b)\s*", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*(\d+)\s*[A-Za-z]?\s*,?\s+(.+?)\s*")


@dataclass(frozen=True)
class Spot:
    """`label` is what is kept and read back to the caller."""

    label: str
    detail: str
    position: Position


def spots(session: Session, text: str) -> tuple[Spot, ...]:
    """The likeliest first; nothing where nothing was written yet.

    Of a number that no street of that name has, the street: callers remember numbers badly.
    """
    streets = [each for each in _CROSSING.split(text) if each.strip()]
    if len(streets) == 2:
        return tuple(_crossings(session, *streets))[:SHOWN_MAX]
    read = _ADDRESS.fullmatch(text)
    if read is not None:
        found = tuple(_addresses(session, int(read[1]), read[2]))
        return found[:SHOWN_MAX] or tuple(_stretches(session, read[2]))
    return tuple(_stretches(session, text))


def _addresses(session: Session, number: int, street: str) -> Iterator[Spot]:
    """The middle of the lot, on each segment that has the number."""
    matches = find_assets(session, f"{number} {street}", classes=(ROAD,), limit=SHOWN_MAX)
    for found in matches.found:
        asset = session.get_one(Asset, found.id)
        for hand, reach in civic_ranges(asset.attributes).items():
            share = reach.share_of(number)
            if share is not None and asset.geometry:
                ruler = Ruler(asset.geometry)
                position = ruler.beside(share * ruler.length_m, FRONTAGE_M, hand)
                label = numbered(number, asset.name, asset.attributes)
                yield Spot(label, found.district or "", position)


def _crossings(session: Session, one: str, other: str) -> Iterator[Spot]:
    """Where a segment of the one street meets one of the other."""
    ends = [(name, end) for name, end in _ends(session, other)]
    seen: set[str] = set()
    for name, end in _ends(session, one):
        for crossing, met in ends:
            label = f"{name} / {crossing}"
            if name != crossing and _touch(end, met) and label not in seen:
                seen.add(label)
                yield Spot(label, "", end)


def _ends(session: Session, street: str) -> Iterator[tuple[str, Position]]:
    matches = find_assets(session, street, classes=(ROAD,), limit=SEGMENTS_MAX)
    query = select(Asset).where(Asset.id.in_([found.id for found in matches.found]))
    for asset in session.scalars(query.order_by(Asset.name, Asset.tag)):
        lines: list[Any] = list(parts(asset.geometry)) if asset.geometry else []
        if lines:
            for end in (lines[0][0], lines[-1][-1]):
                yield asset.name, (end[0], end[1])


def _touch(one: Position, other: Position) -> bool:
    return all(abs(a - b) <= TOUCH_DEGREES for a, b in zip(one, other, strict=True))


def _stretches(session: Session, text: str) -> Iterator[Spot]:
    for found in find_assets(session, text, classes=(ROAD,), limit=SHOWN_MAX).found:
        asset = session.get_one(Asset, found.id)
        if asset.geometry:
            longitude, latitude = middle(asset.geometry)
            yield Spot(asset.name, _between(found), (longitude, latitude))


def _between(found: Found) -> str:
    """The streets at its ends, else its numbers."""
    corners: Sequence[str] = found.corners
    if corners:
        return " – ".join(corners)
    return "–".join(map(str, found.civic)) if found.civic else (found.district or "")
