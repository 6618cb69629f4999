"""Lengths and areas on the ellipsoid, and the plane system in which a town is best measured.

Assets are stored in WGS 84, whose degrees measure nothing. Lengths and areas are geodesic. Where a
plane is wanted, it is that of the Modified Transverse Mercator zone of the place: three degrees
wide, its scale is right within 0.01 %.
"""

from collections.abc import Sequence
from math import floor
from typing import Any, Literal

from pyproj import Geod

WGS_84_ELLIPSOID = Geod(ellps="WGS84")

Datum = Literal["NAD83", "NAD83(CSRS)"]
EAST_OF_ZONE_3, ZONE_DEGREES = -57.0, 3.0
FIRST_ZONE, LAST_ZONE = 3, 10
# EPSG numbers the zones in order: 32183 to 32190, and 2945 to 2952.
ZONE_3: dict[Datum, int] = {"NAD83": 32183, "NAD83(CSRS)": 2945}


def length_m(shape: Any) -> float | None:
    """Along a line, to the centimetre; None for what is no line."""
    if not shape.geom_type.endswith("LineString"):
        return None
    return round(WGS_84_ELLIPSOID.geometry_length(shape), 2)


def run_length_m(positions: Sequence[Sequence[float]]) -> float:
    """The same of a line that is given by its positions: longitude, latitude."""
    longitudes, latitudes = zip(*positions, strict=True)
    return round(WGS_84_ELLIPSOID.line_length(longitudes, latitudes), 2)


def area_m2(shape: Any) -> float:
    """Within a polygon's outline, whichever way it is drawn; nought for what is none."""
    area, _ = WGS_84_ELLIPSOID.geometry_area_perimeter(shape)
    return abs(float(area))


def local_system(longitude: float, *, datum: Datum) -> str:
    """The MTM zone of Québec in which a longitude lies: ``EPSG:2950`` at Montréal.

    The datum is the caller's to say: the two are about a metre apart.

    :raises ValueError: the longitude is in no zone of Québec
    """
    zone = FIRST_ZONE + floor((EAST_OF_ZONE_3 - longitude) / ZONE_DEGREES)
    if not FIRST_ZONE <= zone <= LAST_ZONE:
        raise ValueError(f"longitude {longitude} is in no MTM zone of Québec")
    return f"EPSG:{ZONE_3[datum] + zone - FIRST_ZONE}"
