"""What the doors say of themselves: landing page, conformance, collections, pages of features."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from sqlalchemy import func, null
from sqlalchemy.orm import Session

from asset_model.base import instant
from gis.features import Feature
from sync_server.layers.layer import Layer
from sync_server.ogc.pages import Page
from sync_server.ogc.parameters import Query
from sync_server.ogc.systems import CRS_84, placed, systems

JSON, GEOJSON, HTML = "application/json", "application/geo+json", "text/html"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
PART_1 = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
PART_2 = "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/"
CONFORMS_TO = (f"{PART_1}core", f"{PART_1}geojson", f"{PART_1}oas30", f"{PART_2}crs")
GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"

Document = dict[str, Any]


def link(href: str, rel: str, kind: str, title: str) -> dict[str, str]:
    return {"href": href, "rel": rel, "type": kind, "title": title}


def landing(root: str, *, kind: str = JSON) -> Document:
    other = HTML if kind == JSON else JSON
    return {
        "title": "Voirie",
        "description": "Les actifs, les bons de travail, les fermetures de rue et les passages "
        "de la ville / The town's assets, work orders, street closures and passes",
        "links": [
            link(f"{root}/?f={_form(kind)}", "self", kind, "This page"),
            link(f"{root}/?f={_form(other)}", "alternate", other, f"This page as {_form(other)}"),
            link(f"{root}/api", "service-desc", OPENAPI, "Definition of this API"),
            link(f"{root}/api?f=html", "service-doc", HTML, "Definition of this API, to read"),
            link(f"{root}/conformance", "conformance", JSON, "What it conforms to"),
            link(f"{root}/collections", "data", JSON, "Collections"),
        ],
    }


def conformance() -> Document:
    return {"conformsTo": list(CONFORMS_TO)}


def collections(session: Session, layers: Sequence[Layer], root: str) -> Document:
    return {
        "links": [link(f"{root}/collections", "self", JSON, "This document")],
        "collections": [collection(session, layer, root) for layer in layers],
        "crs": list(systems()),
    }


def collection(session: Session, layer: Layer, root: str) -> Document:
    here = f"{root}/collections/{quote(layer.code, safe='')}"
    told: Document = {
        "id": layer.code,
        "title": layer.label_fr,
        "description": layer.label_en,
        "links": [
            link(here, "self", JSON, "This document"),
            link(f"{here}/items", "items", GEOJSON, layer.label_fr),
        ],
        "itemType": "feature",
        "crs": list(systems()),
        "storageCrs": CRS_84,
    }
    if extent := _extent(session, layer):
        told["extent"] = extent
    return told


def items(layer: Layer, found: Page, uri: str, here: str, query: Query, now: datetime) -> Document:
    """A page as a GeoJSON collection; `here` is its address without the query."""
    links = [link(_address(here, query), "self", GEOJSON, "This page")]
    if found.after is not None:
        onwards = [pair for pair in query if pair[0] != "after"] + [("after", found.after)]
        links.append(link(_address(here, onwards), "next", GEOJSON, "The next page"))
    collection = here.removesuffix("/items")
    links.append(link(collection, "collection", JSON, layer.label_fr))
    shapes = placed([feature.geometry for feature in found.features], uri)
    return {
        "type": "FeatureCollection",
        "features": [
            _feature(feature, shape) for feature, shape in zip(found.features, shapes, strict=True)
        ],
        "links": links,
        "timeStamp": instant(now),
        "numberMatched": found.matched,
        "numberReturned": len(found.features),
    }


def item(layer: Layer, feature: Feature, uri: str, here: str, query: Query) -> Document:
    """One feature, `here` being its address without the query."""
    (shape,) = placed([feature.geometry], uri)
    links = [
        link(_address(here, query), "self", GEOJSON, "This feature"),
        link(here.rpartition("/items/")[0], "collection", JSON, layer.label_fr),
    ]
    return {**_feature(feature, shape), "links": links}


def _feature(feature: Feature, shape: Any) -> Document:
    return {
        "type": "Feature",
        "id": feature.id,
        "geometry": shape,
        "properties": feature.values,
    }


def _form(kind: str) -> str:
    return "html" if kind == HTML else "json"


def _address(here: str, query: Query) -> str:
    return f"{here}?{urlencode(query)}" if query else here


def _extent(session: Session, layer: Layer) -> Document | None:
    west, south, east, north = layer.edges
    ends = (func.min(west), func.min(south), func.max(east), func.max(north))
    since = func.min(layer.lifetime[0]) if layer.lifetime else null()
    *box, begun = session.execute(layer.only(*ends, since, joined=False)).one()
    extent: Document = {}
    if None not in box:
        extent["spatial"] = {"bbox": [box], "crs": CRS_84}
    if begun is not None:
        extent["temporal"] = {"interval": [[instant(begun), None]], "trs": GREGORIAN}
    return extent or None
