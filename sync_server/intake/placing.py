"""Where a report is: its street, the asset that is meant, and whose district that is."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.errors import Refused
from asset_model.linear.places import place_along, place_of_address
from asset_model.spatial import assets_within, nearest_segment

ASSET_WITHIN_M = 30.0
"""A pin on a phone is off by some ten metres; farther than this it is some other lamp."""


@dataclass(frozen=True)
class Spot:
    """`segment_m` is along the segment; a place that is on no street of ours has none."""

    longitude: float | None = None
    latitude: float | None = None
    place: str | None = None
    district_id: str | None = None
    asset_id: str | None = None
    segment_id: str | None = None
    segment_m: float | None = None
    side: str | None = None


def spot_of(
    session: Session,
    longitude: float | None,
    latitude: float | None,
    address: str | None,
    classes: Sequence[str],
) -> Spot:
    """The spot of a point; of an address alone, where the streets' numbers say that it is."""
    if longitude is None or latitude is None:
        try:
            longitude, latitude = place_of_address(session, address or "").position
        except Refused:
            return Spot(place=address)
    return _at(session, (longitude, latitude), address, classes)


def _at(
    session: Session, position: tuple[float, float], address: str | None, classes: Sequence[str]
) -> Spot:
    near = nearest_segment(session, position)
    meant = _meant(session, position, classes)
    along = place_along(near.asset, position) if near else None
    whose = meant or (near.asset if near else None)
    return Spot(
        longitude=position[0],
        latitude=position[1],
        place=address or (along.address if along else None) or None,
        district_id=whose.district_id if whose else None,
        asset_id=meant.id if meant else None,
        segment_id=near.asset.id if near else None,
        segment_m=along.measure_m if along else None,
        side=along.side if along else None,
    )


def _meant(session: Session, position: tuple[float, float], classes: Sequence[str]) -> Asset | None:
    """The nearest asset of the classes that the service is about."""
    if not classes:
        return None
    near = assets_within(session, position, ASSET_WITHIN_M, classes=classes)
    return near[0].asset if near else None
