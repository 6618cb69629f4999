"""Where a report is: its street, the asset that is meant, and whose district that is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.errors import Refused
from asset_model.linear.places import has_address, place_along, place_of_address
from asset_model.spatial import NEAR_M, SEGMENT, Near, assets_within_each

ASSET_WITHIN_M = 30.0
"""A pin on a phone is off by some ten metres; farther than this it is some other lamp."""
ADDRESS_WITHIN_M = 30.0
"""From the middle of its street to an address, at most."""


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


@dataclass(frozen=True)
class Place:
    """What was said of where something is; `classes`: what the service is about."""

    longitude: float | None
    latitude: float | None
    address: str | None = None
    classes: tuple[str, ...] = ()


def spot_of(session: Session, place: Place) -> Spot:
    """The spot of a point; of an address alone, where the streets' numbers say that it is."""
    (spot,) = spots_of(session, [place])
    return spot


def spots_of(session: Session, places: Sequence[Place]) -> list[Spot]:
    """The same of several, asked together."""
    found = {rank: _position(session, place) for rank, place in enumerate(places)}
    positions = {rank: position for rank, position in found.items() if position is not None}
    streets = {
        rank: _street(near, places[rank].address)
        for rank, near in _near(session, positions, SEGMENT, NEAR_M).items()
    }
    meant: dict[int, Asset] = {}
    for classes in dict.fromkeys(places[rank].classes for rank in positions):
        theirs = {r: each for r, each in positions.items() if places[r].classes == classes}
        near = _near(session, theirs, classes, ASSET_WITHIN_M) if classes else {}
        meant |= {rank: each[0].asset for rank, each in near.items()}
    return [
        _spot(positions[rank], place.address, streets.get(rank), meant.get(rank))
        if rank in positions
        else Spot(place=place.address)
        for rank, place in enumerate(places)
    ]


def _position(session: Session, place: Place) -> tuple[float, float] | None:
    if place.longitude is not None and place.latitude is not None:
        return place.longitude, place.latitude
    try:
        return place_of_address(session, place.address or "").position
    except Refused:
        return None


def _near(
    session: Session,
    positions: Mapping[int, tuple[float, float]],
    classes: Sequence[str],
    within_m: float,
) -> dict[int, list[Near]]:
    near = assets_within_each(session, [*positions.values()], within_m, classes=classes)
    return {rank: each for rank, each in zip(positions, near, strict=True) if each}


def _street(near: Sequence[Near], address: str | None) -> Asset:
    """The nearest one; at a corner, the one that the address is of, though the other is nearer."""
    beside = (each.asset for each in near if each.distance_m <= ADDRESS_WITHIN_M)
    named = (street for street in beside if has_address(street, address or ""))
    return next(named, near[0].asset)


def _spot(
    position: tuple[float, float], address: str | None, street: Asset | None, meant: Asset | None
) -> Spot:
    along = place_along(street, position) if street else None
    whose = meant or street
    return Spot(
        longitude=position[0],
        latitude=position[1],
        place=address or (along.address if along else None) or None,
        district_id=whose.district_id if whose else None,
        asset_id=meant.id if meant else None,
        segment_id=street.id if street else None,
        segment_m=along.measure_m if along else None,
        side=along.side if along else None,
    )
