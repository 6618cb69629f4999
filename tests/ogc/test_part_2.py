"""Coordinate systems by reference (OGC 18-058r1): asked for by URI, told in `Content-Crs`."""

from math import log, radians, tan

import geopandas
import pytest
from pyproj import CRS

from tests.ogc.conftest import Client

CRS_84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"

# BF-1, at 75.7405 W 45.4301 N; in the web's Mercator by its formula.
EARTH_M = 6_378_137.0
PLACES = {
    CRS_84: (-75.7405, 45.4301),
    f"{EPSG}4326": (45.4301, -75.7405),
    f"{EPSG}3857": (
        EARTH_M * radians(-75.7405),
        EARTH_M * log(tan(radians(45 + 45.4301 / 2))),
    ),
}


def place(client: Client, **query: str) -> tuple[float, float]:
    found = client.items("hydrant", tag="BF-1", **query)["features"][0]
    first, second = found["geometry"]["coordinates"]
    return first, second


def test_crs_storage_crs_and_list(ogc: Client) -> None:
    one = ogc.read("/collections/hydrant")

    assert one["storageCrs"] == CRS_84
    assert one["crs"][:2] == [CRS_84, f"{EPSG}4326"]
    assert {f"{EPSG}{code}" for code in (32187, 32188, 32189, 2949, 2950, 2951)} <= set(one["crs"])


def test_crs_every_system_on_offer_is_what_it_says(ogc: Client) -> None:
    """Its axes: the first is east, but in WGS 84 by EPSG."""
    for uri in ogc.read("/collections/hydrant")["crs"][2:]:
        system = CRS.from_epsg(int(uri.removeprefix(EPSG)))
        assert [axis.direction for axis in system.axis_info] == ["east", "north"]


@pytest.mark.parametrize("uri", PLACES)
def test_crs_parameter(ogc: Client, uri: str) -> None:
    answer = ogc.ask("/collections/hydrant/items", tag="BF-1", crs=uri)

    assert answer.headers["Content-Crs"] == f"<{uri}>"
    assert place(ogc, crs=uri) == pytest.approx(PLACES[uri], abs=1e-3 if "3857" in uri else 1e-12)


@pytest.mark.parametrize("code", [32187, 32188, 32189, 2949, 2950, 2951, 32198, 3797, 3799])
def test_crs_parameter_transform(ogc: Client, code: int) -> None:
    """The way back, by another library's hand, is where the hydrant stands."""
    first, second = place(ogc, crs=f"{EPSG}{code}")
    back = geopandas.GeoSeries.from_xy([first], [second], crs=f"EPSG:{code}").to_crs("EPSG:4326")

    assert (back.x[0], back.y[0]) == pytest.approx((-75.7405, 45.4301), abs=1e-8)


def test_crs_one_feature_is_moved_like_a_page(ogc: Client) -> None:
    uri = f"{EPSG}2951"
    (listed,) = ogc.items("sector", crs=uri)["features"]

    answer = ogc.ask(f"/collections/sector/items/{listed['id']}", crs=uri)

    assert answer.headers["Content-Crs"] == f"<{uri}>"
    assert answer.json()["geometry"] == listed["geometry"]


def test_crs_what_has_no_place_has_none_in_any_system(ogc: Client) -> None:
    found = ogc.items("vehicle", crs=f"{EPSG}2951")

    assert [f["geometry"] for f in found["features"]] == [None]


def test_crs_bbox_crs_default_is_longitude_first(ogc: Client) -> None:
    bbox = "-75.741,45.43,-75.74,45.431"

    assert ogc.tags("hydrant", bbox=bbox) == {"BF-1"}
    assert ogc.tags("hydrant", **{"bbox": bbox, "bbox-crs": CRS_84}) == {"BF-1"}


def test_crs_bbox_crs_parameter_latitude_first(ogc: Client) -> None:
    asked = {"bbox": "45.43,-75.741,45.431,-75.74", "bbox-crs": f"{EPSG}4326"}

    assert ogc.tags("hydrant", **asked) == {"BF-1"}


@pytest.mark.parametrize("code", [3857, 32189, 2951, 32198])
def test_crs_bbox_crs_parameter_in_metres(ogc: Client, code: int) -> None:
    uri = f"{EPSG}{code}"
    x, y = place(ogc, crs=uri)

    def around(x: float, y: float) -> dict[str, str]:
        return {"bbox": f"{x - 5},{y - 5},{x + 5},{y + 5}", "bbox-crs": uri}

    assert ogc.tags("hydrant", **around(x, y)) == {"BF-1"}
    assert ogc.tags("hydrant", **around(x + 11, y)) == set()
    assert ogc.items("hydrant", limit="1", **around(x, y))["numberMatched"] == 1


def test_crs_a_large_box_in_metres_counts_what_it_gives(ogc: Client) -> None:
    uri = f"{EPSG}2951"
    xs = [f["geometry"]["coordinates"] for f in ogc.items("street_light", crs=uri)["features"]]
    row = sorted(x for x, y in xs if y > xs[0][1] - 100_000)
    middle = (row[9] + row[10]) / 2
    asked = {"bbox": f"{row[0] - 50},4900000,{middle},5200000", "bbox-crs": uri}

    found = ogc.items("street_light", **asked)
    first = ogc.items("street_light", limit="3", **asked)

    assert len(found["features"]) == first["numberMatched"] == 10
