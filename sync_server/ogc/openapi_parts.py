"""The parts of the definition that are the same for every town."""

from typing import Any

from sync_server.ogc.parameters import LIMIT_DEFAULT, LIMIT_MAX
from sync_server.ogc.systems import CRS_84, systems

GEOJSON = "application/geo+json"
JSON = "application/json"


def _query(name: str, schema: dict[str, Any], description: str, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": schema,
        "style": "form",
        "explode": False,
        **more,
    }


def _system(name: str, description: str) -> dict[str, Any]:
    schema = {"type": "string", "format": "uri", "default": CRS_84, "enum": list(systems())}
    return _query(name, schema, description)


def _form(*codes: str) -> dict[str, Any]:
    return _query("f", {"type": "string", "enum": list(codes)}, "The form of the answer")


PARAMETERS: dict[str, Any] = {
    "limit": _query(
        "limit",
        {"type": "integer", "minimum": 1, "maximum": LIMIT_MAX, "default": LIMIT_DEFAULT},
        "How many features a page has at most; a larger number is taken for the largest.",
    ),
    "bbox": _query(
        "bbox",
        {
            "type": "array",
            "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
            "items": {"type": "number"},
        },
        "Only features that meet this box: west, south, east, north.",
    ),
    "bboxCrs": _system("bbox-crs", "The coordinate system of bbox"),
    "crs": _system("crs", "The coordinate system of the answer"),
    "datetime": _query(
        "datetime",
        {"type": "string"},
        "Only work orders open at this moment, or at one of this interval (../END, START/..).",
    ),
    "after": _query(
        "after", {"type": "string"}, "Where a page goes on; take it from the link `next`."
    ),
    "form": _form("json"),
    "formOfPage": _form("json", "html"),
    "featureId": {
        "name": "featureId",
        "in": "path",
        "required": True,
        "description": "The feature's id",
        "schema": {"type": "string"},
    },
}

_TEXT = {"type": "string"}
_LINK = {"$ref": "#/components/schemas/Link"}
_LINKS = {"type": "array", "items": _LINK}


def _object(*required: str, **properties: Any) -> dict[str, Any]:
    needed = {"required": list(required)} if required else {}
    return {"type": "object", **needed, "properties": properties}


_EXTENT = _object(
    spatial=_object(
        bbox={
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "array",
                "minItems": 4,
                "maxItems": 6,
                "items": {"type": "number"},
            },
        },
        crs=_TEXT,
    ),
    temporal=_object(
        interval={
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "array",
                "minItems": 2,
                "maxItems": 2,
                "items": {"type": "string", "format": "date-time", "nullable": True},
            },
        },
        trs=_TEXT,
    ),
)

SCHEMAS: dict[str, Any] = {
    "Link": _object("href", "rel", "type", href=_TEXT, rel=_TEXT, type=_TEXT, title=_TEXT),
    "LandingPage": _object("links", title=_TEXT, description=_TEXT, links=_LINKS),
    "Conformance": _object("conformsTo", conformsTo={"type": "array", "items": _TEXT}),
    "Collection": _object(
        "id",
        "links",
        id=_TEXT,
        title=_TEXT,
        description=_TEXT,
        links=_LINKS,
        extent=_EXTENT,
        itemType=_TEXT,
        crs={"type": "array", "items": _TEXT},
        storageCrs=_TEXT,
    ),
    "Collections": _object(
        "links",
        "collections",
        links=_LINKS,
        collections={"type": "array", "items": {"$ref": "#/components/schemas/Collection"}},
        crs={"type": "array", "items": _TEXT},
    ),
    "Geometry": {
        **_object(
            "type",
            "coordinates",
            type={
                "type": "string",
                "enum": ["Point", "LineString", "MultiLineString", "Polygon"],
            },
            coordinates={"type": "array", "items": {}},
        ),
        "nullable": True,
    },
    "Feature": _object(
        "type",
        "geometry",
        "properties",
        type={"type": "string", "enum": ["Feature"]},
        id=_TEXT,
        geometry={"$ref": "#/components/schemas/Geometry"},
        properties={"type": "object", "nullable": True},
        links=_LINKS,
    ),
    "Features": _object(
        "type",
        "features",
        type={"type": "string", "enum": ["FeatureCollection"]},
        features={"type": "array", "items": {"$ref": "#/components/schemas/Feature"}},
        links=_LINKS,
        timeStamp={"type": "string", "format": "date-time"},
        numberMatched={"type": "integer", "minimum": 0},
        numberReturned={"type": "integer", "minimum": 0},
    ),
    "Definition": {"type": "object"},
    "Exception": _object(
        "code", code=_TEXT, description=_TEXT, description_fr=_TEXT, parameter=_TEXT
    ),
}


def _answer(schema: str, description: str, *types: str) -> dict[str, Any]:
    told = {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    return {"description": description, "content": dict.fromkeys(types or (JSON,), told)}


RESPONSES: dict[str, Any] = {
    "LandingPage": {
        "description": "Where to go from here",
        "content": {
            JSON: {"schema": {"$ref": "#/components/schemas/LandingPage"}},
            "text/html": {"schema": _TEXT},
        },
    },
    "Conformance": _answer("Conformance", "The conformance classes"),
    "Definition": {
        "description": "This document",
        "content": {
            "application/vnd.oai.openapi+json;version=3.0": {
                "schema": {"$ref": "#/components/schemas/Definition"}
            },
            "text/html": {"schema": _TEXT},
        },
    },
    "Collections": _answer("Collections", "The collections that the key may read"),
    "Collection": _answer("Collection", "One collection"),
    "Features": _answer("Features", "A page of features", GEOJSON),
    "Feature": _answer("Feature", "One feature", GEOJSON),
    "InvalidParameter": _answer("Exception", "A parameter is unknown or has an invalid value"),
    "KeyNeeded": _answer("Exception", "There is no key, or it is none"),
    "NotFound": _answer("Exception", "There is nothing here"),
    "ServerError": _answer("Exception", "The server failed"),
}

SECURITY: dict[str, Any] = {
    "basic": {"type": "http", "scheme": "basic"},
    "bearer": {"type": "http", "scheme": "bearer"},
    "header": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
}
