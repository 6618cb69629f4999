"""A place shown on the map, as an order is made of it: its address, and the asset that is meant."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.linear.places import place_of_point
from asset_model.linear.ruler import Ruler
from asset_model.spatial import nearest_segment
from field_app.reads.assets import Found, found_asset
from field_app.reads.corners import Position


@dataclass(frozen=True)
class Meant:
    """The street nearest to a place, and how far along it the place is."""

    asset: Found
    from_m: float


def address_at(session: Session, position: Position) -> str:
    """``208, rue des Cèdres``, as far as the street's numbers tell; nothing where no street is."""
    try:
        return place_of_point(session, *position).address
    except Refused:
        return ""


def meant_at(session: Session, position: Position) -> Meant | None:
    """The nearest street: whoever means another asset says so."""
    near = nearest_segment(session, position)
    found = found_asset(session, near.asset.id) if near else None
    if near is None or found is None:
        return None
    along = Ruler(near.asset.geometry or {}).locate(position)
    return Meant(found, round(along.measure_m, 1))
