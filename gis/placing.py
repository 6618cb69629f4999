"""Where the rows of a file are: some at a time, and then whether all of them can be there."""

import json
from collections.abc import Mapping as Dict
from typing import Any

import numpy as np
import shapely
from geopandas import GeoSeries
from pandas import DataFrame

from asset_model.vocabulary import GeometryKind
from gis.crs import (
    check_crs,
    check_far,
    crs_of,
    datum_remarks,
    far_m,
    in_metres,
    misplaced,
    to_wgs84,
)
from gis.mapping import Box, Mapping
from gis.measuring import length_m, run_length_m
from gis.problems import Problem
from gis.shapes import read_shapes, shape_problems, single_parts

Places = Dict[int, dict[str, Any]]
"""By row: the columns of an asset that say where it is."""

POINT, LINE = 0, 1
"""What GEOS calls them."""


class Placing:
    """The shapes of one file. `problems` grow with each part; `check` judges them together.

    :raises ImportRefused: neither the file nor its mapping says the coordinate system
    """

    def __init__(
        self, frame: DataFrame, mapping: Mapping, asset_class: dict[str, Any], town: Box | None
    ) -> None:
        self.rule = mapping.geometry
        self.crs = crs_of(frame, rule=self.rule)
        self.problems: list[Problem] = []
        self.remarks = tuple(datum_remarks(self.crs))
        self._kind = GeometryKind(asset_class["geometry_kind"])
        self._town = town
        self._read = 0
        self._first = GeoSeries()
        self._astray: list[Box] = []
        self._far_m: list[float] = []

    def places(self, frame: DataFrame) -> Places:
        """Where these rows are; those that something is wrong with are left out."""
        read = read_shapes(frame, rule=self.rule)
        whole = single_parts(in_metres(read.series, rule=self.rule))
        moved = to_wgs84(whole, crs=self.crs)
        astray = list(misplaced(whole, moved, crs=self.crs, within=self.rule.within))
        self._read += len(whole)
        self._first = whole if self._first.empty else self._first
        self._astray += [whole[problem.row].bounds for problem in astray]
        found = [*read.problems.values(), *astray, *shape_problems(moved, kind=self._kind)]
        self.problems += found
        wrong = {problem.row for problem in found}
        sound = moved[~moved.index.isin(wrong)]
        if self._town is not None:
            self._far_m += far_m(sound, self._town)
        return dict(zip(sound.index, _columns(sound.to_numpy()), strict=True))

    def check(self) -> None:
        """:raises ImportRefused: it is the coordinate system that is wrong"""
        check_crs(self._astray, self._read, self._first, crs=self.crs, within=self.rule.within)
        check_far(self._far_m)


def _columns(shapes: Any) -> list[dict[str, Any]]:
    boxes = shapely.bounds(shapes).tolist()
    told = zip(shapes, _geometries(shapes), boxes, strict=True)
    return [
        {
            "geometry": geometry,
            "west": west,
            "south": south,
            "east": east,
            "north": north,
            "length_m": run_length_m(geometry["coordinates"])
            if geometry["type"] == "LineString"
            else length_m(shape),
        }
        for shape, geometry, (west, south, east, north) in told
    ]


def _geometries(shapes: Any) -> list[dict[str, Any]]:
    """As GeoJSON; points and lines, which nearly all are, without a text for each."""
    kinds = shapely.get_type_id(shapes).tolist()
    if not {POINT, LINE}.issuperset(kinds):
        return [json.loads(text) for text in shapely.to_geojson(shapes)]
    positions = shapely.get_coordinates(shapes).tolist()
    ends = np.cumsum(shapely.get_num_coordinates(shapes)).tolist()
    runs = [positions[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    return [
        {"type": "LineString", "coordinates": run}
        if kind == LINE
        else {"type": "Point", "coordinates": run[0]}
        for kind, run in zip(kinds, runs, strict=True)
    ]
