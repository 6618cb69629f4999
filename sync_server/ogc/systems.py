"""Coordinate systems by reference: the URIs that clients may ask for, and the way to each.

Without the extra `gis` there is no way but to WGS 84, longitude or latitude first.
"""

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any

from asset_model.errors import Refused
from gis.features import Geometry

CRS_84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
LATITUDE_FIRST = f"{EPSG}4326"

PROJECTED = (3857, 32187, 32188, 32189, 2949, 2950, 2951, 32198, 3797, 3799)
"""The web's, then Québec's: MTM 7 to 9 in NAD83 and in NAD83(CSRS), and three Lamberts.

Each has its axes east, then north. EPSG:6622 is not among them: PROJ takes its datum for WGS 84
itself, a metre beside where it puts the other systems of NAD83(CSRS).
"""

Positions = tuple[Sequence[float], Sequence[float]]


@cache
def systems() -> tuple[str, ...]:
    """The URIs on offer, that of storage first."""
    there = PROJECTED if find_spec("pyproj") else ()
    return (CRS_84, LATITUDE_FIRST, *(f"{EPSG}{code}" for code in there))


def checked(uri: str, *, parameter: str) -> str:
    """:raises Refused: ``parameter_invalid``"""
    if uri not in systems():
        why = ", ".join(systems())
        raise Refused("parameter_invalid", parameter=parameter, value=uri, why=why)
    return uri


def placed(geometries: Sequence[Geometry | None], uri: str) -> list[Geometry | None]:
    """The shapes in another system, their axes in the order that its authority gives them."""
    if uri == CRS_84:
        return list(geometries)
    there = [geometry for geometry in geometries if geometry is not None]
    flat = [position for geometry in there for position in _flat(geometry["coordinates"])]
    xs, ys = from_degrees(([p[0] for p in flat], [p[1] for p in flat]), uri)
    moved = iter(zip(xs, ys, strict=True))
    return [
        geometry and {**geometry, "coordinates": _rebuilt(geometry["coordinates"], moved)}
        for geometry in geometries
    ]


def from_degrees(positions: Positions, uri: str) -> Positions:
    """Longitudes and latitudes as the first and second coordinate of another system."""
    longitudes, latitudes = positions
    if uri == CRS_84:
        return positions
    if uri == LATITUDE_FIRST:
        return latitudes, longitudes
    first, second = _transformer(uri, inverse=False).transform(longitudes, latitudes)
    return [round(x, 4) for x in first], [round(y, 4) for y in second]


def to_degrees(positions: Positions, uri: str) -> Positions:
    """Longitudes and latitudes of coordinates of another system."""
    first, second = positions
    if uri == CRS_84:
        return positions
    if uri == LATITUDE_FIRST:
        return second, first
    longitudes, latitudes = _transformer(uri, inverse=True).transform(first, second)
    return list(longitudes), list(latitudes)


@cache
def _transformer(uri: str, *, inverse: bool) -> Any:
    from pyproj import Transformer

    # As the import takes them in: from CRS84, PROJ would go another way to some of them.
    degrees, plane = "EPSG:4326", f"EPSG:{uri.removeprefix(EPSG)}"
    start, end = (plane, degrees) if inverse else (degrees, plane)
    return Transformer.from_crs(start, end, always_xy=True)


def _flat(coordinates: Any) -> Any:
    if isinstance(coordinates[0], int | float):
        yield coordinates
        return
    for part in coordinates:
        yield from _flat(part)


def _rebuilt(coordinates: Any, moved: Any) -> Any:
    if isinstance(coordinates[0], int | float):
        return list(next(moved))
    return [_rebuilt(part, moved) for part in coordinates]
