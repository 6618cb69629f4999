"""The abstract tests of OGC 17-069r4, Annex A, each by its id: core, GeoJSON, OpenAPI 3.0.

`/conf/core/fc-op` is `test_core_fc_op`, and so on.
"""

from datetime import datetime
from itertools import pairwise
from typing import Any

import pytest
from ogcapi_registry import parse_conformance_classes, validate_ogc_api
from openapi_spec_validator import validate

from asset_model.geometry import bounds
from tests.layers import town
from tests.ogc.conftest import Client

CORE = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"
PART_1 = CORE.removesuffix("core")
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
LAYERS = (
    "hydrant", "road_segment", "sector", "service_connection", "street_light", "vehicle",
    "work_orders",
)  # fmt: skip

EACH_LAYER = pytest.mark.parametrize("layer", LAYERS)


def links(document: Any, rel: str) -> list[Any]:
    return [link for link in document["links"] if link["rel"] == rel]


def parameter(api: Any, layer: str, name: str) -> Any:
    """A query parameter of a layer's items, as the definition describes it."""
    told = api["paths"][f"/collections/{layer}/items"]["get"]["parameters"]
    known = api["components"]["parameters"]
    whole = [known[p["$ref"].rpartition("/")[2]] if "$ref" in p else p for p in told]
    (found,) = [p for p in whole if p["name"] == name]
    return {key: value for key, value in found.items() if key != "description"}


def every_link(document: Any) -> list[Any]:
    if isinstance(document, dict):
        own = document.get("links", [])
        return [*own, *(one for value in document.values() for one in every_link(value))]
    return (
        [one for each in document for one in every_link(each)] if isinstance(document, list) else []
    )


def test_core_http(ogc: Client) -> None:
    assert ogc.ask("/").raw.version == 11


@EACH_LAYER
def test_core_crs84(ogc: Client, layer: str) -> None:
    answer = ogc.ask(f"/collections/{layer}/items")

    assert answer.headers["Content-Crs"] == "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"
    for feature in answer.json()["features"]:
        if feature["geometry"]:
            west, south, east, north = bounds(feature["geometry"])
            assert (-76 <= west <= east <= -75, 45 <= south <= north <= 46) == (True, True)


@pytest.mark.parametrize("path", ["/", ""])
def test_core_root_op(ogc: Client, path: str) -> None:
    assert ogc.read(path)["title"] == "Voirie"


def test_core_root_success(ogc: Client) -> None:
    page = ogc.read("/")

    assert (links(page, "service-desc") or links(page, "service-doc")) != []
    assert [links(page, rel) != [] for rel in ("conformance", "data", "self")] == [True] * 3
    assert (
        ogc.ask(links(page, "alternate")[0]["href"]).headers["Content-Type"].startswith("text/html")
    )


@pytest.mark.parametrize("rel", ["service-desc", "service-doc"])
def test_core_api_definition_op(ogc: Client, rel: str) -> None:
    (link,) = links(ogc.read("/"), rel)

    answer = ogc.ask(link["href"])

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith(link["type"])


def test_core_api_definition_success(ogc: Client) -> None:
    validate(ogc.read("/api"))


def test_core_conformance_op(ogc: Client) -> None:
    (link,) = links(ogc.read("/"), "conformance")

    assert ogc.read(link["href"]) == ogc.read("/conformance")


def test_core_conformance_success(ogc: Client) -> None:
    assert set(ogc.read("/conformance")["conformsTo"]) == {
        CORE,
        f"{PART_1}geojson",
        f"{PART_1}oas30",
        "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
    }


def test_core_fc_md_op(ogc: Client) -> None:
    (link,) = links(ogc.read("/"), "data")

    assert ogc.read(link["href"]) == ogc.read("/collections")


def test_core_fc_md_success(ogc: Client) -> None:
    document = ogc.read("/collections")

    assert document["crs"][0] == "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
    assert document["collections"]


def test_core_fc_md_links(ogc: Client) -> None:
    document = ogc.read("/collections")

    assert [link["type"] for link in links(document, "self")] == ["application/json"]
    assert all({"rel", "type", "href"} <= link.keys() for link in every_link(document))


def test_core_fc_md_items(ogc: Client) -> None:
    assert [one["id"] for one in ogc.read("/collections")["collections"]] == list(LAYERS)


def test_core_fc_md_items_links(ogc: Client) -> None:
    for one in ogc.read("/collections")["collections"]:
        assert [link["type"] for link in links(one, "items")] == ["application/geo+json"]


@EACH_LAYER
def test_core_fc_md_extent(ogc: Client, layer: str) -> None:
    extent = ogc.read(f"/collections/{layer}").get("extent", {})
    features = ogc.items(layer, limit="1000")["features"]

    boxes = [bounds(f["geometry"]) for f in features if f["geometry"]]
    assert ("spatial" in extent) == bool(boxes)
    if boxes:
        west, south, east, north = extent["spatial"]["bbox"][0]
        assert all(w >= west and s >= south and e <= east and n <= north for w, s, e, n in boxes)
    if "temporal" in extent:
        begun, ended = extent["temporal"]["interval"][0]
        assert begun == min(f["properties"]["created_at"] for f in features)
        assert ended is None


@EACH_LAYER
def test_core_sfc_md_op(ogc: Client, layer: str) -> None:
    assert ogc.read(f"/collections/{layer}")["id"] == layer


@EACH_LAYER
def test_core_sfc_md_success(ogc: Client, layer: str) -> None:
    listed = {one["id"]: one for one in ogc.read("/collections")["collections"]}

    assert ogc.read(f"/collections/{layer}") == listed[layer]


@EACH_LAYER
def test_core_fc_op(ogc: Client, layer: str) -> None:
    (link,) = links(ogc.read(f"/collections/{layer}"), "items")

    assert ogc.ask(link["href"]).status_code == 200


def test_core_fc_bbox_definition(ogc: Client) -> None:
    assert parameter(ogc.read("/api"), "hydrant", "bbox") == {
        "name": "bbox",
        "in": "query",
        "required": False,
        "schema": {
            "type": "array",
            "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
            "items": {"type": "number"},
        },
        "style": "form",
        "explode": False,
    }


@pytest.mark.parametrize("heights", [("", ""), (",-5", ",900")])
def test_core_fc_bbox_response(ogc: Client, heights: tuple[str, str]) -> None:
    low, high = heights

    found = ogc.items("hydrant", bbox=f"-75.741,45.43{low},-75.74,45.431{high}")

    assert [f["properties"]["tag"] for f in found["features"]] == ["BF-1"]
    assert found["numberMatched"] == 1


def test_core_fc_limit_definition(ogc: Client) -> None:
    told = parameter(ogc.read("/api"), "hydrant", "limit")

    assert told.pop("schema") == {"type": "integer", "minimum": 1, "maximum": 5000, "default": 100}
    assert told == {
        "name": "limit", "in": "query", "required": False, "style": "form", "explode": False,
    }  # fmt: skip


@pytest.mark.parametrize(("limit", "count"), [("1", 1), ("7", 7), ("5000", 26), ("999999", 26)])
def test_core_fc_limit_response(ogc: Client, limit: str, count: int) -> None:
    assert len(ogc.items("street_light", limit=limit)["features"]) == count


def test_core_fc_time_definition(ogc: Client) -> None:
    assert parameter(ogc.read("/api"), "work_orders", "datetime") == {
        "name": "datetime",
        "in": "query",
        "required": False,
        "schema": {"type": "string"},
        "style": "form",
        "explode": False,
    }


@pytest.mark.parametrize(
    ("moment", "count"),
    [
        ("2026-01-06T00:00:00Z", 1),
        ("2026-01-06T00:00:00Z/2026-01-07T00:00:00Z", 1),
        ("2026-02-15T00:00:00Z/..", 2),
        ("2026-02-15T00:00:00Z/", 2),
        ("../2026-01-06T00:00:00Z", 1),
        ("/2025-01-06T00:00:00Z", 0),
    ],
)
def test_core_fc_time_response(ogc: Client, moment: str, count: int) -> None:
    assert ogc.items("work_orders", datetime=moment)["numberMatched"] == count
    assert ogc.items("hydrant", datetime=moment)["numberMatched"] == 2


INVALID = [
    ("bbox", "1,2,3"), ("bbox", "a,b,c,d"), ("bbox", "1,2,3,nan"), ("bbox", "0,5,1,4"),
    ("bbox", ""), ("bbox-crs", "EPSG:32188"), ("crs", "http://www.opengis.net/def/crs/EPSG/0/1"),
    ("limit", "0"), ("limit", "-1"), ("limit", "ten"), ("limit", "1.5"), ("limit", ""),
    ("datetime", "yesterday"), ("datetime", "2026-13-01T00:00:00Z"), ("datetime", "../.."),
    ("datetime", "2026-02-01T00:00:00Z/2026-01-01T00:00:00Z"), ("datetime", ""),
    ("datetime", "2026-02-01T00:00:00"), ("f", "xml"), ("f", "html"), ("tag", "\x00"),
    ("speed_limit_kmh", "fast"), ("one_way", "maybe"), ("installed_on", "May"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), INVALID)
def test_core_query_param_invalid(ogc: Client, name: str, value: str) -> None:
    answer = ogc.ask("/collections/road_segment/items", **{name: value})

    assert (answer.status_code, answer.json()["parameter"]) == (400, name)
    assert {"code", "description", "description_fr"} <= answer.json().keys()


@pytest.mark.parametrize(
    "path",
    [
        "/", "/api", "/conformance", "/collections", "/collections/hydrant",
        "/collections/hydrant/items", f"/collections/hydrant/items/{town.others()[0].id}",
    ],
)  # fmt: skip
def test_core_query_param_unknown(ogc: Client, path: str) -> None:
    answer = ogc.ask(path, colour="red")

    assert (answer.status_code, answer.json()["parameter"]) == (400, "colour")


@EACH_LAYER
def test_core_fc_response(ogc: Client, layer: str) -> None:
    page = ogc.items(layer, limit="1")

    assert (page["type"], len(page["features"])) == ("FeatureCollection", 1)
    assert page["features"][0]["type"] == "Feature"


@EACH_LAYER
def test_core_fc_links(ogc: Client, layer: str) -> None:
    page = ogc.items(layer, limit="1")

    assert ogc.read(links(page, "self")[0]["href"])["features"] == page["features"]
    assert bool(links(page, "next")) == (page["numberMatched"] > 1)


@EACH_LAYER
def test_core_fc_rel_type(ogc: Client, layer: str) -> None:
    page = ogc.items(layer, limit="1")

    assert all({"rel", "type"} <= link.keys() for link in every_link(page))


def test_core_fc_time_stamp(ogc: Client) -> None:
    assert datetime.fromisoformat(ogc.items("hydrant")["timeStamp"]) == town.NOW


@EACH_LAYER
@pytest.mark.parametrize("limit", ["1", "2", "100"])
def test_core_fc_number_matched(ogc: Client, layer: str, limit: str) -> None:
    everything = ogc.items(layer, limit="5000")["features"]

    assert ogc.items(layer, limit=limit)["numberMatched"] == len(everything)


@EACH_LAYER
@pytest.mark.parametrize("limit", ["1", "100"])
def test_core_fc_number_returned(ogc: Client, layer: str, limit: str) -> None:
    page = ogc.items(layer, limit=limit)

    assert page["numberReturned"] == len(page["features"])


@EACH_LAYER
def test_core_f_op_and_f_success(ogc: Client, layer: str) -> None:
    for listed in ogc.items(layer, limit="5")["features"]:
        one = ogc.read(f"/collections/{layer}/items/{listed['id']}")
        one_links = one.pop("links")
        assert one == listed
        assert [link["rel"] for link in one_links] == ["self", "collection"]


@EACH_LAYER
def test_core_f_links(ogc: Client, layer: str) -> None:
    (listed,) = ogc.items(layer, limit="1")["features"]

    one = ogc.read(f"/collections/{layer}/items/{listed['id']}")

    assert ogc.read(links(one, "self")[0]["href"]) == one
    assert ogc.read(links(one, "collection")[0]["href"])["id"] == layer
    assert all({"rel", "type"} <= link.keys() for link in one["links"])


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


def test_pages_come_in_an_order_that_stays(ogc: Client) -> None:
    ids = [f["id"] for f in ogc.items("street_light", limit="5000")["features"]]

    assert all(one < other for one, other in pairwise(ids))
