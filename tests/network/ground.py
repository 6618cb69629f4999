"""Assets laid out in metres, east and north of a corner in Québec."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.base import Base
from asset_model.bounds import lay
from asset_model.database import open_database
from asset_model.geometry import bounds
from asset_model.ids import derived_id
from asset_model.linear.ruler import metres_per_degree

WEST, SOUTH = -73.5, 45.5
Point = tuple[float, float]


def place(east_m: float, north_m: float) -> list[float]:
    per_east, per_north = metres_per_degree(SOUTH)
    return [WEST + east_m / per_east, SOUTH + north_m / per_north]


def line(*points: Point) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": [place(*point) for point in points]}


def point(at: Point) -> dict[str, Any]:
    return {"type": "Point", "coordinates": place(*at)}


def asset(class_code: str, tag: str, geometry: dict[str, Any], **columns: Any) -> Asset:
    west, south, east, north = bounds(geometry)
    given = {"name": tag, "status": "in_service", "attributes": {}} | columns
    return Asset(
        id=an_id(tag),
        class_code=class_code,
        tag=tag,
        geometry=geometry,
        west=west,
        south=south,
        east=east,
        north=north,
        **given,
    )


def an_id(tag: str) -> str:
    return derived_id("asset", tag)


def pipe(tag: str, *points: Point, parent: str | None = None, **attributes: Any) -> Asset:
    parent_id = an_id(parent) if parent else None
    return asset("pipe", tag, line(*points), parent_id=parent_id, attributes=attributes)


def on(class_code: str, tag: str, at: Point, pipe: str | None = None, **attributes: Any) -> Asset:
    parent_id = an_id(pipe) if pipe else None
    return asset(class_code, tag, point(at), parent_id=parent_id, attributes=attributes)


def street(tag: str, *points: Point, **columns: Any) -> Asset:
    return asset("road_segment", tag, line(*points), **columns)


@contextmanager
def standing(*assets: Asset, url: str = "sqlite://") -> Iterator[Session]:
    """A session on a database in which the assets stand, and nothing else."""
    database = open_database(url)
    Base.metadata.create_all(database.engine)
    with database.writing() as session:
        lay(session.connection())
        session.add_all(assets)
    with database.reading() as session:
        yield session
    database.close()


def small_street() -> list[Asset]:
    """A main of three pipes fed from the west, under one street, with a valve at each corner."""
    return [
        street(
            "TR-2",
            (100, 0),
            (200, 0),
            name="Rue des Pins",
            attributes={
                "civic_left_from": 1, "civic_left_to": 19,
                "civic_right_from": 2, "civic_right_to": 20,
            },
        ),
        pipe("CD-1", (0, 0), (100, 0)),
        pipe("CD-2", (100, 0), (200, 0), parent="TR-2"),
        pipe("CD-3", (200, 0), (300, 0)),
        on("valve", "VA-1", (96, 0), turns_to_close=20),
        on("valve", "VA-2", (204, 0)),
        on("hydrant", "BI-1", (150, -6)),
        on("service_connection", "BR-1", (180, 15), told_in_person=True),
        on("water_source", "SE-1", (-10, 0)),
    ]  # fmt: skip
