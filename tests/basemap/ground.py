"""A few streets to draw, as features and as rows of the record."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from asset_model.assets import Asset
from asset_model.database import Database
from gis.basemap.features import Feature, feature_of
from gis.basemap.style import read_style
from sync_server import desk
from sync_server.basemap.building import Report, build
from tests.sync import town
from tests.sync.town import NORD, START, SUD, named

WEST, SOUTH = -74.1350, 46.4620
EAST_STEP, NORTH_STEP = 0.00130, 0.00090
"""Some hundred metres."""


def line(*steps: tuple[float, float]) -> dict[str, Any]:
    """A line by its places, counted in hundreds of metres to the east and to the north."""
    return {"type": "LineString", "coordinates": [_place(step) for step in steps]}


def point(east: float, north: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": _place((east, north))}


def _place(step: tuple[float, float]) -> list[float]:
    return [WEST + step[0] * EAST_STEP, SOUTH + step[1] * NORTH_STEP]


def street(name: str, *steps: tuple[float, float], road: str = "local", **more: Any) -> Feature:
    told = {"road_class": road, **more}
    return feature_of(name + str(steps), "road_segment", name, line(*steps), told)


def asset(
    tag: str,
    class_code: str,
    name: str,
    geometry: dict[str, Any],
    district: str | None = NORD,
    **attributes: Any,
) -> Asset:
    return Asset(
        id=named("mapped", tag),
        tag=tag,
        class_code=class_code,
        name=name,
        status="in_service",
        district_id=district,
        geometry=geometry,
        attributes=attributes,
    )


def assets() -> list[Asset]:
    """Two streets and their water in the north; one street in the south, 4 km away."""
    return [
        asset("A", "road_segment", "Rue des Érables", line((0, 0), (4, 0)), road_class="local"),
        asset("B", "road_segment", "Boulevard des Pins", line((2, -2), (2, 2)),
              road_class="major_arterial"),
        asset("C", "pipe", "Conduite", line((0, 0), (4, 0)), network="drinking_water"),
        asset("D", "hydrant", "Borne", point(1, 0.05)),
        asset("E", "road_segment", "Rue du Sud", line((0, -40), (3, -40)), SUD,
              road_class="local"),
    ]  # fmt: skip


def settle(database: Database) -> None:
    """The small town of the tests of synchronization, with these streets instead of its own."""
    town.fill_server(database)
    write(database, *(_inserted(row) for row in assets()))
    for number in range(1, 5):
        gone = named("street", str(number)), {"status": "in_service"}, {"status": "retired"}
        write(database, desk.edited("asset", *gone, new_id=_NEW_ID))


def _inserted(row: Asset) -> Any:
    return desk.inserted(row, new_id=_NEW_ID)


def write(database: Database, *changes: Any, now: datetime = START) -> None:
    with database.writing() as session:
        desk.write(session, list(changes), now=now, new_id=_NEW_ID)


def edit(database: Database, tag: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    """The office changes an asset."""
    row = named("mapped", tag)
    write(database, desk.edited("asset", row, before, after, new_id=_NEW_ID))


def drawn(database: Database, folder: Path, **options: Any) -> Report:
    return build(database, folder, now=START, **options)


def packs_in(folder: Path) -> Sequence[Path]:
    return sorted(folder.glob("*.mbtiles"))


STYLE = read_style()
_NEW_ID = town.ids(77, lambda: START)
