"""The abstract tests of OGC 17-069r4, Annex A, each by its id: pages of features, and one."""

from datetime import datetime
from itertools import pairwise

import pytest

from tests.layers import town
from tests.ogc.annex import EACH_LAYER, every_link, links, parameter
from tests.ogc.conftest import Client


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


def test_pages_come_in_an_order_that_stays(ogc: Client) -> None:
    ids = [f["id"] for f in ogc.items("street_light", limit="5000")["features"]]

    assert all(one < other for one, other in pairwise(ids))
