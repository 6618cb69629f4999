"""The zones of a book, out of a GeoJSON that lies beside it, mended where GIS files are amiss."""

import json
from pathlib import Path
from typing import Any

from shapely import make_valid
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from asset_model.grouping.concepts import folded
from gis.mapping_document import Section
from gis.problems import nearest, refuse
from gis.toml_files import no_file

AREAS = ("Polygon", "MultiPolygon")


def zones_of(section: Section, folder: Path) -> list[dict[str, Any]]:
    """The zones that ``zones = {file = "secteurs.geojson", name = "NOM"}`` names, as they are kept.

    A polygon that crosses itself is made valid, and parts that overlap become one.

    :raises ImportRefused: there is no such file, or it holds no features
    """
    file, name = section.required_text("file"), section.text("name") or "name"
    section.finish()
    if file == "?":
        return []
    path = folder / file
    if not path.is_file():
        raise no_file(path)
    kept = [_kept(each, name, section) for each in _features(path)]
    return [zone for zone in kept if zone]


def _features(path: Path) -> list[Any]:
    try:
        features = json.loads(path.read_text("utf-8-sig"))["features"]
        return [(feature["properties"] or {}, _shape(feature["geometry"])) for feature in features]
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise refuse("file_unreadable", path=path, why=error) from None


def _shape(geometry: dict[str, Any] | None) -> BaseGeometry:
    kind = geometry["type"] if geometry else "nothing"
    if kind not in AREAS:
        raise ValueError(f"{kind} is not a polygon")
    return make_valid(shape(geometry), method="structure", keep_collapsed=False)


def _kept(
    feature: tuple[dict[str, Any], BaseGeometry], key: str, section: Section
) -> dict[str, Any] | None:
    properties, area = feature
    name = str(properties.get(key) or "").strip()
    if not folded(name):
        meant = nearest(key, among=properties)
        wanted = ("a property of every zone", "une propriété de chaque zone")
        section.mistyped("name", *wanted, nearest=meant)
        return None
    if not _is_placed(area):
        section.mistyped(
            "file",
            f"of areas in degrees (EPSG:4326), as “{name}” is not",
            f"de surfaces en degrés (EPSG:4326), ce que « {name} » n’est pas",
        )
        return None
    parts = [mapping(part)["coordinates"] for part in getattr(area, "geoms", [area])]
    return {"name": name, "rings": [[list(p) for p in ring] for part in parts for ring in part]}


def _is_placed(area: BaseGeometry) -> bool:
    """Whether it is somewhere on earth, and of some extent."""
    if area.is_empty or area.geom_type not in AREAS:
        return False
    west, south, east, north = area.bounds
    return bool(west >= -180 and east <= 180 and south >= -90 and north <= 90)
