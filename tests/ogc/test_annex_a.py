"""The abstract tests of OGC 17-069r4, Annex A, each by its id: what the API says of itself.

`/conf/core/fc-md-op` is `test_core_fc_md_op`, and so on. Those of features are in
`test_annex_a_features.py`, those of GeoJSON and OpenAPI 3.0 in `test_annex_a_forms.py`.
"""

import pytest
from openapi_spec_validator import validate

from asset_model.geometry import bounds
from tests.ogc.annex import EACH_LAYER, LAYERS, every_link, links
from tests.ogc.conftest import Client

CORE = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"
PART_1 = CORE.removesuffix("core")


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
        since = {"closures": "begins_at", "passes": "done_at"}.get(layer, "created_at")
        assert begun == min(f["properties"][since] for f in features)
        assert ended is None


@EACH_LAYER
def test_core_sfc_md_op(ogc: Client, layer: str) -> None:
    assert ogc.read(f"/collections/{layer}")["id"] == layer


@EACH_LAYER
def test_core_sfc_md_success(ogc: Client, layer: str) -> None:
    listed = {one["id"]: one for one in ogc.read("/collections")["collections"]}

    assert ogc.read(f"/collections/{layer}") == listed[layer]
