"""Layers as GeoPackage and Shapefile, by way of GDAL: types kept, empty cells empty."""

import warnings
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import shapely

from asset_model.vocabulary import GeometryKind
from gis.features import Feature, Field, OutLayer
from gis.short_names import short_names

Advance = Callable[[], object]

PER_WRITE = 5_000
SHAPEFILE_TEXT_BYTES_MAX = 254
READ_BY_ALL = "1.3"
"""Of the GeoPackage standard: programs of 2023 warn of what is written as the next one."""

DTYPES = {"integer": "int64", "number": "float64", "boolean": "bool"}
DAY, MOMENT = "datetime64[D]", "datetime64[ms]"
BLANK: dict[str, Any] = {"integer": 0, "number": 0.0, "boolean": False}
WHAT_GDAL_CALLS = {
    GeometryKind.POINT: "Point",
    GeometryKind.LINE: "LineString",
    GeometryKind.POLYGON: "Polygon",
}


def write_geopackage(path: Path, layer: OutLayer, language: str, advance: Advance) -> None:
    """Add the layer to the file, which is made where there is none."""
    options = {"identifier": layer.label(language)}
    if layer.placed:
        options["geometry_name"] = "geom"
    _write(
        path, layer, advance, driver="GPKG", names={}, layer_options=options,
        dataset_options={"VERSION": READ_BY_ALL},
    )  # fmt: skip


def write_shapefile(path: Path, layer: OutLayer, language: str, advance: Advance) -> None:
    """`layer.shp` and its companions; without shapes, `layer.dbf` alone."""
    names = short_names([field.name for field in layer.fields])
    _write(path, layer, advance, driver="ESRI Shapefile", names=names, encoding="UTF-8")


def _write(
    path: Path, layer: OutLayer, advance: Advance, *, names: dict[str, str], **options: Any
) -> None:
    rest, first = iter(layer.features()), True
    while (part := list(islice(rest, PER_WRITE))) or first:
        _write_part(path, layer, part, names=names, append=not first, **options)
        first = False
        for _ in part:
            advance()


def _write_part(
    path: Path, layer: OutLayer, part: Sequence[Feature], *, names: dict[str, str], **options: Any
) -> None:
    columns = [_column(field, part, options["driver"]) for field in layer.fields]
    with warnings.catch_warnings():
        # GDAL warns of the texts that it cuts; we tell all of them at the end (`cut_texts`).
        warnings.simplefilter("ignore", RuntimeWarning)
        pyogrio.raw.write(
            str(path),
            geometry=_shapes(part) if layer.placed else None,
            field_data=[values for values, _ in columns],
            field_mask=[empty for _, empty in columns],
            fields=np.array([names.get(field.name, field.name) for field in layer.fields]),
            layer=layer.code,
            geometry_type=_type(layer),
            crs="EPSG:4326" if layer.placed else None,
            promote_to_multi=layer.several_parts,
            **options,
        )


def _type(layer: OutLayer) -> str | None:
    if not layer.placed:
        return None
    kind = WHAT_GDAL_CALLS[layer.geometry_kind]
    return f"Multi{kind}" if layer.several_parts else kind


def _shapes(part: Sequence[Feature]) -> Any:
    shapes = [shapely.geometry.shape(f.geometry) if f.geometry else None for f in part]
    return shapely.to_wkb(np.array(shapes, dtype=object))


def _column(field: Field, part: Sequence[Feature], driver: str) -> tuple[Any, Any]:
    """The values of one field, and where there are none."""
    values = [feature.values[field.name] for feature in part]
    empty = np.array([value is None for value in values], dtype=bool)
    if field.kind in DTYPES:
        blank = BLANK[field.kind]
        filled = [blank if value is None else value for value in values]
        return np.array(filled, dtype=DTYPES[field.kind]), empty
    if field.kind == "date" or (field.kind == "instant" and driver == "GPKG"):
        moments = list(_moments(values))
        return np.array(moments, dtype=DAY if field.kind == "date" else MOMENT), empty
    return np.array([None if v is None else str(v) for v in values], dtype=object), empty


def _moments(values: Sequence[str | None]) -> Iterator[Any]:
    for value in values:
        if value is None:
            yield None
        elif len(value) == len("2026-11-23"):
            yield date.fromisoformat(value)
        else:
            yield datetime.fromisoformat(value).replace(tzinfo=None)


def cut_texts(layer: OutLayer) -> set[str]:
    """The fields with a text that a shapefile cuts short."""
    texts = [field.name for field in layer.fields if field.kind in ("text", "choice")]
    return {
        name
        for feature in layer.features()
        for name in texts
        if len(str(feature.values[name] or "").encode()) > SHAPEFILE_TEXT_BYTES_MAX
    }
