"""Layers as text: GeoJSON, CSV and GML, written feature by feature and exact to the last digit."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, TextIO
from xml.sax.saxutils import escape, quoteattr

from asset_model.geometry import middle
from gis.features import Feature, Geometry, OutLayer
from gis.wkt import exact_wkt

WKT, LATITUDE, LONGITUDE = "wkt", "latitude", "longitude"

Advance = Callable[[], object]
Writer = Callable[[TextIO, OutLayer, str, Advance], None]

GML = "http://www.opengis.net/gml/3.2"
WFS = "http://www.opengis.net/wfs/2.0"
OURS = "urn:voirie:layer"
CRS_84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
"""Longitude first: programs that ignore what EPSG says of axes read it right, too."""
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What a tablet's keyboard can send and no XML can say."""


def write_geojson(out: TextIO, layer: OutLayer, language: str, advance: Advance) -> None:
    name = json.dumps(layer.code)
    out.write(f'{{"type": "FeatureCollection", "name": {name}, "features": [')
    for index, feature in enumerate(layer.features()):
        told = {
            "type": "Feature",
            "id": feature.id,
            "geometry": feature.geometry,
            "properties": dict(feature.values),
        }
        out.write((",\n" if index else "\n") + json.dumps(told, ensure_ascii=False))
        advance()
    out.write("\n]}\n")


def write_csv(out: TextIO, layer: OutLayer, language: str, advance: Advance) -> None:
    """Its shape as WKT, and a latitude and longitude for programs that know no shapes."""
    out.write("\ufeff")  # Without it a spreadsheet takes the accents for something else.
    names = [field.name for field in layer.fields]
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*names, *((WKT, LATITUDE, LONGITUDE) if layer.placed else ())])
    for feature in layer.features():
        cells = [_cell(feature.values[name]) for name in names]
        writer.writerow([*cells, *(_place(feature.geometry) if layer.placed else ())])
        advance()


def write_gml(out: TextIO, layer: OutLayer, language: str, advance: Advance) -> None:
    """GML 3.2 in a WFS 2.0 collection, which every GIS opens."""
    out.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<wfs:FeatureCollection xmlns:wfs="{WFS}" xmlns:gml="{GML}" xmlns:v="{OURS}"'
        f' numberMatched="{layer.count}" numberReturned="{layer.count}">\n'
    )
    for feature in layer.features():
        out.write("".join(_member(layer, feature)))
        advance()
    out.write("</wfs:FeatureCollection>\n")


TEXT_WRITERS: dict[str, Writer] = {"geojson": write_geojson, "csv": write_csv, "xml": write_gml}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _place(geometry: Geometry | None) -> tuple[str, str, str]:
    if geometry is None:
        return "", "", ""
    longitude, latitude = middle(geometry)
    return exact_wkt(geometry), repr(float(latitude)), repr(float(longitude))


def _member(layer: OutLayer, feature: Feature) -> Iterator[str]:
    name = f"v:{layer.code}"
    yield f"<wfs:member><{name} gml:id={quoteattr(f'{layer.code}.{feature.id}')}>"
    for field in layer.fields:
        value = feature.values[field.name]
        if value is not None:
            yield f"<v:{field.name}>{_said(value)}</v:{field.name}>"
    if feature.geometry is not None:
        shape = _gml(feature.geometry, f"{layer.code}.{feature.id}.g", f' srsName="{CRS_84}"')
        yield f"<v:geometry>{shape}</v:geometry>"
    yield f"</{name}></wfs:member>\n"


def _said(value: Any) -> str:
    return escape(NOT_IN_XML.sub("", _cell(value)))


def _gml(geometry: Geometry, id: str, system: str = "") -> str:
    kind, coordinates = geometry["type"], geometry["coordinates"]
    opened = f"gml:id={quoteattr(id)}{system}"
    match kind:
        case "Point":
            return f"<gml:Point {opened}><gml:pos>{_numbers([coordinates])}</gml:pos></gml:Point>"
        case "LineString":
            listed = f"<gml:posList>{_numbers(coordinates)}</gml:posList>"
            return f"<gml:LineString {opened}>{listed}</gml:LineString>"
        case "MultiLineString":
            lines = (
                f"<gml:curveMember>{_line(part, f'{id}.{n}')}</gml:curveMember>"
                for n, part in enumerate(coordinates)
            )
            return f"<gml:MultiCurve {opened}>{''.join(lines)}</gml:MultiCurve>"
        case "Polygon":
            outer, *holes = map(_ring, coordinates)
            inside = "".join(f"<gml:interior>{hole}</gml:interior>" for hole in holes)
            return (
                f"<gml:Polygon {opened}><gml:exterior>{outer}</gml:exterior>{inside}</gml:Polygon>"
            )
    raise ValueError(f"geometry of type {kind!r} is not stored here")


def _line(part: Any, id: str) -> str:
    return _gml({"type": "LineString", "coordinates": part}, id)


def _ring(ring: Any) -> str:
    return f"<gml:LinearRing><gml:posList>{_numbers(ring)}</gml:posList></gml:LinearRing>"


def _numbers(positions: Any) -> str:
    return " ".join(f"{float(p[0])!r} {float(p[1])!r}" for p in positions)
