"""What the inventory knows of the street that a hole is in."""

from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.potholes import CLASS_OF, UNPAVED_SURFACES, Ground


def street_of(session: Session, segment_id: str | None) -> tuple[int | None, Ground]:
    """Its class of road, None where the inventory has none; and whether it is paved."""
    street = session.get(Asset, segment_id) if segment_id else None
    said = (street.attributes if street else None) or {}
    unpaved = said.get("surface") in UNPAVED_SURFACES
    return CLASS_OF.get(said.get("road_class", "")), Ground.UNPAVED if unpaved else Ground.PAVED
