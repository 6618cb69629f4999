"""From a table to a plan: what each row would become, and everything wrong with those refused."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import shapely
from geopandas import GeoSeries
from pandas import DataFrame
from pyproj import CRS

from asset_model.units import VEHICLE, doubts
from asset_model.vocabulary import GeometryKind
from gis.crs import (
    check_crs,
    check_town,
    crs_of,
    datum_remarks,
    in_metres,
    misplaced,
    to_wgs84,
)
from gis.mapping import OWN_GEOMETRY, OWN_SHAPE, AttributeRule, Box, Mapping
from gis.matching import STATUS, check_mapping, class_problems, full_names
from gis.measuring import length_m
from gis.own_files import OTHERS
from gis.plan import AssetDraft, ImportPlan
from gis.problems import ImportRefused, Problem
from gis.shapes import read_shapes, shape_problems, single_parts
from gis.table import Table
from gis.values import Unfit, attribute_value, value_problem

Cells = dict[str, str]


def plan_import(
    table: Table,
    *,
    mapping: Mapping,
    asset_class: dict[str, Any],
    town: Box | None = None,
    advance: Callable[[], object] = lambda: None,
) -> ImportPlan:
    """Draft every sound row of the table; `advance` is called once for each row.

    `asset_class` is the class as a dict: its ``code``, ``geometry_kind`` and ``attributes``.
    `town` is where the town's assets are, if it has some: rows far from all of them are misread.

    :raises ImportRefused: the mapping or the coordinate system is wrong as a whole
    """
    table = full_names(table, mapping=mapping)
    check_mapping(mapping, table, class_code=asset_class["code"])
    if misfits := list(class_problems(mapping, asset_class=asset_class)):
        raise ImportRefused(misfits)
    frame = _with_optional(table.frame.drop(index=list(table.faults)), mapping)
    sound, frame = len(frame), _wanted(frame, mapping)
    placing = _placed(frame, mapping, asset_class, town)
    problems = [*table.faults.values(), *placing.problems]
    rows = _Rows(mapping, {a["name"]: a for a in asset_class["attributes"]})
    described = {}
    for row, cells in zip(frame.index, frame.to_dict("records"), strict=True):
        described[row] = rows.describe(row, cells)
        advance()
    problems += rows.problems
    refused = {problem.row for problem in problems}
    sound_rows = {row: told for row, told in described.items() if row not in refused}
    drafts = _drafts(mapping, sound_rows, placing.shapes)
    return ImportPlan(
        table,
        mapping,
        remarks=(*placing.remarks, *rows.remarks),
        drafts=tuple(drafts),
        problems=tuple(_in_order(problems)),
        left_aside=sound - len(frame),
        keys=rows.keys,
    )


@dataclass(frozen=True)
class _Placing:
    """Where the rows are; `shapes` is None for assets that have no place on the map."""

    shapes: GeoSeries | None = None
    problems: Sequence[Problem] = ()
    remarks: Sequence[Problem] = ()


def _placed(
    frame: DataFrame, mapping: Mapping, asset_class: dict[str, Any], town: Box | None
) -> _Placing:
    if not mapping.geometry.placed:
        return _Placing()
    crs = crs_of(frame, rule=mapping.geometry)
    shapes, misshapen = place_shapes(frame, crs, mapping=mapping, asset_class=asset_class)
    check_town(shapes, town)
    return _Placing(shapes, misshapen, tuple(datum_remarks(crs)))


def place_shapes(
    frame: DataFrame, crs: CRS, *, mapping: Mapping, asset_class: dict[str, Any]
) -> tuple[GeoSeries, list[Problem]]:
    """The rows' shapes in WGS 84, and what is wrong with those that are left out.

    :raises ImportRefused: when it is the coordinate system that is wrong
    """
    kind = GeometryKind(asset_class["geometry_kind"])
    read = read_shapes(frame, rule=mapping.geometry)
    whole = single_parts(in_metres(read.series, rule=mapping.geometry))
    moved = to_wgs84(whole, crs=crs)
    within = mapping.geometry.within
    astray = list(misplaced(whole, moved, crs=crs, within=within))
    check_crs(whole, astray, crs=crs, within=within)
    problems = [*read.problems.values(), *astray, *shape_problems(moved, kind=kind)]
    wrong = {problem.row for problem in problems}
    return moved[~moved.index.isin(wrong)], problems


class _Rows:
    """What the cells of each row say, and what is wrong with them; keys and tags occur once."""

    def __init__(self, mapping: Mapping, attributes: dict[str, dict[str, Any]]) -> None:
        self.mapping = mapping
        self.attributes = attributes
        self.problems: list[Problem] = []
        self.remarks: list[Problem] = []
        self._first: dict[tuple[str, str], int] = {}

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(value for code, value in self._first if code == "key_repeated")

    def describe(self, row: int, cells: Cells) -> dict[str, Any]:
        mapping = self.mapping
        key, tag = mapping.key.filled(cells), mapping.tag.filled(cells)
        if not key:
            self._tell("key_missing", row, column=", ".join(mapping.key.columns))
        elif self._repeated("key_repeated", row, key):
            return {}
        if not tag:
            self._tell("pattern_empty", row, field="tag", pattern=mapping.tag.text)
        else:
            self._repeated("tag_repeated", row, tag)
        address = mapping.address.filled(cells) if mapping.address else ""
        return {
            "tag": tag,
            "name": mapping.name.filled(cells) or tag,
            "address": address or None,
            "source_key": key,
            "attributes": self._values(row, cells),
            "status": self._status(row, cells),
            "others": self._others(row, cells),
        }

    def _status(self, row: int, cells: Cells) -> str | None:
        rule = self.mapping.status
        return self._value(row, cells, rule, STATUS) if rule else None

    def _others(self, row: int, cells: Cells) -> dict[str, Any]:
        rules = self.mapping.others
        return {r.name: self._value(row, cells, r, OTHERS[r.name]) for r in rules}

    def _values(self, row: int, cells: Cells) -> dict[str, Any]:
        rules = self.mapping.attributes
        values = {r.name: self._value(row, cells, r, self.attributes[r.name]) for r in rules}
        for doubt in doubts(values) if self.mapping.class_code == VEHICLE else ():
            told = self.problems if doubt.grave else self.remarks
            told.append(Problem(doubt.code, row, doubt.details))
        return values

    def _value(self, row: int, cells: Cells, rule: AttributeRule, attribute: dict[str, Any]) -> Any:
        try:
            return attribute_value(rule, rule.pattern.filled(cells), attribute=attribute)
        except Unfit as unfit:
            self.problems.append(value_problem(rule, unfit, row=row))
            return None

    def _repeated(self, code: str, row: int, value: str) -> bool:
        """The first row has it, whatever else is wrong with that row: the same at every import."""
        first = self._first.setdefault((code, value), row)
        if first != row:
            self._tell(code, row, value=value, first=first)
        return first != row

    def _tell(self, code: str, row: int, **details: Any) -> None:
        self.problems.append(Problem(code, row, details))


def _with_optional(frame: DataFrame, mapping: Mapping) -> DataFrame:
    """The rows with the columns that may be missing, and with the key that a shape can be."""
    absent = [column for column in mapping.optional if column not in frame]
    whole = frame.assign(**dict.fromkeys(absent, ""))
    if OWN_SHAPE not in mapping.key.columns:
        return whole
    rule = mapping.geometry
    shapes = whole[list(rule.columns) or [OWN_GEOMETRY]].agg(" ".join, axis=1)
    return whole.assign(**{OWN_SHAPE: shapes.map(_short)})


def _short(shape: str) -> str:
    return sha256(shape.encode()).hexdigest()[:12] if shape.strip() else ""


def _wanted(frame: DataFrame, mapping: Mapping) -> DataFrame:
    for column, cells in mapping.only.items():
        frame = frame[frame[column].str.strip().isin(cells)]
    return frame


def _drafts(
    mapping: Mapping, described: dict[int, dict[str, Any]], shapes: GeoSeries | None
) -> Iterator[AssetDraft]:
    for row, told in described.items():
        place = NOWHERE if shapes is None else _place(shapes[row])
        yield AssetDraft(
            row=row, class_code=mapping.class_code, source=mapping.source, **place, **told
        )


NOWHERE = dict.fromkeys(("geometry", "west", "south", "east", "north", "length_m"))


def _place(shape: Any) -> dict[str, Any]:
    west, south, east, north = shape.bounds
    return {
        "geometry": json.loads(shapely.to_geojson(shape)),
        "west": west,
        "south": south,
        "east": east,
        "north": north,
        "length_m": length_m(shape),
    }


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: (problem.row or 0, problem.code))
