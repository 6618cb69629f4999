"""The abstract tests of OGC 17-069r4, Annex A, each by its id: GeoJSON and OpenAPI 3.0."""

import pytest
from ogcapi_registry import parse_conformance_classes, validate_ogc_api

from tests.layers import town
from tests.ogc.annex import EACH_LAYER, LAYERS, OPENAPI
from tests.ogc.conftest import Client


def test_geojson_definition(ogc: Client) -> None:
    wish = {"Accept": "application/geo+json"}
    one = f"/collections/hydrant/items/{town.others()[0].id}"
    asking = Client(ogc.root, ogc.key, ogc.database, headers=wish)

    types = {
        path: asking.ask(path).headers["Content-Type"]
        for path in ("/", "/conformance", "/collections", "/collections/hydrant/items", one)
    }

    assert list(types.values()) == ["application/json"] * 3 + ["application/geo+json"] * 2


@EACH_LAYER
def test_geojson_content(ogc: Client, layer: str) -> None:
    for feature in ogc.items(layer, limit="100")["features"]:
        assert {"type", "id", "geometry", "properties"} == feature.keys()
        if feature["geometry"]:
            assert feature["geometry"]["type"] in (
                "Point", "LineString", "MultiLineString", "Polygon",
            )  # fmt: skip
            assert feature["geometry"]["coordinates"]


def test_oas30_completeness(ogc: Client) -> None:
    api = ogc.read("/api")

    for path, operations in api["paths"].items():
        assert operations["get"]["responses"].keys() == {"200", "400", "401", "404", "500"}, path
    asked = [path for path in api["paths"] if "{" not in path]
    for path in asked:
        told = api["paths"][path]["get"]["responses"]["200"]["$ref"].rpartition("/")[2]
        answer = ogc.ask(path)
        kinds = api["components"]["responses"][told]["content"]
        assert answer.headers["Content-Type"] in kinds


@pytest.mark.parametrize(
    ("path", "key", "status"),
    [
        ("/collections/hydrant/items?limit=0", None, "400"),
        ("/collections/hydrant/items", "wrong", "401"),
        ("/collections/hydrants", None, "404"),
        ("/collections/hydrant/items/none", None, "404"),
    ],
)
def test_oas30_exceptions_codes(ogc: Client, path: str, key: str | None, status: str) -> None:
    answer = Client(ogc.root, key or ogc.key, ogc.database).ask(path)

    known = ogc.read("/api")["paths"]["/collections/hydrant/items"]["get"]["responses"]
    assert str(answer.status_code) == status
    assert status in known
    assert answer.json()["code"]


def test_oas30_oas_definition_1(ogc: Client) -> None:
    answer = ogc.ask("/api")
    page = ogc.ask("/api", f="html")

    assert answer.headers["Content-Type"] == OPENAPI
    assert "GET /collections/hydrant/items" in page.text


def test_oas30_oas_definition_2(ogc: Client) -> None:
    api = ogc.read("/api")
    told = validate_ogc_api(api, parse_conformance_classes(ogc.read("/conformance")["conformsTo"]))

    assert api["openapi"].startswith("3.0.")
    assert (told.errors, told.warnings, told.is_valid) == ((), (), True)


def test_oas30_oas_impl(ogc: Client) -> None:
    api = ogc.read("/api")
    (server,) = api["servers"]

    paths = [path for path in api["paths"] if "{" not in path]
    answers = [ogc.ask(server["url"] + path).status_code for path in paths]

    assert len(paths) == 4 + 2 * len(LAYERS)
    assert set(answers) == {200}


@pytest.mark.parametrize("scheme", ["basic", "bearer", "header"])
def test_oas30_security(ogc: Client, scheme: str) -> None:
    api = ogc.read("/api")
    described = api["components"]["securitySchemes"][scheme]

    assert {scheme: []} in api["security"]
    assert described["type"] in ("http", "apiKey")
