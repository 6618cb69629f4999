"""Shapes of rows: read one by one so that a bad one costs only its row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from geopandas import GeoSeries
from pandas import DataFrame, Series

from asset_model.vocabulary import GeometryKind
from gis.mapping import OWN_GEOMETRY, GeometryRule
from gis.problems import Problem
from gis.values import number_of

WKT_START = re.compile(
    r"(MULTI)?(POINT|LINESTRING|POLYGON)\s*(Z|M|ZM)?\s*(\(|EMPTY)", re.IGNORECASE
)
MULTI_POINT, MULTI_LINE = 4, 5
"""What GEOS calls them; from the first on, shapes have parts."""
STORED: dict[GeometryKind, tuple[str, ...]] = {
    GeometryKind.POINT: ("Point",),
    GeometryKind.LINE: ("LineString", "MultiLineString"),
    GeometryKind.POLYGON: ("Polygon",),
}


@dataclass(frozen=True)
class Shapes:
    """The shapes that could be read, by row, and the problems of the rows that have none."""

    series: GeoSeries
    problems: dict[int, Problem]


def read_shapes(frame: DataFrame, *, rule: GeometryRule) -> Shapes:
    """The shapes of all rows, in the file's own coordinates, without Z and M."""
    if rule.longitude and rule.latitude:
        return _points(frame, longitude=rule.longitude, latitude=rule.latitude)
    return _from_wkt(frame[rule.wkt or OWN_GEOMETRY])


def looks_like_wkt(text: str) -> bool:
    return WKT_START.match(text.strip()) is not None


def shape_problems(series: GeoSeries, *, kind: GeometryKind) -> Iterator[Problem]:
    """What keeps shapes from being stored as a class of this kind of geometry."""
    for row, shape in series.items():
        if shape.geom_type not in STORED[kind]:
            details = {"found": shape.geom_type, "wanted": kind.value}
            yield Problem("geometry_kind", row, details)
        elif not shape.is_valid and kind is GeometryKind.POLYGON:
            why = shapely.is_valid_reason(shape)
            yield Problem("geometry_invalid", row, {"why": why})
        elif kind is GeometryKind.LINE and shape.length == 0:
            yield Problem("line_without_length", row)


def single_parts(series: GeoSeries) -> GeoSeries:
    """Multi-part shapes as their one part, lines whose parts touch as one line."""
    shapes = series.to_numpy().copy()
    lines = shapely.get_type_id(shapes) == MULTI_LINE
    shapes[lines] = shapely.line_merge(shapes[lines])
    alone = (shapely.get_type_id(shapes) >= MULTI_POINT) & (shapely.get_num_geometries(shapes) == 1)
    shapes[alone] = shapely.get_geometry(shapes[alone], 0)
    return GeoSeries(shapes, index=series.index, crs=series.crs)


def _from_wkt(column: "Series[str]") -> Shapes:
    texts = column.str.strip()
    with np.errstate(invalid="ignore"):
        read = shapely.from_wkt(texts.to_numpy(dtype=object), on_invalid="ignore")
    series = GeoSeries(shapely.force_2d(read), index=column.index)
    usable = ~(shapely.is_missing(read) | shapely.is_empty(read))
    problems = {
        row: _wkt_problem(row, text, column=str(column.name))
        for row, text in texts[~usable].items()
    }
    return Shapes(series[usable], problems)


def _wkt_problem(row: Any, text: str, *, column: str) -> Problem:
    """The most telling thing that can be said of WKT that no shape can be made of."""
    details = {"column": column, "value": text}
    upper = text.upper()
    if not text or upper.endswith("EMPTY"):
        return Problem("geometry_missing", row, details)
    if upper.startswith("LINESTRING") and text.count("(") == 1 and "," not in text:
        return Problem("line_of_one_point", row, details)
    if upper.startswith("POLYGON") and text.count("(") == 1:
        return Problem("ring_parentheses", row, details)
    return Problem("geometry_unreadable", row, details)


def _points(frame: DataFrame, *, longitude: str, latitude: str) -> Shapes:
    points: dict[int, Any] = {}
    problems: dict[int, Problem] = {}
    for row, x, y in zip(frame.index, frame[longitude], frame[latitude], strict=True):
        if not x.strip() and not y.strip():
            details = {"column": f"{longitude}, {latitude}"}
            problems[row] = Problem("geometry_missing", row, details)
            continue
        try:
            points[row] = shapely.Point(number_of(x), number_of(y))
        except ValueError as error:
            column = longitude if str(error) == x else latitude
            details = {"column": column, "value": str(error)}
            problems[row] = Problem("coordinate_unreadable", row, details)
    return Shapes(GeoSeries(points), problems)
