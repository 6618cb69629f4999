"""The definition of this API in OpenAPI 3.0, for the collections that there are."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from gis.features import Field
from sync_server.layers.layer import Layer
from sync_server.ogc.openapi_parts import PARAMETERS, RESPONSES, SCHEMAS, SECURITY
from sync_server.ogc.parameters import OF_ITEMS

TYPES = {"integer": "integer", "number": "number", "boolean": "boolean"}
FORMATS = {"date": "date", "instant": "date-time"}


def definition(layers: Sequence[Layer], root: str) -> dict[str, Any]:
    paths = {
        "/": _path("landing", "Landing page", "LandingPage", ["formOfPage"]),
        "/conformance": _path("conformance", "What it conforms to", "Conformance", ["form"]),
        "/api": _path("api", "This definition", "Definition", ["formOfPage"]),
        "/collections": _path("collections", "Collections", "Collections", ["form"]),
    }
    for layer in layers:
        paths |= _paths_of(layer)
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "Voirie",
            "version": "1.0.0",
            "description": "OGC API - Features: the town's assets and work orders, read-only.",
        },
        "servers": [{"url": root}],
        "security": [{name: []} for name in SECURITY],
        "paths": paths,
        "components": {
            "parameters": PARAMETERS,
            "schemas": SCHEMAS,
            "responses": RESPONSES,
            "securitySchemes": SECURITY,
        },
    }


def _paths_of(layer: Layer) -> dict[str, Any]:
    code = layer.code
    here = f"/collections/{quote(code, safe='')}"
    items = _path(
        f"{code}.items",
        f"{layer.label_en}: features",
        "Features",
        ["limit", "bbox", "bboxCrs", "crs", "datetime", "after", "form"],
    )
    items["get"]["parameters"] += _filters(column.field for column in layer.columns)
    feature = _path(f"{code}.feature", f"{layer.label_en}: one", "Feature", ["crs", "form"])
    feature["get"]["parameters"].insert(0, {"$ref": "#/components/parameters/featureId"})
    return {
        here: _path(f"{code}.collection", layer.label_en, "Collection", ["form"]),
        f"{here}/items": items,
        f"{here}/items/{{featureId}}": feature,
    }


def _path(id: str, summary: str, answer: str, parameters: Iterable[str]) -> dict[str, Any]:
    known = {
        code: {"$ref": f"#/components/responses/{name}"}
        for code, name in (
            ("200", answer),
            ("400", "InvalidParameter"),
            ("401", "KeyNeeded"),
            ("404", "NotFound"),
            ("500", "ServerError"),
        )
    }
    return {
        "get": {
            "operationId": id,
            "summary": summary,
            "parameters": [{"$ref": f"#/components/parameters/{name}"} for name in parameters],
            "responses": known,
        }
    }


def _filters(fields: Iterable[Field]) -> list[dict[str, Any]]:
    return [
        {
            "name": field.name,
            "in": "query",
            "required": False,
            "description": f"Only features whose {field.label_en} is this / {field.label_fr}",
            "schema": _schema(field),
            "style": "form",
            "explode": False,
        }
        for field in fields
        if field.name not in OF_ITEMS
    ]


def _schema(field: Field) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": TYPES.get(field.kind, "string")}
    if field.kind in FORMATS:
        schema["format"] = FORMATS[field.kind]
    if field.choices:
        schema["enum"] = [choice.code for choice in field.choices]
    return schema
