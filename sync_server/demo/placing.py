"""Assets as rows: every part of the town makes them here, so that they come out alike."""

from typing import Any

from asset_model.assets import Asset
from asset_model.geometry import bounds
from asset_model.ids import derived_id
from asset_model.linear.ruler import Ruler
from asset_model.vocabulary import AssetStatus
from sync_server.demo.stretches import Stretch

NORTH, SOUTH = "NORD", "SUD"
SOURCE = "val_des_pins"


def demo_id(kind: str, code: str) -> str:
    """The id of a thing of the demo town: the same whenever, and from whatever seed, it is made."""
    return derived_id("demo", kind, code)


def district_of(stretch: Stretch) -> str:
    return demo_id("district", NORTH if stretch.north else SOUTH)


def new_asset(
    class_code: str,
    tag: str,
    name: str,
    *,
    geometry: dict[str, Any] | None = None,
    attributes: dict[str, Any],
    **columns: Any,
) -> Asset:
    """An asset in service, with its bounding box and, for a line, its length."""
    return Asset(
        id=demo_id("asset", tag),
        class_code=class_code,
        tag=tag,
        name=name,
        status=AssetStatus.IN_SERVICE,
        geometry=geometry,
        attributes=attributes,
        source=SOURCE,
        source_key=tag,
        **(_extent(geometry) if geometry else {}),
        **columns,
    )


def _extent(geometry: dict[str, Any]) -> dict[str, float]:
    extent = dict(zip(("west", "south", "east", "north"), bounds(geometry), strict=True))
    if geometry["type"] == "LineString":
        extent["length_m"] = round(Ruler(geometry).length_m, 1)
    return extent
