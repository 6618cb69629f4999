"""Coordinate systems: which one a file is in, whether that can be true, and the way to WGS 84.

A town's points come out about 1 m apart from EPSG:32189 (NAD83) and EPSG:2951 (NAD83 CSRS): PROJ
takes the first for WGS 84 itself. Neither is guessed here; the file or its mapping must say.
"""

from collections.abc import Iterator, Sequence
from statistics import median

import shapely
from geopandas import GeoSeries
from pandas import DataFrame
from pyproj import CRS
from pyproj.exceptions import CRSError
from shapely.geometry import box

from asset_model.geometry import distance_m
from gis.mapping import OWN_CRS, UNITS_M, Box, GeometryRule
from gis.problems import Problem, listed, refuse

WGS_84 = "EPSG:4326"
LONGITUDE_FIRST = "OGC:CRS84"
WRONG_SHARE = 0.5
"""With more of the rows than this out of place, it is the coordinate system that is wrong."""

TOWN_REACH_M = 30_000.0
"""Rows farther than this from the box of a town's assets are not that town's."""

# NAD83 and NAD83(CSRS) of the same projection: MTM zones 3 to 10, two Lamberts.
CSRS_OF: dict[int | None, str] = {
    **{32183 + zone: f"EPSG:{2945 + zone}" for zone in range(8)},
    32198: "EPSG:6622",
    3797: "EPSG:3799",
}

USED_IN_QUEBEC = (
    "EPSG:4326",
    "EPSG:32187",
    "EPSG:32188",
    "EPSG:32189",
    "EPSG:2949",
    "EPSG:2950",
    "EPSG:2951",
    "EPSG:32198",
    "EPSG:3797",
    "EPSG:6622",
    "EPSG:32618",
    "EPSG:32619",
    "EPSG:3857",
)


def crs_of(frame: DataFrame, *, rule: GeometryRule) -> CRS:
    """The coordinate system of the rows: what the mapping says, or the layer's own.

    Over NAD83 in a file, the same projection of NAD83(CSRS) in the mapping is believed.

    :raises ImportRefused: neither says, the two disagree, or there is no such system
    """
    own = next((crs for crs in frame[OWN_CRS] if crs), "") if OWN_CRS in frame else ""
    if not own and not rule.crs:
        raise refuse("crs_missing")
    if own and rule.crs and _crs(own) != _crs(rule.crs):
        if CSRS_OF.get(_crs(own).to_epsg()) == rule.crs:
            return _crs(rule.crs)  # Files name the old datum out of habit; a person knows better.
        raise refuse("crs_disagrees", found=_crs(own).name, wanted=rule.crs)
    return _crs(own or str(rule.crs))


def to_wgs84(series: GeoSeries, *, crs: CRS) -> GeoSeries:
    """The shapes in longitude and latitude; transformed ones to 7 decimals, which is 1 cm."""
    placed = series.set_crs(crs)
    if crs == CRS(WGS_84):
        return placed
    if crs == CRS(LONGITUDE_FIRST):  # The same numbers: GeoJSON and GML say it in this way.
        return series.set_crs(WGS_84)
    moved = placed.to_crs(WGS_84)
    return moved.set_precision(1e-7, mode="pointwise")


def misplaced(series: GeoSeries, moved: GeoSeries, *, crs: CRS, within: Box) -> Iterator[Problem]:
    """The rows whose shape, read as `crs`, is not within the source's territory."""
    outside = ~moved.within(box(*within))
    for row in series[outside].index:
        yield _misplaced(row, series[row].bounds, moved[row].bounds, crs=crs, within=within)


def check_crs(astray: Sequence[Box], total: int, some: GeoSeries, *, crs: CRS, within: Box) -> None:
    """Refuse the file when so many rows are out of place that its coordinate system must be wrong.

    `astray`: the edges of each shape that is out of place, in the file's own coordinates; `total`:
    how many shapes there are; `some`: of them, by which other systems are tried.

    :raises ImportRefused: ``crs_wrong``, with the systems in which the rows would fall in place
    """
    if len(astray) <= WRONG_SHARE * total:
        return
    x, y, *_ = astray[0]
    fitting = listed(list(_fitting(some, within=within)))
    raise refuse(
        "crs_wrong",
        count=len(astray),
        total=total,
        crs=crs_name(crs),
        x=_shown(x),
        y=_shown(y),
        candidates=fitting,
    )


def named(code: str) -> str:
    """What people call it: *NAD83(CSRS) / MTM zone 8*."""
    return str(_crs(code).name)


def crs_name(crs: CRS) -> str:
    authority = crs.to_authority()
    return ":".join(authority) if authority else str(crs.name)


def _crs(name: str) -> CRS:
    try:
        return CRS.from_user_input(name)
    except CRSError:
        raise refuse("crs_unknown", crs=name) from None


def _misplaced(row: int, own: Box, moved: Box, *, crs: CRS, within: Box) -> Problem:
    x, y = own[:2]
    longitude, latitude = moved[:2]
    west, south, east, north = within
    if west <= latitude <= east and south <= longitude <= north:
        return Problem("coordinates_swapped", row, {"x": _shown(x), "y": _shown(y)})
    if not (abs(longitude) <= 180 and abs(latitude) <= 90):
        details = {"x": _shown(x), "y": _shown(y), "crs": crs_name(crs)}
        return Problem("outside_crs", row, details)
    place = {"longitude": f"{longitude:.5f}", "latitude": f"{latitude:.5f}"}
    return Problem("far_away", row, place)


def _fitting(series: GeoSeries, *, within: Box) -> Iterator[str]:
    """The systems in which the rows would be in place, as they are or as feet."""
    yield from (name for name in USED_IN_QUEBEC if _fits(series, name, within=within))
    feet = scaled(series, UNITS_M["ft"])
    for name in USED_IN_QUEBEC:
        if not CRS(name).is_geographic and _fits(feet, name, within=within):
            yield f'{name} (unit = "ft")'


def scaled(series: GeoSeries, factor: float) -> GeoSeries:
    return GeoSeries(shapely.transform(series.array, lambda xy: xy * factor), index=series.index)


def in_metres(series: GeoSeries, *, rule: GeometryRule) -> GeoSeries:
    """The shapes in the unit of their system, where the mapping says they are in another."""
    return scaled(series, UNITS_M[rule.unit]) if rule.unit else series


def datum_remarks(crs: CRS) -> Iterator[Problem]:
    """A word on NAD83, which is not NAD83(CSRS): only the file's author knows which was meant."""
    code = crs.to_epsg()
    if code in CSRS_OF:
        yield Problem("datum_nad83", details={"crs": crs_name(crs), "other": CSRS_OF[code]})


def far_m(placed: GeoSeries, town: Box) -> list[float]:
    """How far each shape is from the box of everything that the town has."""
    points = shapely.get_coordinates(placed.representative_point().to_numpy()).tolist()
    return [_beyond_m((x, y), town) for x, y in points]


def check_far(metres: Sequence[float]) -> None:
    """Refuse rows of which most are far from everything that the town has.

    A wrong zone, or a wrong false easting, leaves them in Québec and a hundred kilometres away.

    :raises ImportRefused: ``town_far``
    """
    beyond = sum(far > TOWN_REACH_M for far in metres)
    if beyond > WRONG_SHARE * len(metres):
        km = round(median(metres) / 1000)
        raise refuse("town_far", count=beyond, total=len(metres), km=km)


def _beyond_m(position: tuple[float, float], town: Box) -> float:
    west, south, east, north = town
    nearest = min(max(position[0], west), east), min(max(position[1], south), north)
    return distance_m(position, nearest)


def _fits(series: GeoSeries, name: str, *, within: Box) -> bool:
    moved = series.set_crs(CRS(name), allow_override=True).to_crs(WGS_84)
    return bool(moved.within(box(*within)).mean() > WRONG_SHARE)


def _shown(coordinate: float) -> str:
    return f"{coordinate:.6g}" if abs(coordinate) < 1000 else f"{coordinate:.1f}"
