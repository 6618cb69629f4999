"""Files of layers, by way of GDAL: geodatabases, drawings, exchange formats; zipped or not."""

import json
import warnings
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import pyogrio
import shapely
from pandas import DataFrame, concat, isna

from gis.mapping import OWN_CRS, OWN_GEOMETRY
from gis.mojibake import mended
from gis.problems import Problem, listed, refuse
from gis.table import Table
from gis.wkt import exact_wkt

# GML says its types in another file: without it GDAL would make numbers of tags such as 007.
pyogrio.set_gdal_config_options({"GML_FIELDTYPES": "ALWAYS_STRINGS"})

SUFFIXES = (
    ".gpkg", ".geojson", ".json", ".shp", ".zip", ".fgb", ".kml", ".kmz", ".gml", ".dxf", ".gdb",
    ".osm", ".pbf",
)  # fmt: skip
ROWS_AT_ONCE = 10_000
BY_PARTS = ("GPKG", "ESRI Shapefile", "OpenFileGDB")
"""Other formats would be read from their beginning for each part."""
STYLES = "layer_styles"
"""Where QGIS keeps how to draw the layers of a GeoPackage; nobody's assets."""
IN_ZIP = (".gpkg", ".geojson", ".json", ".fgb", ".kml", ".gml", ".dxf")

# What the KML driver adds to every layer; where they are the same throughout, nobody wrote them.
KML_COLUMNS = {
    "timestamp", "begin", "end", "altitudeMode", "tessellate", "extrude", "visibility",
    "drawOrder", "icon", "snippet",
}  # fmt: skip


def read_layer(path: Path, *, layer: str | None = None) -> Table:
    """One layer as a table of text, its shapes as WKT.

    :raises ImportRefused: it cannot be read, or it has several layers and none is named
    """
    source = _source(path)
    try:
        names = [str(name) for name, _ in pyogrio.list_layers(source) if name != STYLES]
        if layer is None and len(names) > 1:
            raise refuse("layers_several", path=path, known=listed(names))
        if layer is not None and layer not in names:
            raise refuse("layer_unknown", layer=layer, known=listed(names))
        with warnings.catch_warnings():
            # GDAL warns of ids of its own that it renumbers; ours are the rows' places.
            warnings.simplefilter("ignore", RuntimeWarning)
            named = layer or next(iter(names), None)
            frame = _whole(source, named)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise refuse("file_unreadable", path=path, why=error) from None
    if path.suffix.lower() in (".kml", ".kmz"):
        frame = frame.drop(columns=[c for c in KML_COLUMNS & set(frame) if frame[c].nunique() <= 1])
    frame, repaired = mended(frame)
    frame.index = range(1, len(frame) + 1)
    notices = (Problem("encoding_mended"),) if repaired else ()
    return Table(path, frame, notices=notices)


def _whole(source: Any, layer: str | None) -> DataFrame:
    """The layer as text; of a format that can go on from any row, some rows at a time."""
    told = pyogrio.read_info(source, layer=layer)
    if told["driver"] not in BY_PARTS or told["features"] <= ROWS_AT_ONCE:
        return _as_text(pyogrio.read_dataframe(source, layer=layer, on_invalid="ignore"))
    parts = []
    for start in range(0, told["features"], ROWS_AT_ONCE):
        some = {"skip_features": start, "max_features": ROWS_AT_ONCE}
        shapes = pyogrio.read_dataframe(source, layer=layer, on_invalid="ignore", **some)
        parts.append(_as_text(shapes))
    frame = concat(parts)
    for column in told["fields"][told["dtypes"] == "bool"]:
        # A part without empty cells says true, and one that has some says 1.
        if frame[column].isin(["", "0", "1"]).any():
            frame[column] = frame[column].replace({"true": "1", "false": "0"})
    return frame


def _as_text(shapes: Any) -> DataFrame:
    frame = DataFrame(shapes.drop(columns="geometry", errors="ignore")).map(_text)
    if "geometry" in shapes:
        frame[OWN_GEOMETRY] = _wkt(shapes.geometry.to_numpy())
        frame[OWN_CRS] = _crs_name(shapes.crs)
    return frame


def _wkt(shapes: Any) -> list[str]:
    """GEOS writes sixteen digits; the shapes that need the seventeenth are written by us."""
    texts = shapely.to_wkt(shapes, rounding_precision=-1)
    alike = shapely.equals_exact(shapely.from_wkt(texts), shapes, 0)
    plain = alike | shapely.is_missing(shapes) | shapely.has_z(shapes)
    for place in (~plain).nonzero()[0]:
        texts[place] = exact_wkt(json.loads(shapely.to_geojson(shapes[place])))
    return ["" if text is None else str(text) for text in texts]


def _source(path: Path) -> Any:
    """What GDAL opens. A GML is read from memory: GDAL would leave a file beside it."""
    suffix = path.suffix.lower()
    try:
        if suffix == ".gml":
            return BytesIO(path.read_bytes())
        if suffix == ".zip":
            return f"/vsizip/{path}{_inside(path)}"
    except OSError as error:
        raise refuse("file_unreadable", path=path, why=error.strerror) from None
    return str(path)


def _inside(path: Path) -> str:
    """The one thing in a ZIP that GDAL cannot find by itself; shapefiles it finds."""
    try:
        names = ZipFile(path).namelist()
    except BadZipFile as error:
        raise refuse("file_unreadable", path=path, why=error) from None
    for database in _databases(names):
        return f"/{database}"
    alone = [name for name in names if name.lower().endswith(IN_ZIP)]
    shapes = [name for name in names if name.lower().endswith(".shp")]
    folders = {name.rpartition("/")[0] for name in shapes}
    if alone and not shapes:
        return f"/{alone[0]}"
    return f"/{folders.pop()}" if len(folders) == 1 and shapes[0].count("/") else ""


def _databases(names: list[str]) -> Iterator[str]:
    for name in names:
        folder, found, _ = name.partition(".gdb/")
        if found:
            yield f"{folder}.gdb"


def _crs_name(crs: Any) -> str:
    """EPSG:32188 where the system is in the register, its WKT where it is not, else nothing."""
    if crs is None:
        return ""
    authority = crs.to_authority(min_confidence=70)
    return ":".join(authority) if authority else str(crs.to_wkt())


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isna(value) is True:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
