"""Between which streets a road segment runs: what tells the segments of one street apart."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.geometry import parts

ROAD = "road_segment"
TOUCH_DEGREES = 2e-6
"""Some 20 cm: surveyors close their corners better than that."""

Position = tuple[float, float]


def corners(session: Session, assets: Iterable[Asset]) -> dict[str, tuple[str, ...]]:
    """By the id of each road segment, the names of the streets at its two ends, where known."""
    roads = {asset.id: (asset.name, _ends(asset.geometry)) for asset in assets if _is_road(asset)}
    meeting = list(_touching(session, [end for _, ends in roads.values() for end in ends]))
    return {
        road_id: tuple(dict.fromkeys(_others(name, ends, meeting)))
        for road_id, (name, ends) in roads.items()
    }


def _is_road(asset: Asset) -> bool:
    return asset.class_code == ROAD and asset.geometry is not None


def _ends(geometry: Mapping[str, Any] | None) -> tuple[Position, ...]:
    if geometry is None:
        return ()
    lines = list(parts(dict(geometry)))
    first, last = lines[0][0], lines[-1][-1]
    return (first[0], first[1]), (last[0], last[1])


def _touching(session: Session, ends: Sequence[Position]) -> Iterator[tuple[str, Any]]:
    """The name and the two ends of every segment that reaches one of these ends."""
    if not ends:
        return
    query = select(Asset.name, Asset.geometry).where(
        Asset.class_code == ROAD, or_(*(_box_holds(end) for end in ends))
    )
    for name, geometry in session.execute(query.order_by(Asset.name)):
        yield name, _ends(geometry)


def _box_holds(end: Position) -> ColumnElement[bool]:
    longitude, latitude = end
    return and_(
        Asset.west <= longitude + TOUCH_DEGREES,
        Asset.east >= longitude - TOUCH_DEGREES,
        Asset.south <= latitude + TOUCH_DEGREES,
        Asset.north >= latitude - TOUCH_DEGREES,
    )


def _others(name: str, ends: Iterable[Position], meeting: Any) -> Iterator[str]:
    """At each end, the first other street that has an end there too."""
    for end in ends:
        for other, reached in meeting:
            if other != name and any(_same(end, one) for one in reached):
                yield other
                break


def _same(one: Position, other: Position) -> bool:
    return all(abs(a - b) <= TOUCH_DEGREES for a, b in zip(one, other, strict=True))
